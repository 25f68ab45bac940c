"""Speaker turns of a recording.

1. Segmentation tells at most three local speakers apart in each window of 10 s; windows overlap.
2. Voices are described piece by piece, each from 1.5 s of speech.
3. Voices are grouped by speaker over the whole recording (clusters.py). A short recording has too few pieces for that;
   there the local speakers' voices, of up to 6 s, are grouped.
4. Each local speaker gets the global speaker of its pieces. The windows are laid over each other, and become turns.

A byte per frame of a local speaker and the voices stay in memory, 20 MB for two hours.
"""

import itertools

import numpy as np

from clusters import SAME_SPEAKER, join_similar, label_voices, single
from features import RATE, fbank
from turn_builder import FRAME_OFFSET, STEP, TurnBuilder

WINDOW = 10 * RATE
# Frames of the segmentation: one each 270 samples.
STEP_SAMPLES = 270
FRAMES = 589
# Distance of windows, in frames: 2.5 s.
HOP = 148
BATCH = 2
# The middle of a window, as long as the distance of windows. It is described by this window.
MIDDLE = (FRAMES - HOP) // 2

# Distance of pieces and half their length, in frames: 0.6 and 0.75 s.
PIECE_HOP = HOP // 4
PIECE_HALF = 44
# Shortest speech that describes a voice in a piece, in frames: 0.4 s.
PIECE_LEAST = 24
# How far a local speaker looks for its pieces, in frames: 1 s.
PIECE_REACH = 60

# A recording with fewer windows is short: 90 s.
SHORT_WINDOWS = 36
# Speech of a local speaker alone from which on its voice takes part in the grouping, in seconds.
SURE_SECONDS = 1.5
# Longest speech that describes a local speaker, in frames of 10 ms.
MOST_FEATURES = 600
# A speaker of a short recording says at least this, in seconds.
LEAST_SPEAKER = 2.0


class Window:
    """One window. `activity` is local speakers by frames (0 to 255); `voices` and `seconds` belong to them, a voice may
    be None. `pieces` are (frame, voice) in the middle of the window; frames count from the start of the recording."""

    def __init__(self, start, activity, voices, seconds, pieces):
        self.start, self.activity, self.voices, self.seconds = start, activity, voices, seconds
        self.pieces = pieces


def find_turns(audio, models, count=None, on_progress=lambda share: None):
    """Returns turns (start, end, speaker), in seconds, ordered by start, and the voices by speaker (speakers by 192).

    `count` is the number of speakers, if known.
    """
    starts = list(range(0, max(1, audio.length - WINDOW + HOP * STEP_SAMPLES), HOP * STEP_SAMPLES))
    windows = []
    for first in range(0, len(starts), BATCH):
        windows += describe(audio, models, starts[first : first + BATCH], len(starts))
        on_progress(min(1.0, (first + BATCH) / len(starts)))
    return turns_of(windows, count, audio.length / RATE)


def turns_of(windows, count, seconds):
    labels, centres = find_speakers(windows, count)
    turns = lay_over(windows, labels, centres)
    turns = [(max(0.0, start), min(seconds, end), speaker) for start, end, speaker in turns]
    return turns, mean_voices(windows, labels, centres)


def mean_voices(windows, labels, centres):
    """Returns the mean voice of each speaker's pieces, as describe_voice.py makes it; its centre, if it has none."""
    sums = np.zeros_like(centres)
    for window in windows:
        for frame, voice in window.pieces:
            sums[labels[frame]] += voice
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.where(norms > 0, sums / np.maximum(norms, 1e-9), centres)


def describe(audio, models, starts, total):
    pieces = [audio.read(start, WINDOW) for start in starts]
    samples = np.zeros((len(pieces), WINDOW), np.int16)
    for row, piece in zip(samples, pieces):
        row[: len(piece)] = piece
    for start, piece, probabilities in zip(starts, pieces, models.local_speakers(samples)):
        number = start // STEP_SAMPLES // HOP
        yield describe_window(models, number, total, piece, probabilities)


