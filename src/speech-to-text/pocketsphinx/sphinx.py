"""The part of libpocketsphinx that the worker uses, called directly: Debian 13 still has the library, but no Python module of it."""

import ctypes as c
import os
import re
import tempfile

MODEL = "/usr/share/pocketsphinx/model/en-us"
GENERAL = "general"
PHRASES = "phrases"


class Missing(Exception):
    """The Debian package that is not there."""


class Refused(Exception):
    """What the library does not take."""


def library():
    """libpocketsphinx with the types of the functions that are called. Raises `Missing`."""
    try:
        lib = c.CDLL("libpocketsphinx.so.3")
    except OSError as error:
        raise Missing("libpocketsphinx3") from error
    if not os.path.isfile(f"{MODEL}/cmudict-en-us.dict"):
        raise Missing("pocketsphinx-en-us")
    pointer, text, whole = c.c_void_p, c.c_char_p, c.c_int
    place = c.POINTER(whole)
    for name, result, *arguments in (
        ("cmd_ln_parse_r", pointer, pointer, pointer, whole, c.POINTER(text), whole),
        ("ps_args", pointer),
        ("ps_init", pointer, pointer),
        ("ps_add_word", whole, pointer, text, text, whole),
        ("ps_lookup_word", pointer, pointer, text),
        ("ps_set_lm_file", whole, pointer, text, text),
        ("ps_set_search", whole, pointer, text),
        ("ps_set_kws", whole, pointer, text, text),
        ("ps_start_stream", whole, pointer),
        ("ps_start_utt", whole, pointer),
        ("ps_process_raw", whole, pointer, text, c.c_size_t, whole, whole),
        ("ps_end_utt", whole, pointer),
        ("ps_get_hyp", text, pointer, place),
        ("ps_seg_iter", pointer, pointer),
        ("ps_seg_next", pointer, pointer),
        ("ps_seg_word", text, pointer),
        ("ps_seg_frames", None, pointer, place, place),
    ):
        function = getattr(lib, name)
        function.restype = result
        function.argtypes = arguments
    return lib


def decoder(lib, **settings):
    """A decoder of the English acoustic model, with arguments of the library by name, and what must live as long as it does."""
    settings = {"hmm": f"{MODEL}/en-us", "logfn": "/dev/null", **settings}
    words = [part.encode() for name, value in settings.items() for part in ("-" + name, value)]
    arguments = (c.c_char_p * (len(words) + 1))(b"worker", *words)
    config = lib.cmd_ln_parse_r(None, lib.ps_args(), len(arguments), arguments, 1)
    made = config and lib.ps_init(config)
    if not made:
        raise Missing("pocketsphinx-en-us")
    # The library keeps pointers into the arguments.
    return made, arguments


def _with_room(arpa, places=20_000):
    """The model with words that nobody says. The library puts its whole dictionary into a hash table that has about as many places as the
    model has words: ten seconds for a model of ten words, a tenth of a second with these."""
    head, words = arpa.split("\\1-grams:\n", 1)
    head = re.sub(r"ngram 1=(\d+)", lambda found: f"ngram 1={int(found[1]) + places}", head)
    return head + "\\1-grams:\n" + "".join(f"-99 -{number} 0\n" for number in range(places)) + words


class Recogniser:
    """One acoustic model with two language models: the general one, and one of the sentences to expect."""

    def __init__(self):
        self._lib = library()
        self._decoder, self._arguments = decoder(self._lib, dict=f"{MODEL}/cmudict-en-us.dict")
        self.searches = []

    def add_words(self, pronunciations):
        """`[word, phones]` each, before any language model; a word that is in the dictionary already stays as it is."""
        for word, phones in pronunciations:
            if not self._lib.ps_lookup_word(self._decoder, word.encode()):
                self._lib.ps_add_word(self._decoder, word.encode(), phones.encode(), 0)

    def unknown(self, vocabulary):
        """The words that have no pronunciation."""
        return [word for word in vocabulary if not self._lib.ps_lookup_word(self._decoder, word.encode())]

    def use_general(self):
        self._use(GENERAL, f"{MODEL}/en-us.lm.bin")

    def use_phrases(self, arpa):
        """`arpa`: a model in the ARPA format, all of whose words are letters."""
        with tempfile.NamedTemporaryFile("w", suffix=".arpa", encoding="ascii") as file:
            file.write(_with_room(arpa))
            file.flush()
            self._use(PHRASES, file.name)

    def _use(self, search, path):
        if self._lib.ps_set_lm_file(self._decoder, search.encode(), path.encode()) != 0:
            raise Refused(f"PocketSphinx does not take the language model called {search}.")
        self.searches.append(search)

    def decode(self, search, pcm):
        """16 kHz mono 16-bit samples as bytes; the words, total score and frames of the best path."""
        lib, decoder = self._lib, self._decoder
        if lib.ps_set_search(decoder, search.encode()) != 0 or lib.ps_start_utt(decoder) != 0:
            raise RuntimeError("PocketSphinx does not start")
        # In one piece: the cepstral mean is then the whole utterance's.
        lib.ps_process_raw(decoder, pcm, len(pcm) // 2, 0, 1)
        lib.ps_end_utt(decoder)
        score = c.c_int(0)
        if lib.ps_get_hyp(decoder, c.byref(score)) is None:
            return {"words": [], "score": 0, "frames": 0}
        words, frames = [], 0
        start, end = c.c_int(0), c.c_int(0)
        segment = lib.ps_seg_iter(decoder)
        while segment:
            lib.ps_seg_frames(segment, c.byref(start), c.byref(end))
            frames = max(frames, end.value + 1)
            words.append(lib.ps_seg_word(segment).decode("ascii", "replace"))
            segment = lib.ps_seg_next(segment)
        return {"words": words, "score": score.value, "frames": frames}
