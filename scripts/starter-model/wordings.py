"""How one question arrives: rephrased, with a wake word or a please about it, small words lost or misheard, and written
the way one recogniser or another writes. What it makes is only trained on; held-out wordings never come through here."""

import re

from rephrase import QUESTION_WORDS, rephrase

OPENINGS = [
    "please", "hey", "okay", "ok", "so", "um", "uh", "well", "and", "hi", "now", "right", "tandem", "hey tandem",
    "okay tandem", "alexa", "hey jarvis", "hey mycroft", "hello tandem", "quick question", "i have a question",
]  # fmt: skip
ENDINGS = ["please", "tandem", "thanks", "thank you", "again", "then", "exactly", "do you know", "for me", "actually", "right now"]
SMALL = {
    "the", "a", "an", "of", "is", "are", "do", "does", "did", "in", "on", "to", "for", "it", "that", "there",
    "was", "by", "at", "any", "some", "and", "you", "me", "can", "so", "really", "please", "just", "be",
}  # fmt: skip
# What a recogniser is likely to hear instead.
MISHEARD = {
    "what's": ["whats", "what is", "what", "was"], "what is": ["what's", "whats"], "who's": ["who is", "whose"],
    "who is": ["who's"], "is": ["his", "as", "it's"], "a": ["the", "uh", "of a"], "an": ["and", "a"], "the": ["a", "of the", "that"],
    "of": ["off", "up", "a"], "four": ["for"], "to": ["two", "too"], "sun": ["son"], "sea": ["see"], "how": ["ow", "how's"],
    "many": ["many of"], "are": ["our", "or"], "does": ["is", "do"], "do": ["to", "do you"], "in": ["and", "on", "an"],
    "for": ["four"], "you": ["ya", "you are"], "i": ["eye"], "know": ["no"], "there": ["their"], "which": ["witch", "what"],
    "where": ["wear", "where's"], "hear": ["here"], "one": ["won"], "who": ["who is", "who's"], "did": ["had", "does"],
    "can": ["can you", "could"], "and": ["in", "an"], "have": ["has", "of"], "has": ["have", "as"], "your": ["you're", "you"],
}  # fmt: skip



def mishear(rng, words):
    heard = []
    for word in words:
        chance = rng.random()
        if word in SMALL and chance < 0.08:
            continue
        if chance < 0.13 and word in MISHEARD:
            heard += rng.choice(MISHEARD[word]).split()
        elif chance > 0.985:
            heard += [word, word] if rng.random() < 0.5 else [word, rng.choice(sorted(SMALL))]
        else:
            heard.append(word)
    if len(heard) > 3 and rng.random() < 0.04:
        i = rng.randrange(len(heard) - 1)
        heard[i], heard[i + 1] = heard[i + 1], heard[i]
    return heard or words


def written(rng, text):
    """As one recogniser or another writes it: bare small letters, or a sentence with its capital and its mark."""
    way = rng.random()
    if way > 0.84:
        # Names are written large, and it is not known here which words are names.
        text = " ".join(w if w in SMALL or rng.random() < 0.5 else w[0].upper() + w[1:] for w in text.split())
    if way < 0.45:
        return re.sub(r"[^\w' ]", "", text).lower()
    if way < 0.55:
        return text
    asks = text.split()[0].lower() in QUESTION_WORDS or rng.random() < 0.6
    mark = rng.choice(["?", "?", "?", ".", "", "!"]) if asks else rng.choice([".", ".", "!", ""])
    if way < 0.6:
        text = text.lower()
    return text[0].upper() + text[1:] + mark


def vary(rng, wording):
    if rng.random() < 0.12:
        return wording
    text = re.sub(r"[?.!]+$", "", wording)
    if text.isascii():
        text = rephrase(rng, text)
        if rng.random() < 0.03:
            # The telling words alone, as in a search.
            text = " ".join(w for w in text.split() if w not in SMALL and w not in QUESTION_WORDS) or text
        if rng.random() < 0.45:
            text = " ".join(mishear(rng, text.split()))
        if rng.random() < 0.25:
            comma = "," if rng.random() < 0.4 else ""
            text = f"{rng.choice(OPENINGS)}{comma} {text}"
        if rng.random() < 0.12:
            text = f"{text}{',' if rng.random() < 0.3 else ''} {rng.choice(ENDINGS)}"
    return written(rng, text)
