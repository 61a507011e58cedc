"""Keeps PocketSphinx loaded and decodes one utterance at a time, each in a forked child: stopping one costs no reload.

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


def decode_in_child(recogniser, pcm):
    """The child's answer as bytes (none where it died); None where standard input ended."""
    reader, writer = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        # Ends with its parent, however that ends.
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() == parent:
            os.write(writer, (json.dumps(recogniser.decode(pcm)) + "\n").encode())
        os._exit(0)
    os.close(writer)
    answer, going = b"", True
    try:
        while True:
            ready, _, _ = select.select([reader, 0] if going else [reader], [], [])
            if reader in ready:
                part = os.read(reader, 65536)
                if not part:
                    return answer
                answer += part
            elif 0 in ready:
                stopped = frame()
                os.kill(child, signal.SIGKILL)
                if stopped is None:
                    return None
                going = False
    finally:
        os.close(reader)
        os.waitpid(child, 0)


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
            answer = decode_in_child(recogniser, pcm)
            if answer is None:
                return
            os.write(1, answer or b'{"died": true}\n')


main()
