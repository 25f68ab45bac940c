"""Runs the parts of whisper_model.py that need no model, and prints what they return as JSON."""

import json
import sys
from collections import namedtuple
from dataclasses import dataclass

import numpy as np

sys.path.insert(0, sys.argv[1])
import whisper_model  # noqa: E402 - the path is set above

Word = namedtuple("Word", "word start end")


@dataclass
class Segment:
    start: float
    end: float
    text: str
    words: list


def segment(*words):
    words = [Word(*word) for word in words]
    return Segment(words[0].start, words[-1].end, "".join(word.word for word in words), words)


def texts(spoken):
    return [(part.text, part.start, part.end) for part in whisper_model.sentences_of(spoken)]


class Detecting:
    def __init__(self, *answers):
        self.answers = answers

    def detect_language(self, _):
        return [self.answers]


def language_of(expected, *answers):
    languages = whisper_model.Languages(Detecting(*answers))
    languages.expected = expected
    return languages.detect_language(None)[0][0][0]


def frames_kept(sounding):
    features = np.zeros((80, 3000), np.float32)
    features[:, :sounding] = 0.5
    return whisper_model.without_empty_end(features).shape[1]


def level(scale, share=1.0):
    wave = np.sin(np.arange(160_000) / 5).astype(np.float32) * np.float32(scale)
    wave[int(len(wave) * share) :] = 0
    louder = whisper_model.raise_quiet(wave)
    return [round(float(np.abs(louder).max()), 3), round(float(np.mean(np.abs(louder) >= 0.999)), 3)]


def decode_order(count):
    decoded = []

    def decode(features, _tokenizer, _windows, batch_size, _options, _log_progress):
        for start in range(0, len(features), batch_size):
            decoded.append(list(features[start : start + batch_size]))
            yield from features[start : start + batch_size]

    decode_windows = whisper_model.first_window_alone(decode)
    windows = list(range(count))
    first = []
    for window in decode_windows(windows, None, windows, 4, None, False):
        first = first or [window, list(decoded)]
    return {"first": first, "decoded": decoded}


print(
    json.dumps(
        {
            "batches": [decode_order(count) for count in (1, 6)],
            "sentences": texts(segment((" One.", 0, 1), (" Two", 1, 2), (" three.", 2, 3))),
            "numbers": texts(segment((" 3.", 0, 1), ("5", 1, 2))),
            "pause": texts(segment((" One", 0, 1), (" two", 1.8, 2))),
            "long": texts(segment(*[(f" w{at}", at, at + (0.9 if at == 9 else 1)) for at in range(20)])),
            "without words": texts(Segment(0, 1, "text", [])),
            "certain": language_of("fa", ("<|en|>", 0.95)),
            "uncertain": language_of("fa", ("<|ar|>", 0.6)),
            "first": language_of(None, ("<|ar|>", 0.6)),
            "frames": [frames_kept(sounding) for sounding in (0, 400, 1_950, 3_000)],
            "levels": {"loud": level(0.5), "quiet": level(0.002), "a few words": level(0.5, 0.04)},
        }
    )
)
