"""Runs ctc_model.py and the files around it without the engine, and prints what they return as JSON.

    python ctc_model_cases.py <folder of the files> words <WAV file> <folder of models> <model>[:<normalisation>] …
    python ctc_model_cases.py <folder of the files> pure
"""

import json
import os
import sys
import wave
from collections import namedtuple
from dataclasses import dataclass

import numpy as np

sys.path.insert(0, sys.argv[1])
import ctc_model  # noqa: E402 - the path is set above
import language_stretches  # noqa: E402
import loaded_models  # noqa: E402
import recognition  # noqa: E402
import speech_parts  # noqa: E402
from whisper_model import RATE, raise_quiet  # noqa: E402


def words(recording, folder, *models):
    """Returns what each model recognises in a recording, or what is wrong with it."""
    with wave.open(recording, "rb") as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
    samples = raise_quiet(samples)
    parts = speech_parts.parts_of(samples, speech_parts.speech_regions(samples))
    said = {}
    for name in models:
        form, _, normalise = name.partition(":")
        try:
            model = ctc_model.CtcModel(os.path.join(folder, form), normalise=normalise or None)
        except ctc_model.ModelFault as fault:
            said[name] = str(fault)
            continue
        said[name] = [word["word"] for start, end in parts for word in model.words(samples[start:end])]
    return said


def decoded():
    # Words begin with ▁ or after a space; <unk> has no text; é comes as two bytes; a repeated token is one.
    listed = ["<blk>", "▁سل", "ام", " ", "ن", "و", "<unk>", "▁", "<0xC3>", "<0xA9>"]
    tokens = dict(enumerate(listed))
    frames = [1, 1, 2, 0, 3, 4, 5, 6, 6, 7, 8, 9]
    scores = np.full((len(frames), len(listed)), -9.0)
    scores[np.arange(len(frames)), frames] = -0.01
    said = ctc_model.words_of(scores, tokens, 0, 0.08)
    return [(word["word"], round(word["start"], 2), round(word["end"], 2)) for word in said]


def seconds(spans):
    return [(round(start / RATE, 2), round(end / RATE, 2)) for start, end in spans]


def regions(*spans):
    return [(int(start * RATE), int(end * RATE)) for start, end in spans]


def parts(*spans):
    silence = np.zeros(int(spans[-1][1] * RATE), np.float32)
    margin = speech_parts.MARGIN_SECONDS
    found = speech_parts.parts_of(silence, regions(*spans))
    return [(round(start / RATE + margin, 1), round(end / RATE - margin, 1)) for start, end in found]


def quietest():
    noise = np.random.default_rng(1).normal(0, 0.1, 40 * RATE).astype(np.float32)
    noise[25 * RATE : int(25.1 * RATE)] = 0
    return seconds(speech_parts.without_long(noise, regions((0, 40))))


def languages(answers):
    """Identifies by the language that is spoken in the middle; `answers` are (end in seconds, language, probability)."""
    spans = regions(*[(at, at + 1.8) for at in range(0, 60, 2)])

    def identify(start, end):
        middle = (start + end) / 2 / RATE
        return next((language, probability) for until, language, probability in answers if middle < until)

    return [
        (round(start / RATE), round(end / RATE), language)
        for start, end, language, _ in language_stretches.languages_of(spans, identify)
    ]


class Said:
    """A model of either kind that recognises bursts of sound: each sample of a burst is its number. A burst that is cut
    is `cut`."""

    lost_times = False
    is_multilingual = True
    languages = ("fa",)

    def __init__(self):
        self.said = []

    def whisper(self):
        return self

    def own(self, _):
        return self

    def detect(self, samples):
        # Even bursts are Persian.
        numbers = [number for number, _, _ in bursts(samples)]
        persian = sum(number % 2 == 0 for number in numbers)
        return ("fa", persian / len(numbers)) if 2 * persian > len(numbers) else ("en", 1 - persian / len(numbers))

    def words(self, samples):
        return [
            {"word": name(number, start, end), "start": start / RATE, "end": end / RATE, "probability": 0.9}
            for number, start, end in bursts(samples)
        ]

    def transcribe(self, samples, *_):
        segments = [
            Segment(word["start"], word["end"], [Word(word["word"], word["start"], word["end"])])
            for word in self.words(samples)
        ]
        return segments, namedtuple("Info", "language language_probability")("en", 0.9)


@dataclass
class Word:
    word: str
    start: float
    end: float


@dataclass
class Segment:
    start: float
    end: float
    words: list


