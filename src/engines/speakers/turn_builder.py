"""Makes turns of the frames in which speakers speak."""

import numpy as np

# Length of a frame of the segmentation, and the middle of the first one, in seconds.
STEP = 270 / 16_000
FRAME_OFFSET = 991 / 2 / 16_000

# Gaps in the speech of one speaker that are closed always, and where nobody else speaks, in seconds.
JITTER = 0.2
CLOSE_GAP = 0.6
LEAST_TURN = 0.15
# Turns begin earlier and end later by this, where nobody else speaks, in seconds.
LEAD = 0.15
TRAIL = 0.25


class TurnBuilder:
    """Makes turns of frames. Closes short gaps within a turn, and then makes turns a little longer."""

    def __init__(self, speakers):
        self._open = [None] * speakers
        self._turns = []

    def add(self, at, shares):
        """Adds frames; `shares` is the share of windows in which each speaker speaks, frames by speakers."""
        speaks = shares > 0.5
        # Somebody speaks, but the windows do not agree who.
        doubtful = ~speaks.any(1) & (shares.sum(1) > 0.5)
        speaks[doubtful, shares[doubtful].argmax(1)] = True
        for speaker in np.flatnonzero(speaks.any(0)):
            edges = np.flatnonzero(np.diff(np.concatenate([[0], speaks[:, speaker].astype(np.int8), [0]])))
            for start, end in edges.reshape(-1, 2):
                self._extend(int(speaker), time_of(at + start) - STEP / 2, time_of(at + end) - STEP / 2)

    def _extend(self, speaker, start, end):
        current = self._open[speaker]
        if current is not None and start - current[1] < JITTER:
            current[1] = end
            return
        self._close(speaker)
        self._open[speaker] = [start, end]

    def _close(self, speaker):
        if self._open[speaker] is not None:
            start, end = self._open[speaker]
            if end - start >= LEAST_TURN:
                self._turns.append((float(start), float(end), speaker))
        self._open[speaker] = None

    def finish(self):
        for speaker in range(len(self._open)):
            self._close(speaker)
        return widen(close_gaps(sorted(self._turns)))


def close_gaps(turns):
    """Joins turns of one speaker across a pause in which nobody else speaks."""
    joined = []
    # Where each speaker's last turn is, and the latest end of all.
    latest = {}
    for start, end, speaker in turns:
        at = latest.get(speaker)
        if at is not None and start - joined[at][1] < CLOSE_GAP:
            others = [turn for turn in joined[at + 1 :] if turn[2] != speaker]
            before = [turn for turn in joined[max(0, at - 3) : at] if turn[1] > joined[at][1]]
            if not others and not before:
                joined[at][1] = max(joined[at][1], end)
                continue
        latest[speaker] = len(joined)
        joined.append([start, end, speaker])
    return [tuple(turn) for turn in joined]


def widen(turns):
    """Makes turns longer where it is silent around them: breath and echo belong to them, and words of the transcript too."""
    wider = []
    reached = 0.0
    for at, (start, end, speaker) in enumerate(turns):
        following = turns[at + 1][0] if at + 1 < len(turns) else np.inf
        earlier, later = start, end
        if start > reached:
            earlier = max(start - LEAD, (start + reached) / 2)
        reached = max(reached, end)
        if end >= reached and following > end:
            later = min(end + TRAIL, (end + following) / 2)
        wider.append((earlier, later, speaker))
    return wider


def time_of(frame):
    return FRAME_OFFSET + frame * STEP