def describe_window(models, number, total, samples, probabilities):
    # Behind the end of the recording.
    probabilities[int(len(samples) / STEP_SAMPLES) :] = 0
    speaks = probabilities > 0.5
    alone = speaks & (speaks.sum(1, keepdims=True) == 1)
    active = np.flatnonzero(speaks.sum(0) * STEP >= 0.12)
    activity = [np.round(probabilities[:, local] * 255).astype(np.uint8) for local in active]
    if len(active) == 0:
        return Window(number * HOP, [], [], [], [])
    features = fbank(samples)
    first = 0 if number == 0 else MIDDLE
    last = FRAMES if number == total - 1 else MIDDLE + HOP
    pieces = describe_pieces(models, features, speaks.any(1), range(first, last))
    voices, seconds = [], []
    for local in active:
        own = alone[:, local]
        seconds.append(own.sum() * STEP)
        # Few frames alone have no piece of their own; in a short recording all local speakers are grouped.
        is_needed = total < SHORT_WINDOWS or own.sum() < PIECE_HALF
        use = own if own.sum() >= PIECE_LEAST else speaks[:, local]
        voices.append(voice_of(models, features, use) if is_needed else None)
    start = number * HOP
    return Window(start, activity, voices, seconds, [(start + frame, voice) for frame, voice in pieces])


