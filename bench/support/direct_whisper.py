"""faster-whisper called directly: loads a model, then transcribes each file that a line of its input names, and answers
with the seconds that it took and how many words it transcribed.

    python direct_whisper.py <model> <device> <compute type> <threads>
"""

import json
import os
import sys
import time

os.environ["HF_HUB_OFFLINE"] = "1"

from faster_whisper import WhisperModel  # noqa: E402 - it reads the environment

model_path, device, compute_type, threads = sys.argv[1:5]
model = WhisperModel(
    model_path, device=device, compute_type=compute_type, cpu_threads=int(threads), local_files_only=True
)
print("ready", flush=True)
for line in sys.stdin:
    started = time.perf_counter()
    segments, _ = model.transcribe(line.strip(), beam_size=5, word_timestamps=True, vad_filter=True)
    words = sum(len(segment.words or []) for segment in segments)
    print(json.dumps({"seconds": time.perf_counter() - started, "words": words}), flush=True)
