"""Keeps PocketSphinx loaded and decodes one utterance at a time, each search in a forked child: they share the processor's cores, and
stopping them costs no reload.

Standard input: frames, each four bytes of length (little endian) and that many bytes. The first frame is JSON: null, or
{"pronunciations": [[word, phones]], "vocabulary": [word], "arpa": text}. Each later frame is an utterance (16 kHz mono 16 bit); an
empty one stops the utterance that is being decoded. Standard output: one JSON line for the first frame and one for each utterance.
"""

import ctypes
import json
import os
import select
import signal
import struct
import sys

from sphinx import Missing, Recogniser, Refused

MOST_BYTES = 16 * 1024 * 1024


def read(count):
    """Exactly `count` bytes of standard input, unbuffered so that `select` sees what is left; None at its end."""
    parts = bytearray()
    while len(parts) < count:
        part = os.read(0, count - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)


def frame():
    head = read(4)
    if head is None:
        return None
    (length,) = struct.unpack("<I", head)
    if length > MOST_BYTES:
        sys.exit("frame too long")
    return read(length)


def say(answer):
    os.write(1, (json.dumps(answer) + "\n").encode())


def fork_search(recogniser, search, pcm):
    """Decodes in a child; returns where its answer comes from, and its process id."""
    reader, writer = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            # Ends with its parent, however that ends.
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)
            if os.getppid() == parent:
                with os.fdopen(writer, "wb") as output:
                    output.write(json.dumps(recogniser.decode(search, pcm)).encode())
        finally:
            os._exit(0)
    os.close(writer)
    return reader, child


def decode(recogniser, pcm):
    """What each search heard; {"died": True} where one ended without an answer, also when it was stopped; None at the input's end."""
    children = {search: fork_search(recogniser, search, pcm) for search in recogniser.searches}
    answers = {search: b"" for search in children}
    running = {reader: search for search, (reader, _) in children.items()}
    watched, ended = [0], False
    while running:
        ready, _, _ = select.select([*running, *watched], [], [])
        for reader in ready:
            if reader != 0:
                part = os.read(reader, 65536)
                answers[running[reader]] += part
                if not part:
                    del running[reader]
        if 0 in ready:
            # An empty frame, or the end: in both cases nobody waits for the answer.
            ended, watched = frame() is None, []
            for _, child in children.values():
                os.kill(child, signal.SIGKILL)
    for reader, child in children.values():
        os.close(reader)
        os.waitpid(child, 0)
    if ended:
        return None
    return {search: json.loads(text) for search, text in answers.items()} if all(answers.values()) else {"died": True}


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    first = frame()
    if first is None:
        return
    try:
        recogniser = Recogniser()
        expected = json.loads(first)
        if expected:
            recogniser.add_words(expected["pronunciations"])
            recogniser.use_phrases(expected["arpa"])
        recogniser.use_general()
        unknown = recogniser.unknown(expected["vocabulary"]) if expected else []
    except Missing as missing:
        return say({"missing": str(missing)})
    except Refused as refused:
        return say({"refused": str(refused)})
    say({"ready": True, "unknown": unknown})
    while (pcm := frame()) is not None:
        # An empty frame: what it wanted to stop has ended already.
        if pcm:
            answer = decode(recogniser, pcm)
            if answer is None:
                return
            say(answer)


main()
