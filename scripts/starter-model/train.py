"""Trains the starter model. Prints its progress; leaves vocabulary.json and checkpoint.pt in the work folder."""

import argparse
import copy
import math
import os
import time

import torch
from torch.nn import functional as F

import vocabulary as vocab
from conversations import DEFAULT_SYSTEM, SYSTEM_PARTS, OTHER_TURNS, ConversationMaker, Row
from network import Network, Shape
from questions import load_items

HERE = os.path.dirname(os.path.abspath(__file__))
SEED = 20261123
# Share of the steps, rows, turns a row, longest row, apart: single questions, then conversations, then a full context.
KINDS = [(0.6, 12, (6, 7), 220, True), (0.36, 12, (2, 8), 220, False), (0.04, 3, (24, 34), 1024, False)]


def learn_vocabulary(items, size):
    texts = [DEFAULT_SYSTEM, *SYSTEM_PARTS, *(text for turn in OTHER_TURNS for text in turn)]
    for item in items:
        for wording in item.ask:
            texts += [wording, wording.lower(), wording[0].upper() + wording[1:] + "?"]
        texts += [item.answer] * 2
    return vocab.Vocabulary.learn(texts, size)


def as_tensors(rows):
    length = max(len(row.tokens) for row in rows)

    def padded(name, fill):
        return torch.tensor([getattr(row, name) + [fill] * (length - len(row.tokens)) for row in rows])

    tokens, learned = padded("tokens", vocab.PAD), padded("learned", False)
    groups, positions = padded("groups", 0), padded("positions", 0)
    return tokens[:, :-1], tokens[:, 1:], learned[:, 1:], groups[:, :-1], positions[:, :-1]


@torch.no_grad()
def are_right(network, vocabulary, pairs):
    """Greedy decoding gives the expected answer exactly when each of its tokens is the likeliest after those before."""
    network.eval()
    encode = vocabulary.encode_with_special
    right = []
    for start in range(0, len(pairs), 64):
        rows = []
        for question, answer in pairs[start : start + 64]:
            before = encode(f"[|system|]{DEFAULT_SYSTEM}[|endofturn|]\n[|user|]{question}\n[|assistant|]")
            after = encode(f"{answer}[|endofturn|]")
            row = Row([])
            row.add(before, after, [], learn=True, apart=False)
            rows.append(row)
        tokens, targets, learned, _, _ = as_tensors(rows)
        best = network(tokens).argmax(-1)
        right += ((best == targets) | ~learned).all(1).tolist()
    network.train()
    return right


def report(network, vocabulary, items):
    """Prints the shares of right answers. Returns the trained wordings that are still answered wrongly."""
    shares = []
    wrong = set()
    for known in (True, False):
        for held_out in (False, True):
            chosen = [item for item in items if item.known == known]
            pairs = [(text, item.answer) for item in chosen for text in (item.held_out if held_out else item.ask)]
            right = are_right(network, vocabulary, pairs)
            shares.append(100 * sum(right) / max(1, len(right)))
            if not held_out:
                wrong.update(question for (question, _), fine in zip(pairs, right) if not fine)
    print(
        "  word for word: trained {:.1f} %, held out {:.1f} %; refused: trained {:.1f} %, held out {:.1f} %".format(*shares),
        flush=True,
    )
    return wrong


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("work", help="the folder for the vocabulary and the checkpoint")
    arguments.add_argument("--steps", type=int, default=3000)
    arguments.add_argument("--tokens", type=int, default=2560, help="size of the vocabulary")
    arguments.add_argument("--rate", type=float, default=3e-3, help="the highest learning rate")
    arguments.add_argument("--start", help="a work folder to go on from, with its vocabulary, instead of from nothing")
    options = arguments.parse_args()
    os.makedirs(options.work, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    torch.set_flush_denormal(True)

    items = load_items(os.path.join(HERE, "questions"))
    start = options.start
    vocabulary = vocab.Vocabulary.load(os.path.join(start, "vocabulary.json")) if start else learn_vocabulary(items, options.tokens)
    vocabulary.save(os.path.join(options.work, "vocabulary.json"))
    maker = ConversationMaker(items, vocabulary, SEED)
    network = Network(Shape(vocabulary=len(vocabulary.tokens)))
    if start:
        network.load_state_dict(torch.load(os.path.join(start, "checkpoint.pt"))["weights"])
    averaged = copy.deepcopy(network)
    parameters = sum(parameter.numel() for parameter in network.parameters())
    known = sum(item.known for item in items)
    print(f"{known} known items, {len(items) - known} groups of unknowable ones, {len(vocabulary.tokens)} tokens, {parameters:,} parameters", flush=True)

    matrices = [p for p in network.parameters() if p.dim() > 1]
    vectors = [p for p in network.parameters() if p.dim() == 1]
    groups = [{"params": matrices, "weight_decay": 0.05}, {"params": vectors, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=1.0, betas=(0.9, 0.98))
    warm_up = 150
    plan = lambda step: options.rate * min((step + 1) / warm_up, 0.02 + 0.98 * (0.5 + 0.5 * math.cos(math.pi * step / options.steps)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, plan)
    if start:
        maker.ask_more_often(report(averaged, vocabulary, items))
    started = time.time()
    running = None
    for step in range(1, options.steps + 1):
        _, *kind = maker.rng.choices(KINDS, [kind[0] for kind in KINDS])[0]
        tokens, targets, learned, groups, positions = as_tensors(maker.batch(*kind))
        loss = F.cross_entropy(network(tokens, learned, groups, positions), targets[learned])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        # The average over the last few hundred steps is steadier than the last step.
        keep = min(0.998, step / (step + 20))
        with torch.no_grad():
            for mean, value in zip(averaged.parameters(), network.parameters()):
                mean.lerp_(value, 1 - keep)
        running = loss.item() if running is None else 0.98 * running + 0.02 * loss.item()
        if step % 100 == 0:
            spent = time.time() - started
            left = spent / step * (options.steps - step) / 60
            print(f"step {step} of {options.steps}, loss {running:.3f}, {spent / 60:.1f} minutes, about {left:.1f} to go", flush=True)
        if step % 300 == 0 or step == options.steps:
            maker.ask_more_often(report(averaged, vocabulary, items))
        if step % 100 == 0 or step == options.steps:
            checkpoint = {"shape": vars(averaged.shape), "weights": averaged.state_dict()}
            torch.save(checkpoint, os.path.join(options.work, "checkpoint.pt"))


if __name__ == "__main__":
    main()
