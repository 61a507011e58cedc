"""PocketSphinx's keyword spotting through the C library: words by their phones, each with a threshold and a least length."""

import ctypes as c
import tempfile

import sphinx

RATE = 16_000
#: Frames of the library a second.
FRAMES = 100
FRAME = RATE // FRAMES
PIECE = RATE // 50 * 2
#: Bytes that are heard again where the library begins anew: a word may have been cut.
AGAIN = RATE * 2 * 6 // 10
#: Bytes after which it begins anew: what it remembers must not grow.
LONGEST = RATE * 2 * 20
#: The library's names of the two searches.
STRICT, LOOSE = "strict", "loose"
#: How much easier a word is found by the loose search, powers of ten, and a share of the least length: an echo sounds a little different each
#: time. At this 14 % of espeak-ng's answers are like a word, at 10 and 0.75 half as much, and an echo of -6 dB then stopped the device now and then.
EASIER, SHORTER = 13, 0.7


class Spotter:
    """Finds words in a stream. `words`: {"name", "phones": [text], "threshold": power of ten, "leastMs"} each."""

    def __init__(self, words):
        lib = self._lib = sphinx.library()
        self._words = {}
        lines = {STRICT: [], LOOSE: []}
        with tempfile.NamedTemporaryFile("w", suffix=".dict", encoding="ascii") as dictionary:
            for number, (word, phones) in enumerate((word, phones) for word in words for phones in word["phones"]):
                # One entry a way to say it: the library then wants the phones in one go, whatever spaces the word has.
                key = f"w{number}"
                self._words[key] = word["name"], word["leastMs"]
                dictionary.write(f"{key} {phones}\n")
                lines[STRICT].append(f"{key} /1e{word['threshold']}/\n")
                lines[LOOSE].append(f"{key} /1e{word['threshold'] - EASIER}/\n")
            dictionary.flush()
            # Frames of silence are kept and nothing is waited for: a frame of the library is then a place in the sound, at once.
            self._decoder, self._arguments = sphinx.decoder(lib, dict=dictionary.name, remove_silence="no", kws_delay="0")
        for search, text in lines.items():
            with tempfile.NamedTemporaryFile("w", suffix=".kws", encoding="ascii") as file:
                file.writelines(text)
                file.flush()
                if lib.ps_set_kws(self._decoder, search.encode(), file.name.encode()) != 0:
                    raise sphinx.Refused("PocketSphinx does not take the stop words' phones.")
        self._open = False

    def begin(self, search):
        self._search = search
        self._position = 0
        self._recent = b""
        self._start(b"")

    def _start(self, again):
        lib, decoder = self._lib, self._decoder
        if self._open:
            lib.ps_end_utt(decoder)
        # The library counts frames from the start of a stream.
        began = lib.ps_set_search(decoder, self._search.encode()) == 0 and lib.ps_start_stream(decoder) == 0
        if not began or lib.ps_start_utt(decoder) != 0:
            raise RuntimeError("PocketSphinx does not start")
        self._open = True
        self._base = self._position - len(again) // 2
        self._fed = len(again)
        if again:
            lib.ps_process_raw(decoder, again, len(again) // 2, 0, 0)

    def hear(self, piece):
        """The next samples, 20 ms of them at most; the first word that is found in them: name, first and last sample of the stream."""
        self._lib.ps_process_raw(self._decoder, piece, len(piece) // 2, 0, 0)
        self._position += len(piece) // 2
        self._fed += len(piece)
        self._recent = (self._recent + piece)[-AGAIN:]
        found = self._found()
        if found:
            self._recent = b""
            self._start(b"")
        elif self._fed > LONGEST:
            self._start(self._recent)
        return found

    def _found(self):
        lib, decoder = self._lib, self._decoder
        if lib.ps_get_hyp(decoder, None) is None:
            return None
        shorter = SHORTER if self._search == LOOSE else 1
        start, end = c.c_int(0), c.c_int(0)
        segment = lib.ps_seg_iter(decoder)
        found = None
        while segment:
            lib.ps_seg_frames(segment, c.byref(start), c.byref(end))
            name, least_ms = self._words[lib.ps_seg_word(segment).decode().strip()]
            if found is None and (end.value - start.value) * 1000 // FRAMES >= least_ms * shorter:
                last = min(self._position, self._base + (end.value + 1) * FRAME)
                found = name, self._base + start.value * FRAME, last
            # To its end: the library frees it there.
            segment = lib.ps_seg_next(segment)
        return found
