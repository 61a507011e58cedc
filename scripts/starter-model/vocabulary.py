"""A byte-level BPE vocabulary: learned from text here, read by llama.cpp as `gpt2` with the `exaone` pre-tokenizer."""

import collections
import json

import regex

SPECIAL = [
    "[PAD]",
    "[BOS]",
    "[EOS]",
    "[UNK]",
    "[|system|]",
    "[|user|]",
    "[|assistant|]",
    "[|endofturn|]",
]
PAD, BOS, EOS, UNK, SYSTEM, USER, ASSISTANT, END_OF_TURN = range(len(SPECIAL))

# The `exaone` pre-tokenizer cuts twice: each digit stands alone, then GPT-2's rule cuts what is left.
DIGIT = regex.compile(r"\p{N}")
PIECE = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")
SPECIAL_PATTERN = regex.compile("(" + "|".join(regex.escape(text) for text in SPECIAL) + ")")


def byte_letters():
    """GPT-2's map from byte to visible character, in which GGUF files write their tokens."""
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {byte: chr(byte) for byte in visible}
    spare = 256
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(spare)
            spare += 1
    return letters


LETTERS = byte_letters()


def pieces(text):
    start = 0
    for digit in DIGIT.finditer(text):
        yield from PIECE.findall(text[start : digit.start()])
        yield digit.group()
        start = digit.end()
    yield from PIECE.findall(text[start:])


def as_letters(piece):
    return tuple(LETTERS[byte] for byte in piece.encode("utf-8"))


def joined(symbols, pair):
    out = []
    i = 0
    while i < len(symbols):
        if i + 1 < len(symbols) and (symbols[i], symbols[i + 1]) == pair:
            out.append(symbols[i] + symbols[i + 1])
            i += 2
        else:
            out.append(symbols[i])
            i += 1
    return tuple(out)


class Vocabulary:
    def __init__(self, merges):
        self.merges = [tuple(pair) for pair in merges]
        self.tokens = SPECIAL + [LETTERS[byte] for byte in range(256)] + [a + b for a, b in self.merges]
        self.ids = {token: i for i, token in enumerate(self.tokens)}
        self.ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        self.known_pieces = {}

    @classmethod
    def learn(cls, texts, size):
        counts = collections.Counter(piece for text in texts for piece in pieces(text))
        words = [(as_letters(piece), count) for piece, count in sorted(counts.items())]
        merges = []
        made = set()
        while len(SPECIAL) + 256 + len(merges) < size:
            pairs = collections.Counter()
            for symbols, count in words:
                for pair in zip(symbols, symbols[1:]):
                    pairs[pair] += count
            # Two ways of joining that make the same token would need one id for both.
            candidates = [(count, pair) for pair, count in pairs.items() if pair[0] + pair[1] not in made]
            if not candidates:
                break
            _, best = max(candidates)
            made.add(best[0] + best[1])
            merges.append(best)
            whole = best[0] + best[1]
            words = [(joined(symbols, best) if whole in "".join(symbols) else symbols, count) for symbols, count in words]
        return cls(merges)

    def encode_piece(self, piece):
        ids = self.known_pieces.get(piece)
        if ids is None:
            symbols = as_letters(piece)
            while len(symbols) > 1:
                best = min(zip(symbols, symbols[1:]), key=lambda pair: self.ranks.get(pair, 1 << 30))
                if best not in self.ranks:
                    break
                symbols = joined(symbols, best)
            ids = self.known_pieces[piece] = [self.ids[symbol] for symbol in symbols]
        return ids

    def encode(self, text):
        return [token for piece in pieces(text) for token in self.encode_piece(piece)]

    def encode_with_special(self, text):
        """As llama.cpp reads template text: the special tokens' texts become their ids."""
        ids = []
        for part in SPECIAL_PATTERN.split(text):
            ids += [SPECIAL.index(part)] if part in SPECIAL else self.encode(part)
        return ids

    def decode(self, ids):
        bytes_of = {letter: byte for byte, letter in LETTERS.items()}
        return bytes(bytes_of[c] for i in ids if i >= len(SPECIAL) for c in self.tokens[i]).decode("utf-8", "replace")

    def save(self, path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.merges, file, ensure_ascii=False)

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as file:
            return cls(json.load(file))
