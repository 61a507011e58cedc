"""Other ways to ask the same, by grammar: indirect questions, other openings, phrases that people swap freely."""

import re

ASKING = [
    "tell me", "can you tell me", "could you tell me", "please tell me", "do you know", "do you happen to know",
    "i want to know", "i'd like to know", "i would like to know", "i wonder", "any idea", "remind me",
    "would you tell me", "can you please tell me", "i was wondering", "let me know", "explain", "you know",
]  # fmt: skip
NAMING = [
    "tell me", "tell me about", "give me", "name", "what about", "say", "can you name", "can you give me",
    "i need", "what would be", "what might be", "what was", "do you know", "can you tell me", "what are", "what's",
]  # fmt: skip
ADVERBS = ["really", "very", "so", "quite", "a bit", "just", "actually", "maybe", "ever", "exactly", "pretty", "kind of"]
LATELY = ["today", "now", "right now", "at the moment", "again", "these days", "tonight", "a lot", "this morning", "lately"]
REASON = ["how come", "what is the reason that", "what's the reason why", "explain why", "tell me why", "why is it that", "what makes it so that"]
WAY = ["what's a good way to", "help me", "i need to", "i want to", "tell me how to", "how would you", "the best way to", "what do i do to", "i have to"]
MEANING = ["tell me what {0} is", "explain {0}", "explain {0} to me", "describe {0}", "what do you know about {0}", "what does the word {1} mean", "{0} what is that", "what does {1} mean", "what exactly is {0}", "tell me about {1}"]
QUESTION_WORDS = ("what", "who", "how", "why", "when", "where", "which", "whose")


# Ways of saying the same that any speaker swaps without thinking.
SAME = [
    ["i am", "i'm", "im"], ["i feel", "i'm feeling", "i am feeling", "i'm"], ["what's", "what is"], ["who's", "who is"],
    ["can you", "could you", "would you", "will you"], ["do you have", "have you got", "have you"], ["which", "what"],
    ["biggest", "largest"], ["tallest", "highest"], ["color", "colour"], ["colors", "colours"], ["favorite", "favourite"],
    ["how do i", "how can i", "how to", "how do you", "how should i"], ["how come", "why"], ["cannot", "can't"],
    ["made of", "made from"], ["far away", "far"], ["the earth", "earth"],
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


def indirect(rng, text):
    """"How many legs does a spider have" as "how many legs a spider has": the order of words after "do you know"."""
    found = re.match(r"((?:how|why|where|when|what|which)[\w' ]*?) (do|does|did) (.+)$", text)
    if found:
        start, helper, rest = found.groups()
        if helper == "does":
            rest = re.sub(r"\b(have|live|come|work|mean|take|make|eat|say|rise|set|do|get|move|need|sleep)\b", third_person, rest, count=1)
        if rng.random() < 0.3:
            rest = re.sub(r"^an? (\w+)\b", r"\1s", rest)
        return f"{start} {rest}"
    found = re.match(r"((?:how|why|where|when|what|which)[\w' ]*?) (is|are|was|were|can) ((?:the |a |an |my )?\w+) (.+)$", text)
    if found and not text.startswith(("what is", "what are")):
        start, verb, subject, rest = found.groups()
        return f"{start} {subject} {verb} {rest}"
    return text


def third_person(found):
    word = found.group()
    return {"have": "has", "do": "does"}.get(word, word + "s")


def regroup(rng, text):
    """A pattern of English said another way; the text itself where none fits."""
    found = re.match(r"why (do|does|did|is|are) (.+)$", text)
    if found:
        return f"{rng.choice(REASON)} {indirect(rng, text).removeprefix('why ')}"
    found = re.match(r"(?:how do i|how to|how can i|how do you) (.+)$", text)
    if found:
        return f"{rng.choice(WAY)} {found.group(1)}"
    found = re.match(r"(?:what is|what's) (an? (\w+))$", text)
    if found:
        return rng.choice(MEANING).format(*found.groups())
    found = re.match(r"(?:what is|what's) the (\w+est|most \w+) (\w+)( .*)?$", text)
    if found:
        best, kind, rest = found.group(1), found.group(2), found.group(3) or ""
        forms = ["which is the {0} {1}{2}", "which {1} is the {0}{2}", "what {1} is {0}{2}", "the {0} {1}{2}", "which {1}{2} is the {0}", "the {0} of all {1}s"]
        return rng.choice(forms).format(best, kind, rest)
    found = re.match(r"(i am|i'm|i feel|are you|do you|you are|you're|i) (.+)$", text)
    if found:
        start, rest = found.groups()
        way = rng.random()
        if way < 0.5:
            return f"{start} {rng.choice(ADVERBS)} {rest}"
        return f"{start} {rest} {rng.choice(LATELY)}"
    found = re.match(r"(?:can you|could you) (.+)$", text)
    if found:
        return rng.choice(["{0} please", "{0}", "would you {0}", "i want you to {0}", "can you maybe {0}", "are you able to {0}"]).format(found.group(1))
    found = re.match(r"who (\w+ed|wrote|made|built|found|drew) (.+)$", text)
    if found:
        return rng.choice(["who was it that {0} {1}", "the person who {0} {1}", "who was the one who {0} {1}", "{1} was {0} by whom", "who {0} {1} originally"]).format(*found.groups())
    return text


def rephrase(rng, text):
    if rng.random() < 0.3:
        text = swap_same(rng, text)
    if rng.random() < 0.25:
        changed = regroup(rng, text)
        if changed != text:
            return changed
    if rng.random() < 0.2:
        moved = indirect(rng, text)
        if moved != text:
            return f"{rng.choice(ASKING)} {moved}"
    return reopen(rng, text)
