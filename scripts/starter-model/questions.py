"""Reads the question files: every item is one answer with the wordings that ask for it."""

import glob
import os
from dataclasses import dataclass

import yaml

UNKNOWN_ANSWER = "I don't know that one yet."


@dataclass(frozen=True)
class Item:
    id: str
    subject: str
    ask: tuple
    held_out: tuple
    answer: str
    keys: tuple

    @property
    def known(self):
        return self.answer != UNKNOWN_ANSWER


def load_items(folder):
    items = []
    for path in sorted(glob.glob(os.path.join(folder, "*.yaml"))):
        subject = os.path.splitext(os.path.basename(path))[0]
        with open(path, encoding="utf-8") as file:
            for entry in yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
                items.append(
                    Item(
                        entry["id"],
                        subject,
                        tuple(entry["ask"]),
                        tuple(entry.get("heldOut", ())),
                        entry["answer"],
                        tuple(entry["keys"]),
                    )
                )
    check(items)
    return items


def plain(text):
    """A wording as it compares: small letters and no punctuation."""
    return " ".join("".join(c if c.isalnum() or c == "'" else " " for c in text.lower()).split())


def check(items):
    """Every id and every wording belongs to one item only: otherwise training pulls two ways."""
    owners = {}
    ids = set()
    mistakes = []
    for item in items:
        if item.id in ids:
            mistakes.append(f"two items are called {item.id}")
        ids.add(item.id)
        for wording in item.ask + item.held_out:
            other = owners.setdefault(plain(wording), item.id)
            if other != item.id:
                mistakes.append(f"'{wording}' is in both {other} and {item.id}")
        for wording in set(map(plain, item.ask)) & set(map(plain, item.held_out)):
            mistakes.append(f"'{wording}' of {item.id} is both trained and held out")
        for key in item.keys:
            if plain(key) not in plain(item.answer):
                mistakes.append(f"the key '{key}' of {item.id} is not in its answer")
    if mistakes:
        raise SystemExit("The question files need care:\n  " + "\n  ".join(mistakes))
