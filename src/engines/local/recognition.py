"""Has each stretch of a chunk transcribed by the model for its language.

Whisper transcribes what has no model of its own. A chunk that is Whisper's alone is given to it whole, as if there were no
other models.
"""

from dataclasses import replace

from language_stretches import joined, languages_of
from speech_parts import parts_of, speech_regions, with_margins, with_spoken_ends, without_long
from whisper_model import RATE


class Rejected(Exception):
    """Raised if no model supports the request."""


def recognise(models, samples, job, emit_segment, emit_words):
    """Transcribes samples that `raise_quiet` returned, in the order of the audio. Calls `emit_segment(segment)` with a
    segment of Whisper's, and `emit_words(words, language)` with words that have no punctuation.

    Returns the language, its probability (None if it was given), and whether words have no times."""
    # The language of an earlier chunk says little where each language has a model.
    is_known = job["language"] is not None and not job.get("is_guessed", False)
    given = job["language"] if is_known else None
    if given in models.languages:
        recognise_own(models, samples, speech_regions(samples), given, emit_words)
        return given, None, False
    stretches = spoken_languages(models, samples) if given is None and models.languages else []
    if not any(language in models.languages for _, _, language, _ in stretches):
        detects = stretches and job["language"] in models.languages
        return recognise_whisper(models, samples, {**job, "language": None} if detects else job, emit_segment)
    lost_times = [
        recognise_run(models, samples[start:end], language, job, start / RATE, emit_segment, emit_words)
        for start, end, language in runs_of(models, stretches, len(samples))
    ]
    language = main_language(stretches)
    return language, max(stretch[3] for stretch in stretches if stretch[2] == language), any(lost_times)


def recognise_run(models, samples, language, job, seconds, emit_segment, emit_words):
    """Transcribes what one model takes; its language is None for Whisper. `seconds` is where it begins in the chunk.
    Returns whether words have no times."""
    if language is not None:
        regions = speech_regions(samples)
        recognise_own(models, samples, regions, language, lambda words, _: emit_words(moved(words, seconds), language))
        return False
    job = {**job, "language": None}
    return recognise_whisper(models, samples, job, lambda segment: emit_segment(later(segment, seconds)))[2]


def spoken_languages(models, samples):
    """Returns (start, end, language, probability) in samples; empty without speech, or if Whisper knows one language."""
    if not models.whisper().is_multilingual:
        return []
    regions = without_long(samples, speech_regions(samples))
    return languages_of(regions, lambda start, end: models.whisper().detect(samples[start:end]))


def runs_of(models, stretches, length):
    """Returns (start, end, language) in samples for each model's share; the language is None for Whisper. Runs end in
    the pauses between the languages."""
    runs = joined([(s, e, language if language in models.languages else None, p) for s, e, language, p in stretches])
    spans = with_margins([(start, end) for start, end, _, _ in runs], length)
    return [(start, end, run[2]) for (start, end), run in zip(spans, runs)]


def main_language(stretches):
    """Returns the language that is spoken longest."""
    lengths = {}
    for start, end, language, _ in stretches:
        lengths[language] = lengths.get(language, 0) + end - start
    return max(lengths, key=lengths.get)


def recognise_own(models, samples, regions, language, emit_words):
    model = models.own(language)
    for start, end in parts_of(samples, regions):
        words = with_spoken_ends(model.words(samples[start:end]), regions, start)
        if words:
            emit_words(moved(words, start / RATE), language)


def recognise_whisper(models, samples, job, emit_segment):
    whisper = models.whisper()
    segments, info = whisper.transcribe(samples, job["language"], job["hotwords"], job["careful"])
    for segment in segments:
        emit_segment(segment)
    return info.language, info.language_probability if job["language"] is None else None, whisper.lost_times


def moved(words, seconds):
    return [{**word, "start": word["start"] + seconds, "end": word["end"] + seconds} for word in words]


def later(segment, seconds):
    words = [replace(word, start=word.start + seconds, end=word.end + seconds) for word in segment.words or []]
    return replace(segment, start=segment.start + seconds, end=segment.end + seconds, words=words)
