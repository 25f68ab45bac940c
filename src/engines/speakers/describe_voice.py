"""Describes the voice that speaks in ranges of a recording, in the manner of find_turns.py, so that both compare.

    python describe_voice.py --models FOLDER --threads N --ranges '[[1.2, 4.7], …]' WAV

Out (standard output), one line:
    {"type": "described", "voice": [0.031, …] | null, "pieces": 57}

`ranges` are in seconds. Null: fewer pieces of speech in them than a description needs. The process ends at once when its
input closes.
"""

import argparse
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

# Speech that is described at most, in seconds, of the longest ranges first. More changes a description little.
MOST_SECONDS = 90
# Pieces (one each 0.6 s) that a description needs: 6 s of speech.
LEAST_PIECES = 10
# What is left out at both ends of a range, in seconds, where another speaker may be.
EDGE = 0.2


def describe(audio, models, ranges):
    """Returns the mean voice (192 numbers) of the pieces in the ranges, or None, and their number."""
    import numpy as np
    from features import RATE
    from speaker_turns import FRAMES, HOP, MIDDLE, STEP_SAMPLES, WINDOW, describe_window
    from turn_builder import time_of

    step = HOP * STEP_SAMPLES
    total = len(range(0, max(1, audio.length - WINDOW + step), step))
    chosen = longest(ranges)
    sums, pieces = np.zeros(192), 0
    for number in range(total):
        # The middle of a window, whose pieces describe_window returns.
        first = time_of(number * HOP + (0 if number == 0 else MIDDLE))
        last = time_of(number * HOP + (FRAMES if number == total - 1 else MIDDLE + HOP))
        if not any(start < last and end > first for start, end in chosen):
            continue
        samples = audio.read(number * step, WINDOW)
        padded = np.zeros((1, WINDOW), np.int16)
        padded[0, : len(samples)] = samples
        window = describe_window(models, number, total, samples, models.local_speakers(padded)[0])
        for frame, voice in window.pieces:
            at = time_of(frame)
            if any(start + EDGE <= at <= end - EDGE for start, end in chosen):
                sums += voice
                pieces += 1
    if pieces < LEAST_PIECES:
        return None, pieces
    return sums / np.linalg.norm(sums), pieces


def longest(ranges):
    chosen, seconds = [], 0.0
    for start, end in sorted(ranges, key=lambda span: span[0] - span[1]):
        if seconds >= MOST_SECONDS:
            break
        chosen.append((start, min(end, start + MOST_SECONDS - seconds)))
        seconds += chosen[-1][1] - start
    return chosen


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--models", required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--ranges", type=json.loads, required=True)
    parser.add_argument("wav")
    options = parser.parse_args()
    from end_with_input import end_with_input

    end_with_input()
    from features import Audio
    from voice_models import VoiceModels

    voice, pieces = describe(Audio(options.wav), VoiceModels(options.models, options.threads), options.ranges)
    numbers = None if voice is None else [round(float(value), 5) for value in voice]
    sys.stdout.write(json.dumps({"type": "described", "voice": numbers, "pieces": pieces}) + "\n")
    sys.stdout.flush()
    # Does not wait for the thread that reads.
    os._exit(0)


if __name__ == "__main__":
    main()