def name(number, start, end):
    return str(number) if end - start == int(0.4 * RATE) else "cut"


def bursts(samples):
    """Returns (number, start, end) of each burst."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], samples, [0]])))
    return [(round(float(samples[a])), int(a), int(b)) for a, b in zip(edges, edges[1:]) if samples[a] != 0]


def seams():
    """Transcribes a word each half a second: 20 s of English, 25 s of Persian and 40 s of English, with a second between
    the languages. Returns whether each word is there once and whole, those at the wrong time, and those of the wrong
    model."""
    samples = np.zeros(88 * RATE, np.float32)
    spoken = []
    for at in range(170):
        number = 2 * at + (2 if 40 <= at < 90 else 1)
        start = at / 2 + (at >= 40) * 1.0 + (at >= 90) * 1.0
        samples[int(start * RATE) : int(start * RATE) + int(0.4 * RATE)] = number
        spoken.append((str(number), start))
    recognition.speech_regions = lambda given: [(start, end) for _, start, end in bursts(given)]
    said, own = [], []
    # The earlier chunk was Persian; that does not decide this one.
    job = {"language": "fa", "is_guessed": True, "hotwords": None, "careful": False}
    language, _, _ = recognition.recognise(
        Said(),
        samples,
        job,
        lambda segment: said.append((segment.words[0].word, segment.words[0].start)),
        lambda words, _: own.extend((word["word"], word["start"]) for word in words),
    )
    everything = sorted(said + own, key=lambda word: word[1])
    return {
        "once": [word for word, _ in everything] == [word for word, _ in spoken],
        "late": [word for (word, start), (_, right) in zip(everything, spoken) if abs(start - right) > 0.001],
        "wrong": [word for word, _ in own if int(word) % 2] + [word for word, _ in said if int(word) % 2 == 0],
        "language": language,
    }


def loaded(most):
    """Returns the models in memory after each use, with this many at a time."""
    models = loaded_models.LoadedModels(lambda: "whisper", [], most, 1)
    states = [list(models._loaded)]
    for name in ("a", "whisper", "b", "a"):
        models._get(name, lambda: name)
        states.append(list(models._loaded))
    return states


def ends():
    # The region of speech ends at 1.0: the second word reaches to there, and the first to the second.
    said = [
        {"word": "one", "start": 0.0, "end": 0.1},
        {"word": "two", "start": 0.5, "end": 0.6},
        {"word": "three", "start": 2.0, "end": 2.1},
    ]
    wide = speech_parts.with_spoken_ends(said, regions((0, 1), (2, 2.2)), 0)
    return [(word["word"], word["start"], round(word["end"], 2)) for word in wide]


# Some features of a rising tone by NeMo's own preprocessor (from onnx-asr 0.12.0, `nemo80`): band, frame, value.
OF_NEMO = ((5, 10, 0.28), (20, 40, -0.36), (40, 60, 0.49), (60, 90, 0.13), (79, 50, -0.15))


def far_from_nemo():
    """Returns the features of the tone that differ from NeMo's by more than its padding at the edges explains."""
    seconds = np.arange(RATE) / RATE
    tone = (0.3 * np.sin(2 * np.pi * (200 * seconds + 1500 * seconds**2))).astype(np.float32)
    mel = ctc_model.log_mel(tone, ctc_model.mel_filters(80))[:, :100]
    normal = (mel - mel.mean(axis=1, keepdims=True)) / mel.std(axis=1, ddof=1, keepdims=True)
    return [(band, frame) for band, frame, value in OF_NEMO if abs(normal[band, frame] - value) > 0.05]


def pure():
    return {
        "words": decoded(),
        "parts": parts((0, 9), (9.3, 15), (15.2, 21), (22, 32), (32.2, 40), (50, 55)),
        "quietest": quietest(),
        "languages": languages([(22, "en", 0.9), (60, "fa", 0.9)]),
        "uncertain": languages([(40, "fa", 0.9), (60, "ar", 0.3)]),
        "a short end": languages([(58, "fa", 0.9), (60, "bn", 0.9)]),
        "a short insert": languages([(20, "fa", 0.9), (26, "en", 0.9), (60, "fa", 0.9)]),
        "short and uncertain": languages([(60, "fa", 0.4)]),
        "seams": seams(),
        "one model at a time": loaded(1),
        "two models at a time": loaded(2),
        "ends": ends(),
        "far from NeMo": far_from_nemo(),
    }


print(json.dumps(words(*sys.argv[3:]) if sys.argv[2] == "words" else pure()))
