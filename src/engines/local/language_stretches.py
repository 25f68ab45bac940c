"""Finds which language is spoken where, for recordings in several languages."""

from speech_parts import grouped
from whisper_model import RATE

# Length of a stretch whose language is identified at once, in seconds. Whisper takes 30.
STRETCH_SECONDS = (20, 30)
# Where the language changes, both stretches are identified again in pieces of this length, in seconds.
PIECE_SECONDS = (4, 10)
# Probability from which on an identification counts. Below it the language is that of the stretch before.
MIN_PROBABILITY = 0.5


def languages_of(regions, identify):
    """Returns (start, end, language, probability) in samples for the whole audio from the first region to the last.
    Neighbours have different languages. Empty without speech.

    `identify(start, end)` returns the language that is spoken there and its probability."""
    stretches = identified(grouped(regions, *lengths(STRETCH_SECONDS)), identify)
    changes = {at for at in range(1, len(stretches)) if stretches[at][2] != stretches[at - 1][2]}
    finer = []
    for at, stretch in enumerate(stretches):
        if at in changes or at + 1 in changes:
            inside = [region for region in regions if stretch[0] <= region[0] and region[1] <= stretch[1]]
            finer += identified(grouped(inside, *lengths(PIECE_SECONDS)), identify, stretch)
        else:
            finer.append(stretch)
    return joined(finer)


def lengths(seconds):
    return tuple(length * RATE for length in seconds)


def identified(groups, identify, whole=None):
    """Returns the language of each group. An uncertain one has that of the whole, or of the group before it, or of the
    first certain one."""
    found = []
    for group in groups:
        start, end = group[0][0], group[-1][1]
        language, probability = identify(start, end)
        is_certain = probability >= MIN_PROBABILITY
        found.append((start, end, language if is_certain else None, probability))
    fallback = whole[2] if whole is not None else next((each[2] for each in found if each[2] is not None), None)
    if fallback is None and found:
        fallback = identify(found[0][0], found[-1][1])[0]
    certain = []
    for start, end, language, probability in found:
        if language is None:
            language = certain[-1][2] if certain and whole is None else fallback
        certain.append((start, end, language, probability))
    return certain


def joined(stretches):
    """Joins neighbours of one language; the probability is that of the longest."""
    runs = []
    for start, end, language, probability in stretches:
        if runs and runs[-1][2] == language:
            before = runs[-1]
            surest = max((before[1] - before[0], before[3]), (end - start, probability))[1]
            runs[-1] = (before[0], end, language, surest)
        else:
            runs.append((start, end, language, probability))
    return runs