def describe_pieces(models, features, speech, frames):
    """Returns (frame, voice) of pieces with speech in the middle."""
    found = []
    for middle in range(frames.start + PIECE_HOP // 2, frames.stop, PIECE_HOP):
        if not speech[middle]:
            continue
        # The speech around it without a pause between.
        start = end = middle
        while start > max(0, middle - PIECE_HALF) and speech[start - 1]:
            start -= 1
        while end < min(FRAMES, middle + PIECE_HALF) and speech[end]:
            end += 1
        if end - start >= PIECE_LEAST:
            first = feature_of(start)
            found.append((middle, features[first : first + int(round((end - start) * STEP * 100))]))
    voices = models.voices([piece for _, piece in found])
    return [(middle, voice) for (middle, _), voice in zip(found, voices)]


def feature_of(frame):
    return int(round((FRAME_OFFSET + frame * STEP) * 100))


def voice_of(models, features, use):
    times = FRAME_OFFSET + np.arange(len(use)) * STEP
    frames = np.interp((np.arange(len(features)) + 1.25) * 0.01, times, use.astype(np.float32)) > 0.5
    chosen = features[frames][:MOST_FEATURES]
    if len(chosen) < 20:
        chosen = np.resize(chosen if len(chosen) > 0 else features, (20, features.shape[1]))
    return models.voices([chosen])[0]


def find_speakers(windows, count):
    """Returns the speaker of each piece, by frame, and the directions of the speakers' voices (speakers by 192)."""
    pieces = [piece for window in windows for piece in window.pieces]
    if not pieces:
        return {}, np.zeros((0, 192), np.float32)
    voices = np.array([voice for _, voice in pieces], np.float32)
    if len(windows) < SHORT_WINDOWS:
        centres = centres_of_short(windows, voices, count)
        labels = (voices @ centres.T).argmax(1)
        return dict(zip((frame for frame, _ in pieces), labels.tolist())), centres
    labels = label_voices(voices, count)
    centres = np.stack([voices[labels == label].sum(0) for label in range(labels.max() + 1)])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    return dict(zip((frame for frame, _ in pieces), labels.tolist())), centres


def centres_of_short(windows, voices, count):
    pairs = [pair for window in windows for pair in zip(window.voices, window.seconds)]
    pairs = [pair for pair in pairs if pair[1] >= SURE_SECONDS]
    if not pairs:
        pairs = [(voice, 1.0) for voice in voices]
    # In so many windows each moment is described.
    coverage = min(len(windows), WINDOW / (HOP * STEP_SAMPLES))
    own = np.array([voice for voice, _ in pairs], np.float32)
    groups = single(own, np.array([second for _, second in pairs], np.float32) / coverage)
    for threshold in (SAME_SPEAKER, 0.8, 0.85, 0.9):
        joined = join_similar(groups, threshold)
        large = np.flatnonzero(joined.weights >= LEAST_SPEAKER)
        joined = joined.take(large if len(large) > 0 else [int(joined.weights.argmax())])
        if count is None or len(joined) >= count:
            break
    if count is not None:
        joined = join_similar(joined if len(joined) >= count else groups, threshold, count)
    return joined.centres()


def lay_over(windows, labels, centres):
    """Returns the turns of all speakers, ordered by start. Holds only a window's length in memory."""
    speakers = len(centres)
    if not windows or speakers == 0:
        return []
    turns = TurnBuilder(speakers)
    # The middle of a window weighs most; there it knows what comes before and after.
    taper = np.minimum(np.arange(FRAMES) + 1, FRAMES - np.arange(FRAMES)).astype(np.float32) ** 2
    votes = np.zeros((FRAMES, speakers), np.float32)
    seen = np.zeros(FRAMES, np.float32)
    at = windows[0].start
    for window, following in zip(windows, windows[1:] + [None]):
        votes += global_activity(window, labels, centres) * taper[:, None]
        seen += taper
        # The frames before the next window get no more votes.
        done = FRAMES if following is None else following.start - at
        turns.add(at, votes[:done] / np.maximum(seen[:done, None], 1e-6))
        votes = np.concatenate([votes[done:], np.zeros((done, speakers), np.float32)])
        seen = np.concatenate([seen[done:], np.zeros(done, np.float32)])
        at += done
    return turns.finish()


def global_activity(window, labels, centres):
    """Returns frames by speakers, 0 to 1: the local speakers' activity, given to the speakers of their pieces."""
    result = np.zeros((FRAMES, len(centres)), np.float32)
    speaks = np.array([activity > 127 for activity in window.activity]).reshape(-1, FRAMES)
    alone = speaks & (speaks.sum(0) == 1)
    inside = [frame for frame in range(window.start, window.start + FRAMES) if frame in labels]
    likely = likely_speakers(window, alone, inside, labels, centres)
    for local, activity in enumerate(window.activity):
        speakers = np.full(FRAMES, likely[local])
        own = [frame - window.start for frame in inside if alone[local, frame - window.start]]
        found = smooth([labels[frame + window.start] for frame in own])
        if len(own) > 0:
            places = np.array(own)
            nearest = np.abs(np.arange(FRAMES)[:, None] - places[None]).argmin(1)
            is_near = np.abs(np.arange(FRAMES) - places[nearest]) <= PIECE_REACH
            speakers = np.where(is_near, np.array(found)[nearest], speakers)
        frames = np.arange(FRAMES)
        result[frames, speakers] = np.maximum(result[frames, speakers], activity / np.float32(255))
    return result


def smooth(labels):
    """Returns the labels without single ones between two of another speaker."""
    return [
        labels[i - 1] if 0 < i < len(labels) - 1 and labels[i - 1] == labels[i + 1] else label
        for i, label in enumerate(labels)
    ]


def likely_speakers(window, alone, inside, labels, centres):
    """Returns the most likely speaker of each local one; two local ones are two speakers, unless only one fits both."""
    scores = []
    for local, voice in enumerate(window.voices):
        score = np.zeros(len(centres), np.float32)
        for frame in inside:
            if alone[local, frame - window.start]:
                score[labels[frame]] += 1
        if score.sum() > 0:
            score /= score.sum()
        elif voice is not None:
            score = centres @ voice
        scores.append(score)
    best, chosen = -np.inf, ()
    for choice in itertools.product(*[np.argsort(-score)[:4] for score in scores]):
        value = sum(score[speaker] for score, speaker in zip(scores, choice))
        value -= 0.25 * (len(choice) - len(set(choice)))
        if value > best:
            best, chosen = value, choice
    return [int(speaker) for speaker in chosen]
