"""Many ways to say one question: other openings, a wake word left in front, letters and marks as recognisers write
them, small words lost or doubled. What it makes is only trained on; the held-out wordings never come through here."""

import re

OPENINGS = [
    "please", "hey", "okay", "ok", "so", "um", "uh", "well", "and", "hi", "now", "right", "tandem", "hey tandem",
    "okay tandem", "alexa", "hey jarvis", "hey mycroft", "hello tandem", "quick question", "i have a question",
]  # fmt: skip
ASKING = [
    "tell me", "can you tell me", "could you tell me", "please tell me", "do you know", "do you happen to know",
    "i want to know", "i'd like to know", "i would like to know", "i wonder", "any idea", "remind me",
    "would you tell me", "can you please tell me", "i was wondering", "let me know", "explain", "you know",
]  # fmt: skip
NAMING = [
    "tell me", "tell me about", "give me", "name", "what about", "say", "can you name", "can you give me",
    "i need", "what would be", "what might be", "what was", "do you know", "can you tell me", "what are", "what's",
]  # fmt: skip
ENDINGS = ["please", "tandem", "thanks", "thank you", "again", "then", "exactly", "do you know", "for me", "actually", "right now"]
QUESTION_WORDS = ("what", "who", "how", "why", "when", "where", "which", "whose")
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

# Ways of saying the same that any speaker swaps without thinking.
SAME = [
    ["i am", "i'm", "im"], ["i feel", "i'm feeling", "i am feeling", "i'm"], ["what's", "what is"], ["who's", "who is"],
    ["can you", "could you", "would you", "will you"], ["do you have", "have you got", "have you"], ["which", "what"],
    ["biggest", "largest"], ["tallest", "highest"], ["color", "colour"], ["colors", "colours"], ["favorite", "favourite"],
    ["how do i", "how can i", "how to", "how do you", "how should i"], ["how come", "why"], ["cannot", "can't"],
    ["made of", "made from"], ["far away", "far"], ["the earth", "earth"], ["a lot of", "many", "lots of"],
    ["explain", "can you explain", "please explain"], ["what helps against", "what is good against", "what can i do against"],
    ["really", "very", "so"], ["closest", "nearest"], ["kilometers", "kilometres"], ["who made", "who created"],
    ["where can i find", "where do you find"], ["tell me", "say", "give me"], ["called", "named"], ["in the world", "on earth", ""],
    ["what does", "what do"], ["should i", "do i", "must i"], ["another", "one more"], ["begin", "start"], ["fast", "quickly"],
    ["you are", "you're"], ["it is", "it's"], ["is the", "is our"], ["the human body", "the body", "our body"],
]  # fmt: skip


def swap_same(rng, text):
    for group in rng.sample(SAME, len(SAME)):
        for phrase in group:
            if phrase and rng.random() < 0.5 and re.search(rf"\b{phrase}\b", text):
                return re.sub(rf"\b{phrase}\b", rng.choice(group), text, count=1).replace("  ", " ").strip()
    return text


def reopen(rng, text):
    """The same question behind another opening: "what is the X" as "tell me the X" or "do you know what the X is"."""
    owned = re.match(r"(?:what is|what's) the (\w+) of (the )?([\w ]+)$", text)
    if owned and rng.random() < 0.12:
        return f"{owned.group(3)}'s {owned.group(1)}"
    found = re.match(r"(what is|what's|what are|who is|who was|where is|what was) (.+)$", text)
    if found and rng.random() < 0.55:
        start, rest = found.groups()
        verb = {"what's": "is"}.get(start, start.split()[-1])
        way = rng.random()
        if way < 0.3 and start.startswith("what"):
            return f"{rng.choice(NAMING)} {rest}"
        if way < 0.45 and start.startswith("what"):
            return rest
        if way < 0.7:
            return f"{rng.choice(ASKING)} {start.split()[0].replace(chr(39) + 's', '')} {rest} {verb}"
        swapped = {"what is": "what's", "what's": "what is", "who is": "who's", "where is": "where's"}
        return f"{swapped.get(start, start)} {rest}"
    if text.split()[0] in QUESTION_WORDS and rng.random() < 0.4:
        return f"{rng.choice(ASKING)} {text}"
    return text


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
        if rng.random() < 0.3:
            text = swap_same(rng, text)
        text = reopen(rng, text)
        if rng.random() < 0.45:
            text = " ".join(mishear(rng, text.split()))
        if rng.random() < 0.25:
            comma = "," if rng.random() < 0.4 else ""
            text = f"{rng.choice(OPENINGS)}{comma} {text}"
        if rng.random() < 0.12:
            text = f"{text}{',' if rng.random() < 0.3 else ''} {rng.choice(ENDINGS)}"
    return written(rng, text)
