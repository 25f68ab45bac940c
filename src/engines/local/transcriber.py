"""The LOCAL engine's child process: faster-whisper behind JSON lines.

In (standard input), one job a line:
    {"id": 1, "path": "…/decoded.wav", "language": "fa" | null, "hotwords": "…" | null}
Out (standard output), one event a line:
    {"type": "ready"}
    {"type": "segment", "id": 1, "start": …, "end": …, "text": …, "words": [{"word", "start", "end", "probability"}],
     "avg_logprob": …, "no_speech_prob": …, "compression_ratio": …}
    {"type": "done", "id": 1, "language": "fa", "language_probability": 0.98 | null}
    {"type": "error", "id": 1, "code": "rejected" | "failed", "message": "…"}

It ends at once when its input closes, also in the middle of a file: that is how its parent stops it, on every system,
and what happens by itself when the parent dies.
"""

import argparse
import json
import os
import queue
import sys
import threading

os.environ["HF_HUB_OFFLINE"] = "1"

# Only events may go to standard output; whatever a library prints goes to the log instead.
events = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
os.dup2(2, 1)


def emit(event):
    events.write(json.dumps(event, ensure_ascii=False) + "\n")
    events.flush()


def transcribe(model, job):
    segments, info = model.transcribe(
        job["path"],
        language=job.get("language"),
        hotwords=job.get("hotwords"),
        beam_size=5,
        word_timestamps=True,
        vad_filter=True,
    )
    for segment in segments:
        emit(
            {
                "type": "segment",
                "id": job["id"],
                "start": segment.start,
                "end": segment.end,
                "text": segment.text,
                "words": [
                    {"word": w.word, "start": w.start, "end": w.end, "probability": w.probability}
                    for w in segment.words or []
                ],
                "avg_logprob": segment.avg_logprob,
                "no_speech_prob": segment.no_speech_prob,
                "compression_ratio": segment.compression_ratio,
            }
        )
    detected = job.get("language") is None
    emit(
        {
            "type": "done",
            "id": job["id"],
            "language": info.language,
            "language_probability": info.language_probability if detected else None,
        }
    )


def load(options):
    from faster_whisper import WhisperModel

    return WhisperModel(
        options.model,
        device=options.device,
        compute_type=options.compute_type,
        cpu_threads=options.threads,
        local_files_only=True,
    )


def run(options, jobs):
    try:
        model = load(options)
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent has to know
        print(f"the model cannot be loaded: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    emit({"type": "ready"})
    while True:
        job = jobs.get()
        try:
            transcribe(model, job)
        except ValueError as error:
            # faster-whisper's answer to a language or a setting that this model does not have.
            emit({"type": "error", "id": job["id"], "code": "rejected", "message": str(error)[:500]})
        except Exception as error:  # noqa: BLE001 - one bad file must not end the process
            emit({"type": "error", "id": job["id"], "code": "failed", "message": str(error)[:500]})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--device", required=True)
    parser.add_argument("--compute-type", required=True)
    parser.add_argument("--threads", type=int, required=True)
    options = parser.parse_args()

    jobs = queue.Queue()
    threading.Thread(target=run, args=(options, jobs), daemon=True).start()
    # The main thread only listens, so that the end of the input is noticed at any time, also while the model loads.
    for line in sys.stdin:
        jobs.put(json.loads(line))
    os._exit(0)


main()
