"""Prints how the trained network reads and continues texts, a JSON object a line, for compare.ts to hold llama.cpp against:
{"text", "tokens"} for the vocabulary, and {"text", "tokens", "likeliest", "probability"} for the network."""

import argparse
import json
import os

import torch

import vocabulary as vocab
from conversations import DEFAULT_SYSTEM, OTHER_TURNS
from network import Network, Shape
from questions import load_items

ODD_TEXTS = [
    "It's 9:41, isn't it?  Two  spaces,\ttabs\n\nand lines. ",
    "In 1969 they'd 384,400 km to go; we've got 3.14159 and 1/2.",
    "안녕하세요! 이름이 뭐예요? 1443년.",
    "naïve café — “quoted” … €5 №7 ½ x²",
    "🙂👩‍👧 emoji and 日本語",
    "don't I'll we're SHE'S O'Brien's rock'n'roll ''",
    "https://example.org/a_b?c=d&e=%20#f",
    "",
    " ",
    "\n",
]


def conversation(turns, question):
    text = f"[|system|]{DEFAULT_SYSTEM}[|endofturn|]\n"
    for asked, answered in turns:
        text += f"[|user|]{asked}\n[|assistant|]{answered}[|endofturn|]\n"
    return text + f"[|user|]{question}\n[|assistant|]"


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("work", help="the folder in which training left its checkpoint")
    options = arguments.parse_args()
    vocabulary = vocab.Vocabulary.load(os.path.join(options.work, "vocabulary.json"))
    saved = torch.load(os.path.join(options.work, "checkpoint.pt"))
    network = Network(Shape(**saved["shape"]))
    network.load_state_dict(saved["weights"])
    network.eval()
    items = load_items(os.path.join(os.path.dirname(os.path.abspath(__file__)), "questions"))
    answered = [(item.ask[0], item.answer) for item in items]
    wordings = [text for item in items for text in (*item.ask, *item.held_out, item.answer)]
    for text in [*ODD_TEXTS, *wordings, conversation(OTHER_TURNS, "[|user|] in the text [|nothing|]")]:
        print(json.dumps({"text": text, "tokens": vocabulary.encode_with_special(text)}))
    for i in range(0, len(items), 13):
        # From a bare question to a history that nearly fills the context.
        turns = answered[i : i + i % 5] if i % 26 else answered[-24:]
        text = conversation(turns, items[i].held_out[0])
        tokens = vocabulary.encode_with_special(text)
        with torch.no_grad():
            shares = network(torch.tensor([tokens]))[0, -1].softmax(-1)
        best = int(shares.argmax())
        print(json.dumps({"text": text, "tokens": tokens, "likeliest": best, "probability": float(shares[best])}))


if __name__ == "__main__":
    main()
