"""Finds which language is spoken where, for recordings in several languages."""

from speech_parts import grouped
from whisper_model import RATE

# Length of a stretch whose language is identified at once, in seconds. Whisper takes 30.
STRETCH_SECONDS = (20, 30)
# Where the language changes, both stretches are identified again in pieces of this length, in seconds.
PIECE_SECONDS = (4, 10)
# The language changes in the longest pause within this distance of the edge of a piece, in seconds.
REACH_SECONDS = 4
# Probability from which on an identification counts. Below it the language is that of the stretch before.
MIN_PROBABILITY = 0.5
# Shorter stretches are not identified, in seconds: of 2 s of Persian Whisper `base` says Bengali.
MIN_SECONDS = 3


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
    return changing_in_pauses(joined(finer), regions)


def lengths(seconds):
    return tuple(length * RATE for length in seconds)


def identified(groups, identify, whole=None):
    """Returns the language of each group. An uncertain one has that of the whole, or of the group before it, or of the
    first certain one."""
    found = []
    for group in groups:
        start, end = group[0][0], group[-1][1]
        is_short = end - start < MIN_SECONDS * RATE
        language, probability = (None, 0.0) if is_short else identify(start, end)
        found.append((start, end, language if probability >= MIN_PROBABILITY else None, probability))
    if whole is not None:
        return [(start, end, language or whole[2], probability) for start, end, language, probability in found]
    before = next((language for _, _, language, _ in found if language is not None), None)
    if before is None and found:
        before = identify(found[0][0], found[-1][1])[0]
    certain = []
    for start, end, language, probability in found:
        before = language or before
        certain.append((start, end, before, probability))
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


def changing_in_pauses(runs, regions):
    """Moves the edges between languages to the longest pause near by: speakers pause where they change."""
    pauses = [(before[1], after[0]) for before, after in zip(regions, regions[1:])]
    moved = list(runs)
    for at in range(1, len(moved)):
        before, after = moved[at - 1], moved[at]
        edge = (before[1] + after[0]) / 2
        near = [
            (start, end)
            for start, end in pauses
            if abs((start + end) / 2 - edge) <= REACH_SECONDS * RATE and before[0] < start and end < after[1]
        ]
        if near:
            # Of pauses that are equally long the nearest one.
            start, end = max(near, key=lambda p: (round((p[1] - p[0]) / RATE, 1), -abs((p[0] + p[1]) / 2 - edge)))
            moved[at - 1] = (before[0], start, *before[2:])
            moved[at] = (end, *after[1:])
    return moved
