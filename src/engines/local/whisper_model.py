"""faster-whisper with what Dabir adds: less work for short audio, an ear for quiet speech, and sentences as segments.

The figures are of the `base` model on two cores, in processor seconds per minute of audio (docs/engines.md has the
tables, `npm run bench:accuracy` measures them again).
"""

from dataclasses import replace

import numpy as np

RATE = 16_000

# The encoder always takes a window of 30 s, 3,000 frames. It is the largest part of the work for a short voice note,
# and silence behind the speech costs as much as speech.
WINDOW_FRAMES = 3_000
# Silence that is kept behind the speech, in frames of 10 ms. With 3 s the model repeats itself at times; with 10 s the
# words are those of the whole window.
MARGIN_FRAMES = 1_000
# The length of a window is rounded up to this, so that similar windows have one shape.
STEP_FRAMES = 100

# Shortest audio that is transcribed in batches, in seconds. Shorter audio has one or two windows.
BATCH_FROM_SECONDS = 60

# No temperature fallback and no condition on the previous text: they took 43 instead of 12 s per minute of dialogue, and
# its character error was 67 instead of 49 %.
PLAIN = {"temperature": [0.0], "condition_on_previous_text": False}

# Settings for a second attempt at a chunk, after a repetition loop or words without times. (A ban on all repetitions
# makes the model invent words where speakers repeat theirs.)
# Three temperatures of the usual six: noise of 10 dB over Persian took 58 s a minute with six, 43 s with three, and 67
# instead of 78 % of the characters were wrong.
CAREFUL = {
    "temperature": [0.0, 0.4, 0.8],
    "condition_on_previous_text": False,
    "hallucination_silence_threshold": 2.0,
}

# Silero's threshold is 0.5. A lower one finds more words in echo and noise; with 0.3 quiet music and a wavering tone give
# invented words, with 0.4 they give none.
VAD_THRESHOLD = 0.4

# A window that is probably no speech, and repeats itself, is invented (Whisper's own thresholds).
NO_SPEECH_PROBABILITY = 0.6
LOOP_COMPRESSION = 2.4

# Quiet speech is brought up to this level: the 95th percentile of the root mean square of 20 ms. At -45 dB 1 instead of
# 89 % of the words are wrong.
LOUD_LEVEL = 0.1
# Maximum gain, 50 dB.
MAX_GAIN = 316.0

# Pauses at which a window of a batch may end, in ms. With faster-whisper's 160, 3.5 instead of 0.5 % of English words were
# wrong.
BATCH_PAUSE_MS = 500

# Probability from which on a window has another language than the first one. Short windows are often taken for a related
# language.
SURE_OF_LANGUAGE = 0.9

# Longest pause within a segment, in seconds. Paragraphs and cues are made of segments.
MAX_PAUSE_SECONDS = 0.7
# Longest segment, in seconds; about four lines of a subtitle.
MAX_SEGMENT_SECONDS = 12
SENTENCE_ENDS = (".", "!", "?", "؟", "…", "۔", "。", "！", "？", "।")


class Whisper:
    """A loaded model. Raises what faster-whisper raises if it cannot be loaded.

    `batch_size` is the number of windows that are decoded together; 1 takes them one after the other.
    """

    def __init__(self, path, device, compute_type, threads, batch_size):
        from faster_whisper import BatchedInferencePipeline, WhisperModel

        self.model = WhisperModel(
            path, device=device, compute_type=compute_type, cpu_threads=threads, local_files_only=True
        )
        self.batch_size = batch_size
        self._batched = BatchedInferencePipeline(self.model)
        self._batched._batched_segments_generator = first_window_alone(self._batched._batched_segments_generator)
        self._encode = self.model.encode
        self._align = self.model.find_alignment
        self._encoded = None
        self._is_careful = False
        self._lost_times = False
        self._languages = Languages(self.model.model)
        self.model.model = self._languages
        self.model.encode = self._encode_once
        self.model.find_alignment = self._align_or_nothing

    def transcribe(self, samples, language, hotwords, is_careful):
        """Returns an iterator over segments, and what is known of the language. `samples` are those of `raise_quiet`."""
        self._is_careful = is_careful
        self._lost_times = False
        self._languages.expected = None
        settings = {
            "language": language,
            "hotwords": hotwords,
            "beam_size": 5,
            "word_timestamps": True,
            "vad_filter": True,
            # Each window in its own language; without this, the second of two languages is translated.
            "multilingual": language is None and self.model.model.is_multilingual,
            "vad_parameters": {"threshold": VAD_THRESHOLD},
        }
        if is_careful:
            segments, info = self.model.transcribe(samples, **settings, **CAREFUL)
        elif self.batch_size > 1 and len(samples) >= BATCH_FROM_SECONDS * RATE:
            settings["vad_parameters"]["min_silence_duration_ms"] = BATCH_PAUSE_MS
            segments, info = self._batched.transcribe(samples, batch_size=self.batch_size, **settings, **PLAIN)
        else:
            segments, info = self.model.transcribe(samples, **settings, **PLAIN)
        # The windows are decoded only when the segments are read.
        self._languages.expected = info.language
        end = len(samples) / RATE
        spoken = (segment for segment in segments if segment.start < end and not is_invented(segment))
        return (part for segment in spoken for part in sentences_of(segment)), info

    def detect(self, samples):
        """Returns the language that is spoken and its probability; None for an English-only model. `samples` are those
        of `raise_quiet`."""
        if not self.is_multilingual:
            return None
        from faster_whisper.vad import VadOptions

        self._languages.expected = None
        # Unlike the transcription, it takes no dictionary.
        options = VadOptions(threshold=VAD_THRESHOLD)
        language, probability, _ = self.model.detect_language(samples, vad_filter=True, vad_parameters=options)
        return language, probability

    @property
    def is_multilingual(self):
        return self.model.model.is_multilingual

    @property
    def lost_times(self):
        """True if words of the last transcription have no times, because the model could not align them."""
        return self._lost_times

    def _encode_once(self, features):
        # Language detection and transcription encode the same first window.
        window = features if self._is_careful else without_empty_end(features)
        known = self._encoded
        if known is None or known[0].shape != window.shape or not np.array_equal(known[0], window):
            known = (window, self._encode(window))
            self._encoded = known if window.ndim == 2 else None
        return known[1]

    def _align_or_nothing(self, tokenizer, text_tokens, *rest):
        # faster-whisper 1.2.1 fails on an empty alignment, which two voices at once can give (its pull request 1460).
        try:
            return self._align(tokenizer, text_tokens, *rest)
        except IndexError:
            self._lost_times = True
            return [[] for _ in text_tokens]


