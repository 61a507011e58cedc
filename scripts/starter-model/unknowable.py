"""Makes up questions that the model can't answer, beside the written ones: patterns filled with things that no item
is about, known questions with their telling word exchanged, and sentences that stop too soon."""

import collections
import os

import yaml

from questions import plain

PATTERNS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "unknown-patterns.yaml")
OPEN_ENDED = (
    "what is the", "what's the", "who is", "tell me about the", "how do i", "where is the", "how many", "can you",
    "what is", "why is the", "when did the", "which is the", "i want to", "do you know", "what are the", "who was the",
)  # fmt: skip


class UnknownMaker:
    def __init__(self, items, rng):
        self.rng = rng
        with open(PATTERNS, encoding="utf-8") as file:
            lists = yaml.safe_load(file)
        self.patterns = lists.pop("patterns")
        self.near = lists.pop("near")
        self.lists = {name: words.split(", ") for name, words in lists.items()}
        self.known = {plain(wording) for item in items if item.known for wording in item.ask + item.held_out}
        self.trained = [plain(wording) for item in items if item.known for wording in item.ask]
        # A word that few items use is the one that tells them apart.
        users = collections.defaultdict(set)
        for item in items:
            for wording in item.ask:
                for word in plain(wording).split():
                    users[word].add(item.id)
        self.lists["known"] = sorted(word for word, ids in users.items() if len(ids) < 8 and len(word) > 3 and word.isascii())
        self.spread = {word: len(ids) for word, ids in users.items()}

    def fill(self):
        text = self.rng.choice(self.near if self.rng.random() < 0.35 else self.patterns)
        while "{" in text:
            start, end = text.index("{"), text.index("}")
            text = text[:start] + self.rng.choice(self.lists[text[start + 1 : end]]) + text[end + 1 :]
        return text

    def exchange(self):
        words = self.rng.choice(self.trained).split()
        rarest = min(words, key=lambda word: (self.spread[word], -len(word)))
        group = self.rng.choice(["thing", "thing", "person", "place"])
        return " ".join(self.rng.choice(self.lists[group]) if word == rarest else word for word in words)

    def cut_short(self):
        if self.rng.random() < 0.6:
            return self.rng.choice(OPEN_ENDED)
        words = self.rng.choice(self.trained).split()
        telling = min(range(len(words)), key=lambda i: self.spread[words[i]])
        return " ".join(words[:telling]) or self.rng.choice(OPEN_ENDED)

    def jumble(self):
        pool = self.lists["thing"] + self.lists["scrap"]
        return " ".join(self.rng.choice(pool) for _ in range(self.rng.randint(1, 6)))

    def question(self):
        while True:
            chance = self.rng.random()
            make = self.fill if chance < 0.62 else self.exchange if chance < 0.8 else self.cut_short if chance < 0.9 else self.jumble
            text = make()
            if plain(text) not in self.known:
                return text
