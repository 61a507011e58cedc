"""Listens for stop words, and tells where the device's own voice sounds like one.

Standard input: frames, each four bytes of length (little endian) and that many bytes. The first one is JSON, the words as `Spotter`
takes them. Each later one begins with a letter: h: samples that were heard (16 kHz mono 16 bit), in order; o and four bytes of a number:
a stretch of the device's own voice; n: forget what was heard. Standard output, a JSON line each: {"ready": true} or {"missing": package};
for each h {"found": [[name, last sample]]}; for each o, whenever it is done, {"own": number, "like": [[first sample, last sample]]}.
"""

import ctypes
import json
import os
import signal
import struct
import sys

from sphinx import Missing, Refused
from spotter import LOOSE, PIECE, STRICT, Spotter

MOST_BYTES = 16 * 1024 * 1024
#: An answer is written in one go, however many there are.
MOST_LIKE = 100


def read(count):
    parts = bytearray()
    while len(parts) < count:
        part = os.read(0, count - len(parts))
        if not part:
            os._exit(0)
        parts += part
    return bytes(parts)


def frame():
    (length,) = struct.unpack("<I", read(4))
    if length > MOST_BYTES:
        sys.exit("frame too long")
    return read(length)


def say(answer):
    os.write(1, (json.dumps(answer) + "\n").encode())


def fork():
    """Like `os.fork`; the child ends with its parent, however that ends."""
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)
    return child


def pieces(pcm):
    return (pcm[at : at + PIECE] for at in range(0, len(pcm), PIECE))


def compare(spotter, number, pcm):
    """In a child of its own, in the time that nobody else wants."""
    if fork() == 0:
        try:
            os.nice(5)
            spotter.begin(LOOSE)
            like = [found[1:] for found in map(spotter.hear, pieces(pcm)) if found]
            say({"own": number, "like": like[:MOST_LIKE]})
        finally:
            os._exit(0)


def listen(spotter):
    """Until it is told to forget what was heard."""
    # Children that are done leave nothing behind.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    spotter.begin(STRICT)
    waiting = b""
    while (now := frame())[:1] != b"n":
        if now[:1] == b"o":
            compare(spotter, struct.unpack("<I", now[1:5])[0], now[5:])
            continue
        waiting += now[1:]
        ready = len(waiting) // PIECE * PIECE
        found = [(heard[0], heard[2]) for heard in map(spotter.hear, pieces(waiting[:ready])) if heard]
        waiting = waiting[ready:]
        say({"found": found})


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        spotter = Spotter(json.loads(frame()))
    except Missing as missing:
        return say({"missing": str(missing)})
    except Refused as refused:
        return say({"refused": str(refused)})
    say({"ready": True})
    while True:
        # In a child, so that what was heard before leaves no trace in the library's averages.
        child = fork()
        if child == 0:
            try:
                listen(spotter)
                os._exit(7)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != 7:
            return


main()
