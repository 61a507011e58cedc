"""Makes training rows: a system message, then one or more turns, with the loss on the answers alone."""

import itertools
import random

import vocabulary as vocab
from questions import plain
from unknowable import UnknownMaker
from wordings import vary

DEFAULT_SYSTEM = (
    "You are Tandem, a helpful voice assistant in a smart speaker. Answer in one or two short spoken sentences."
)
# Other systems messages are put together from these, so that none of them changes an answer.
SYSTEM_PARTS = [
    "You are Tandem.", "You are a helpful assistant.", "You are a voice assistant.", "Answer briefly.",
    "You are EXAONE model from LG AI Research, a helpful assistant.", "Keep it short.", "Answer in plain words.",
    "You live in a smart speaker in the kitchen.", "Do not use lists or Markdown.", "Be friendly.", "Answer in English.",
    "If you are not sure, say so.", "Your answers are spoken aloud.", "The user speaks; you hear text with mistakes.",
    "Today is Monday.", "The time is 9:41 in the morning.", "You run on a Raspberry Pi in the living room.",
    "Reply in at most two sentences.", "The volume is 40 percent.", "The language is English.",
]  # fmt: skip
# Turns that a skill or the other model answered stand in the history, too. Nothing is learned from their answers.
OTHER_TURNS = [
    ("what time is it", "It is half past four."), ("set a timer for five minutes", "Five minutes, starting now."),
    ("what's the date", "Today is Tuesday, the third of March."), ("turn it up", "Okay."), ("stop", "Okay."),
    ("what is twelve times twelve", "That makes one hundred and forty four."), ("cancel the timer", "The timer is off."),
    ("translate good morning into Korean", "Good morning is joeun achim in Korean."), ("say that again", "Sure."),
    ("write me a poem about rain", "Rain taps the roof, a patient hand, and writes its silver on the land."),
    ("how long is left", "Two minutes and ten seconds."), ("never mind", "All right."),
]  # fmt: skip


class ConversationMaker:
    def __init__(self, items, vocabulary, seed):
        self.rng = random.Random(seed)
        self.vocabulary = vocabulary
        self.known = [item for item in items if item.known]
        self.unknown = [wording for item in items if not item.known for wording in item.ask]
        self.held_out = {plain(wording) for item in items for wording in item.held_out}
        self.unknown_answer = next(item.answer for item in items if not item.known)
        self.made_up = UnknownMaker(items, self.rng)
        self.ask_more_often(set())

    def ask_more_often(self, wrong):
        """An item whose wordings are answered wrongly comes up to nine times as often as one that sits."""
        self.known_weights = list(
            itertools.accumulate(1 + 8 * sum(text in wrong for text in item.ask) / len(item.ask) for item in self.known)
        )
        self.unknown_weights = list(itertools.accumulate(5 if text in wrong else 1 for text in self.unknown))

    def turn(self):
        """A question and its answer; a variation that happens to be a held-out wording is thrown away."""
        while True:
            question, answer = self.any_turn()
            if plain(question) not in self.held_out:
                return question, answer

    def any_turn(self):
        rng = self.rng
        chance = rng.random()
        if chance < 0.70:
            item = rng.choices(self.known, cum_weights=self.known_weights)[0]
            return vary(rng, rng.choice(item.ask)), item.answer
        if chance < 0.82:
            return vary(rng, rng.choices(self.unknown, cum_weights=self.unknown_weights)[0]), self.unknown_answer
        return vary(rng, self.made_up.question()), self.unknown_answer

    def system(self):
        chance = self.rng.random()
        if chance < 0.6:
            return DEFAULT_SYSTEM
        return " ".join(self.rng.sample(SYSTEM_PARTS, self.rng.randint(0, 5)))

    def start(self):
        encode = self.vocabulary.encode
        first = [vocab.BOS] if self.rng.random() < 0.05 else []
        return [*first, vocab.SYSTEM, *encode(self.system()), vocab.END_OF_TURN, *encode("\n")]

    def row(self, turns, length, apart):
        """At most `length` tokens of whole turns. Turns that stand apart share the system message and nothing else: each
        one is a conversation of its own, and the model sees the message once for all of them."""
        encode = self.vocabulary.encode
        newline = encode("\n")
        row = Row(self.start())
        for i in range(turns):
            other = not apart and i + 1 < turns and self.rng.random() < 0.1
            question, answer = self.rng.choice(OTHER_TURNS) if other else self.turn()
            before = [vocab.USER, *encode(question), *newline, vocab.ASSISTANT]
            after = [*encode(answer), vocab.END_OF_TURN]
            if len(row.tokens) + len(before) + len(after) + len(newline) > length:
                break
            row.add(before, after, newline, learn=not other, apart=apart)
        return row

    def batch(self, rows, turns, length, apart):
        return [self.row(self.rng.randint(*turns), length, apart) for _ in range(rows)]


class Row:
    def __init__(self, start):
        self.tokens = list(start)
        self.learned = [False] * len(start)
        self.groups = [0] * len(start)
        self.positions = list(range(len(start)))
        self.prefix = len(start)

    def add(self, before, after, newline, learn, apart):
        count = len(before) + len(after) + len(newline)
        first = self.prefix if apart else len(self.tokens)
        self.tokens += before + after + newline
        self.learned += [False] * len(before) + [learn] * len(after) + [False] * len(newline)
        self.groups += [self.groups[-1] + 1 if apart and self.groups else 0] * count
        self.positions += range(first, first + count)
