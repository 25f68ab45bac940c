"""The LOCAL engine's child process: speech models behind JSON lines.

In (standard input), one request per line, each for one chunk of audio:
    {"id": 1, "path": "…/chunk-0.wav", "language": "fa" | null, "checks_language": false, "is_guessed": false,
     "hotwords": "…" | null, "careful": false}
Out (standard output), one event per line:
    {"type": "ready"}
    {"type": "segment", "id": 1, "start": …, "end": …, "text": …, "words": [{"word", "start", "end", "probability"}],
     "avg_logprob": …, "no_speech_prob": …, "compression_ratio": …, "unwritten": "fa" (only of a language's own model:
     words without punctuation and digits, in that language)}
    {"type": "done", "id": 1, "language": "fa", "language_probability": 0.98 | null,
     "detected": {"language", "probability"} | null, "lost_times": false}
    {"type": "error", "id": 1, "code": "rejected" | "failed", "message": "…"}

The process ends at once when its input closes, even in the middle of a chunk. This is how the parent stops it on every
system, and the input also closes when the parent dies.
"""

import argparse
import json
import math
import os
import queue
import signal
import sys
import threading
import wave

os.environ["HF_HUB_OFFLINE"] = "1"

# Ctrl+C and a service manager's stop signal reach all processes; only the parent knows how to end the job.
for name in ("SIGINT", "SIGTERM", "SIGHUP"):
    if hasattr(signal, name):
        signal.signal(getattr(signal, name), signal.SIG_IGN)

# Standard output is for events only; the output of libraries goes to standard error, and so to the log.
events = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
os.dup2(2, 1)


def emit(event):
    events.write(json.dumps(event) + "\n")
    events.flush()


def known(number):
    """Returns None for NaN and infinity, which half precision can produce and JSON cannot hold."""
    return number if math.isfinite(number) else None


def check_language(model, language):
    from recognition import Rejected

    # An English-only model would transcribe any language as English; a model without the language's token returns noise.
    if language is None:
        return
    has_token = model.hf_tokenizer.token_to_id(f"<|{language}|>") is not None
    if language not in model.supported_languages or not (has_token or language == "en"):
        raise Rejected(f"the model does not know the language {language}")


RATE = 16_000


def samples_of(path):
    """Returns the chunk as samples from -1 to 1. The worker cuts long files into chunks, because the model prepares all
    samples in memory, about 60 MB per minute (an hour took 3.9 GB).

    Raises ValueError if the file is not 16 kHz mono 16-bit WAV."""
    import numpy as np

    with wave.open(path, "rb") as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE, 1, 2):
            raise ValueError("not a 16 kHz mono 16-bit WAV file")
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768


def transcribe(models, job):
    from recognition import recognise
    from whisper_model import raise_quiet

    if job["language"] not in models.languages:
        check_language(models.whisper().model, job["language"])
    samples = raise_quiet(samples_of(job["path"]))
    # First, because the transcription then finds the first window encoded.
    checks = job["language"] is not None and job["checks_language"]
    detected = detect(models.whisper(), samples) if checks else None
    language, probability, lost_times = recognise(
        models,
        samples,
        job,
        lambda segment: emit_segment(job["id"], segment),
        lambda words, language: emit_words(job["id"], words, language),
    )
    emit(
        {
            "type": "done",
            "id": job["id"],
            "language": language,
            "language_probability": None if probability is None else known(probability),
            "detected": detected,
            "lost_times": lost_times,
        }
    )


def detect(whisper, samples):
    """Returns the detected language, independent of the given one; None for an English-only model."""
    found = whisper.detect(samples)
    if found is None:
        return None
    language, probability = found
    return {"language": language, "probability": known(probability) or 0}


def emit_segment(job_id, segment):
    emit(
        {
            "type": "segment",
            "id": job_id,
            "start": segment.start,
            "end": segment.end,
            "text": segment.text,
            "words": [
                {
                    "word": word.word,
                    "start": word.start,
                    "end": word.end,
                    "probability": known(word.probability),
                }
                for word in segment.words or []
            ],
            "avg_logprob": known(segment.avg_logprob),
            "no_speech_prob": known(segment.no_speech_prob),
            "compression_ratio": known(segment.compression_ratio),
        }
    )


def emit_words(job_id, words, language):
    probabilities = [known(word["probability"]) or 0 for word in words]
    emit(
        {
            "type": "segment",
            "id": job_id,
            "start": words[0]["start"],
            "end": words[-1]["end"],
            "text": " ".join(word["word"] for word in words),
            "words": words,
            "avg_logprob": sum(math.log(max(p, 1e-9)) for p in probabilities) / len(probabilities),
            "no_speech_prob": None,
            "compression_ratio": None,
            "unwritten": language,
        }
    )


def load(options):
    # Python's isolated mode leaves this folder out.
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from loaded_models import LoadedModels
    from whisper_model import Whisper

    def whisper():
        return Whisper(options.model, options.device, options.compute_type, options.threads, options.batch_size)

    return LoadedModels(whisper, json.loads(options.own_models), options.models_in_memory, options.threads)


def run(options, jobs):
    try:
        models = load(options)
    except Exception as error:  # noqa: BLE001 - the parent has to get every error
        print(f"the model cannot be loaded: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    from recognition import Rejected

    emit({"type": "ready"})
    while True:
        job = jobs.get()
        try:
            transcribe(models, job)
        except Rejected as error:
            emit({"type": "error", "id": job["id"], "code": "rejected", "message": str(error)})
        except Exception as error:  # noqa: BLE001 - one bad chunk must not end the process
            emit({"type": "error", "id": job["id"], "code": "failed", "message": str(error)[:500]})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--device", required=True)
    parser.add_argument("--compute-type", required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--batch-size", type=int, required=True)
    parser.add_argument("--own-models", default="[]")
    parser.add_argument("--models-in-memory", type=int, default=2)
    options = parser.parse_args()

    jobs = queue.Queue()
    threading.Thread(target=run, args=(options, jobs), daemon=True).start()
    # The main thread only reads, so that it notices the end of the input at any time, even while the model loads.
    for line in sys.stdin:
        jobs.put(json.loads(line))
    os._exit(0)


main()
