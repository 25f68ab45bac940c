"""Cuts audio in its pauses: into parts that a model takes at once, and into stretches of one language."""

import numpy as np

from whisper_model import RATE, VAD_THRESHOLD

# A pause between two regions of speech is at least this long, in ms.
MIN_PAUSE_MS = 200
# Silero finds the edges of speech late and early; this much sound around it belongs to it, in ms.
EDGE_MS = 60

# Longest part that a CTC model takes, in seconds: the length that these models were trained with.
MAX_PART_SECONDS = 30
# A part is not cut before this, so that few parts are short.
MIN_PART_SECONDS = 10
# A longer pause ends a part, because silence costs as much as speech.
LONG_PAUSE_SECONDS = 2.0
# Sound around a part, at most half of the pause, in seconds.
MARGIN_SECONDS = 0.2
# Length over which loudness is compared where speech has no pause, in seconds.
QUIET_SECONDS = 0.1


def speech_regions(samples):
    """Returns the regions with speech as (start, end) in samples, in order and apart."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(threshold=VAD_THRESHOLD, min_silence_duration_ms=MIN_PAUSE_MS, speech_pad_ms=EDGE_MS)
    return [(found["start"], found["end"]) for found in get_speech_timestamps(samples, options)]


def parts_of(samples, regions):
    """Returns parts of at most 30 s as (start, end) in samples. All speech is in exactly one of them."""
    groups = grouped(
        without_long(samples, regions),
        MIN_PART_SECONDS * RATE,
        (MAX_PART_SECONDS - 2 * MARGIN_SECONDS) * RATE,
        LONG_PAUSE_SECONDS * RATE,
    )
    return with_margins([(group[0][0], group[-1][1]) for group in groups], len(samples))


def grouped(regions, min_length, max_length, max_pause=np.inf):
    """Groups regions so that no group is longer than `max_length`. A group ends at the longest pause after `min_length`, and
    at every pause from `max_pause` on. All lengths are in samples."""
    groups = []
    rest = list(regions)
    while rest:
        start = rest[0][0]
        fits = 1
        while fits < len(rest) and rest[fits][1] - start <= max_length:
            if rest[fits][0] - rest[fits - 1][1] >= max_pause:
                break
            fits += 1
        cut = fits
        if fits < len(rest) and rest[fits][0] - rest[fits - 1][1] < max_pause:
            places = [at for at in range(1, fits + 1) if rest[at - 1][1] - start >= min_length] or [fits]
            cut = max(places, key=lambda at: rest[at][0] - rest[at - 1][1])
        groups.append(rest[:cut])
        rest = rest[cut:]
    return groups


def without_long(samples, regions):
    """Cuts regions that are longer than a part at their quietest moments."""
    max_length = int((MAX_PART_SECONDS - 2 * MARGIN_SECONDS) * RATE)
    cut = []
    for start, end in regions:
        while end - start > max_length:
            place = quietest(samples, start + max_length // 2, start + max_length)
            cut.append((start, place))
            start = place
        cut.append((start, end))
    return cut


def quietest(samples, start, end):
    """Returns the middle of the quietest tenth of a second between two places."""
    length = int(QUIET_SECONDS * RATE)
    frames = samples[start:end][: (end - start) // length * length].reshape(-1, length)
    return start + int(np.argmin((frames**2).mean(axis=1))) * length + length // 2


def with_margins(spans, length):
    """Widens spans by the margin, and by at most half of the pause beside them."""
    margin = int(MARGIN_SECONDS * RATE)
    wide = []
    for at, (start, end) in enumerate(spans):
        before = 0 if at == 0 else (spans[at - 1][1] + start) // 2
        after = length if at + 1 == len(spans) else (end + spans[at + 1][0]) // 2
        wide.append((max(before, start - margin), min(after, end + margin)))
    return wide


def with_spoken_ends(words, regions, start):
    """Returns words whose ends reach to the next word or to the end of the speech, if that is near. A CTC model marks
    where a token begins and not how long it sounds, and pauses would come out too long.

    `start` is the place of the words' audio in samples; times are in seconds from there."""
    spoken = []
    for at, word in enumerate(words):
        end = word["end"]
        following = words[at + 1]["start"] if at + 1 < len(words) else np.inf
        place = start + (end - 0.01) * RATE
        region_end = next((edge for begin, edge in regions if begin <= place < edge), None)
        if region_end is not None:
            reach = min(following, (region_end - start) / RATE)
            end = max(end, min(reach, end + MAX_STRETCH_SECONDS))
        spoken.append({**word, "end": float(min(end, max(following, word["start"])))})
    return spoken


# Longest sound behind the last token of a word, in seconds.
MAX_STRETCH_SECONDS = 0.6