class Languages:
    """A CTranslate2 model whose windows change their language only when it is certain. Passes everything else on."""

    def __init__(self, model):
        self._model = model
        # The language of the first window; None while it is being detected.
        self.expected = None

    def __getattr__(self, name):
        return getattr(self._model, name)

    def detect_language(self, encoded):
        return [self._certain(languages) for languages in self._model.detect_language(encoded)]

    def _certain(self, languages):
        if self.expected is None or languages[0][1] >= SURE_OF_LANGUAGE:
            return languages
        return [(f"<|{self.expected}|>", 1.0)]


def without_empty_end(features):
    """Returns features without the padding behind the sound, but for a margin. Padding is exactly zero."""
    filled = np.flatnonzero(np.any(features != 0, axis=tuple(range(features.ndim - 1))))
    frames = int(filled[-1]) + 1 if len(filled) else 0
    wanted = -(-(frames + MARGIN_FRAMES) // STEP_FRAMES) * STEP_FRAMES
    return np.ascontiguousarray(features[..., : min(wanted, features.shape[-1], WINDOW_FRAMES)])


def raise_quiet(samples):
    """Returns samples from -1 to 1 with quiet speech brought up to a level that the models know; louder audio as it is."""
    length = RATE // 50
    frames = len(samples) // length
    if frames == 0:
        return samples
    levels = np.sqrt(np.mean(samples[: frames * length].reshape(frames, length) ** 2, axis=1))
    level = float(np.percentile(levels, 95))
    if level == 0 or level >= LOUD_LEVEL:
        return samples
    # A recording with little speech has a low level; its speech must not be cut off at full scale.
    peak = float(np.percentile(np.abs(samples), 99.9))
    gain = min(MAX_GAIN, LOUD_LEVEL / level, max(1.0, 1 / peak))
    return np.clip(samples * np.float32(gain), -1, 1)


def is_invented(segment):
    return segment.no_speech_prob > NO_SPEECH_PROBABILITY and segment.compression_ratio > LOOP_COMPRESSION


def first_window_alone(decode):
    """Returns a function that decodes windows as `decode` does, which takes `batch_size` of them at a time, but the first one
    alone: the user sees its words while the others are decoded. On two cores the first words of 165 s came after 13 in
    place of 43 s, and the last ones at the same time."""

    def decode_windows(features, tokenizer, windows, batch_size, options, log_progress):
        for batch in (slice(0, 1), slice(1, None)):
            yield from decode(features[batch], tokenizer, windows[batch], batch_size, options, log_progress)

    return decode_windows


def sentences_of(segment):
    """Yields a segment, cut after sentences, at pauses, and where it is long. A batch gives windows of up to 30 s."""
    words = segment.words or []
    first = 0
    for last in range(len(words)):
        if last + 1 == len(words) or is_cut(words[last], words[last + 1]):
            for part in short_parts(words[first : last + 1]):
                yield segment_of(segment, part)
            first = last + 1
    if not words:
        yield segment


def is_cut(word, following):
    ends_sentence = word.word.rstrip("\"'»”’)]").endswith(SENTENCE_ENDS) and following.word.startswith(" ")
    return ends_sentence or following.start - word.end >= MAX_PAUSE_SECONDS


def short_parts(words):
    """Returns lists of words of at most MAX_SEGMENT_SECONDS each, cut at the longest pauses."""
    if len(words) < 2 or words[-1].end - words[0].start <= MAX_SEGMENT_SECONDS:
        return [words]
    # In the middle half, so that no part is a single word.
    edge = len(words) // 4
    places = range(edge + 1, max(edge + 2, len(words) - edge))
    cut = max(places, key=lambda place: words[place].start - words[place - 1].end)
    return short_parts(words[:cut]) + short_parts(words[cut:])


def segment_of(segment, words):
    """Returns the part of a segment that has these words."""
    if len(words) == len(segment.words):
        return segment
    text = "".join(word.word for word in words)
    return replace(segment, start=words[0].start, end=words[-1].end, text=text, words=words)
