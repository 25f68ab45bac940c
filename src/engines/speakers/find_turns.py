"""Finds who speaks when in a recording of any length, on the processor.

    python find_turns.py --models FOLDER --threads N [--count N] [--voices] WAV

Out (standard output), one event per line:
    {"type": "progress", "fraction": 0.31}
    {"type": "turn", "start": 1.2, "end": 4.7, "speaker": 0}
    {"type": "voice", "speaker": 0, "voice": [0.031, …]}    with --voices: 192 numbers
    {"type": "done", "speakers": 2, "cpu_seconds": 14.2, "peak_bytes": 210000000 | null}

Turns are in the order of their starts; turns of different speakers may overlap. Speakers are numbered from 0 in the order
of their first turns. The process ends at once when its input closes, which is how the parent stops it.
"""

import argparse
import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def emit(event):
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def run(options):
    from features import Audio
    from speaker_turns import find_turns
    from voice_models import VoiceModels

    audio = Audio(options.wav)
    models = VoiceModels(options.models, options.threads)
    turns, voices = find_turns(audio, models, options.count, lambda share: emit({"type": "progress", "fraction": share}))
    speakers = {}
    for start, end, speaker in turns:
        number = speakers.setdefault(speaker, len(speakers))
        emit({"type": "turn", "start": round(start, 3), "end": round(end, 3), "speaker": number})
    if options.voices:
        for speaker, number in speakers.items():
            emit({"type": "voice", "speaker": number, "voice": [round(float(value), 5) for value in voices[speaker]]})
    emit(
        {
            "type": "done",
            "speakers": len(speakers),
            "cpu_seconds": round(time.process_time(), 1),
            "peak_bytes": peak_bytes(),
        }
    )


def peak_bytes():
    """Returns the largest memory of this process; None on Windows."""
    try:
        import resource
    except ImportError:
        return None
    # In KB on Linux, in bytes on macOS.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--models", required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--count", type=int)
    parser.add_argument("--voices", action="store_true")
    parser.add_argument("wav")
    options = parser.parse_args()
    from end_with_input import end_with_input

    end_with_input()
    run(options)
    sys.stdout.flush()
    # Does not wait for the thread that reads.
    os._exit(0)


if __name__ == "__main__":
    main()
