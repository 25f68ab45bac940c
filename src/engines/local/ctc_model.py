"""Speech models with a CTC output (NVIDIA's FastConformer, Meta's omnilingual models) on ONNX Runtime.

A model is a folder with a graph and a list of tokens. What the graph takes and returns is read from the graph: names and
shapes differ between exporters, and a missing input (`length` is pruned where nothing uses it) must not be fatal.
"""

import json
import os

import numpy as np

RATE = 16_000

# NeMo's features: 25 ms windows every 10 ms, 512 points, pre-emphasis, logarithm of mel bands.
HOP = 160
WINDOW = 400
FFT = 512
PREEMPHASIS = 0.97
LOG_GUARD = 2.0**-24
DEFAULT_BANDS = 80

# A graph needs some frames; shorter audio is filled up with silence.
MIN_SAMPLES = RATE // 2

FLOATS = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(double)": np.float64}
INTEGERS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}

BLANKS = ("<blk>", "<blank>", "<eps>")
BOUNDARIES = ("<space>", "|")
SPACE = "▁"


class ModelFault(Exception):
    """Raised if a model's files cannot be used. The message is one line for operators."""


class CtcModel:
    """A loaded model. Raises ModelFault if its files cannot be used.

    `normalise` is `none`, `per_feature`, or None for what the graph's metadata says. Wrong normalisation gives wrong
    words and no error.
    """

    def __init__(self, folder, graph="model.onnx", tokens="tokens.txt", normalise=None, threads=1):
        self._session = load_session(os.path.join(folder, graph), threads)
        self._tokens, self._blank = read_tokens(os.path.join(folder, tokens))
        self._signal, self._length = inputs_of(self._session)
        self._output = output_of(self._session)
        metadata = self._session.get_modelmeta().custom_metadata_map
        self._normalise = normalise or normalisation_of(metadata)
        self._subsampling = positive_integer(metadata.get("subsampling_factor"))
        self._takes_features = len(self._signal.shape) == 3
        if self._takes_features:
            self._bands, self._bands_first = layout_of(self._signal.shape)
            self._filters = mel_filters(self._bands)
        # Faults that only show when the graph runs are found here and not in the middle of a file.
        self.log_probabilities(np.zeros(RATE, np.float32))

    def log_probabilities(self, samples):
        """Returns (log-probabilities by frame and token, seconds per frame) for samples from -1 to 1 at 16 kHz."""
        if len(samples) < MIN_SAMPLES:
            samples = np.pad(samples, (0, MIN_SAMPLES - len(samples)))
        signal = self._features(samples) if self._takes_features else standardised(samples)[None]
        steps = signal.shape[2 if self._takes_features and self._bands_first else 1]
        feeds = {self._signal.name: signal.astype(FLOATS[self._signal.type])}
        if self._length is not None:
            shape = [1] * len(self._length.shape)
            feeds[self._length.name] = np.full(shape, steps, INTEGERS[self._length.type])
        try:
            (scores,) = self._session.run([self._output], feeds)
        except Exception as error:
            raise ModelFault(f"the graph does not run: {first_line(error)}") from error
        scores = np.asarray(scores, np.float32)[0]
        size = max(self._tokens, default=-1) + 1
        if scores.shape[1] != size and scores.shape[0] == size:
            scores = scores.T
        # Some lists leave the blank out; it is the last token then.
        if scores.shape[1] not in (size, size + 1):
            raise ModelFault(f"the graph has {scores.shape[1]} tokens and the list {size}")
        if not np.isfinite(scores).all():
            raise ModelFault("the graph returns numbers that are not finite")
        return log_softmax(scores), self._seconds_per_frame(len(samples), len(scores))

    def words(self, samples):
        """Returns the words of at most 30 s of audio: dictionaries with `word`, `start`, `end` (seconds from the start
        of the audio) and `probability`."""
        scores, frame_seconds = self.log_probabilities(samples)
        blank = scores.shape[1] - 1 if self._blank is None else self._blank
        return words_of(scores, self._tokens, blank, frame_seconds)

    def _features(self, samples):
        features = log_mel(samples, self._filters)
        if self._normalise == "per_feature":
            mean, deviation = features.mean(axis=1, keepdims=True), features.std(axis=1, ddof=1, keepdims=True)
            features = (features - mean) / (deviation + 1e-5)
        return (features if self._bands_first else features.T)[None]

    def _seconds_per_frame(self, samples, frames):
        if self._takes_features and self._subsampling is not None:
            return self._subsampling * HOP / RATE
        # Rounded to 10 ms: the last frame is rarely whole.
        return max(1, round(samples / max(1, frames) / HOP)) * HOP / RATE


def load_session(path, threads):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Threads that wait must not use the processor.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelFault(f"the graph cannot be loaded: {first_line(error)}") from error


def inputs_of(session):
    """Returns the input for the signal, and the one for its length or None."""
    inputs = session.get_inputs()
    signals = [given for given in inputs if given.type in FLOATS and len(given.shape) in (2, 3)]
    lengths = [given for given in inputs if given.type in INTEGERS and len(given.shape) <= 1]
    if len(signals) != 1 or len(lengths) > 1 or len(signals) + len(lengths) != len(inputs):
        names = ", ".join(given.name for given in inputs)
        raise ModelFault(f"the graph takes ({names}), and not one signal and its length")
    return signals[0], (lengths[0] if lengths else None)


def output_of(session):
    """Returns the name of the output with a score for each frame and token."""
    outputs = session.get_outputs()
    scores = [output.name for output in outputs if output.type in FLOATS and len(output.shape) == 3]
    if len(scores) != 1:
        names = ", ".join(output.name for output in outputs)
        raise ModelFault(f"the graph returns ({names}), and not scores by frame and token")
    return scores[0]


def layout_of(shape):
    """Returns the number of mel bands, and whether they come before the frames."""
    if isinstance(shape[1], int):
        return shape[1], True
    if isinstance(shape[2], int):
        return shape[2], False
    return DEFAULT_BANDS, True


def normalisation_of(metadata):
    said = metadata.get("normalize_type", "")
    if said in ("", "NA", "None", "none"):
        return "none"
    if said == "per_feature":
        return "per_feature"
    raise ModelFault(f"the graph wants its features normalised in an unknown way: {said}")


def positive_integer(text):
    return int(text) if text is not None and text.isdecimal() and int(text) > 0 else None


def read_tokens(path):
    """Returns the tokens by number, and the number of the blank or None. Each line is a token, a space and its number;
    the token may be a space itself."""
    tokens = {}
    blank = None
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelFault(f"the list of tokens cannot be read: {first_line(error)}") from error
    for line in lines:
        token, _, number = line.rstrip("\r").rpartition(" ")
        if not line.strip():
            continue
        if not number.isdecimal():
            raise ModelFault(f"the list of tokens has a line without a number: {line[:40]}")
        tokens[int(number)] = token
        if token in BLANKS:
            blank = int(number)
    if not tokens:
        raise ModelFault("the list of tokens is empty")
    return tokens, blank


def mel_filters(bands):
    """Returns Slaney's mel filters up to 8 kHz, normalised by their width, as NeMo takes them from librosa: one row for
    each band, one column for each frequency of the transform."""
    linear, logarithmic = 200 / 3, np.log(6.4) / 27
    top = 15 + np.log(RATE / 2 / 1000) / logarithmic
    points = np.linspace(0, top, bands + 2)
    edges = np.where(points < 15, points * linear, 1000 * np.exp((points - 15) * logarithmic))
    frequencies = np.arange(FFT // 2 + 1) * RATE / FFT
    rising = (frequencies - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - frequencies) / (edges[2:] - edges[1:-1])[:, None]
    return (np.maximum(0, np.minimum(rising, falling)) * (2 / (edges[2:] - edges[:-2]))[:, None]).astype(np.float32)


def log_mel(samples, filters):
    """Returns one row for each mel band and one column for each 10 ms."""
    emphasised = np.concatenate([samples[:1], samples[1:] - np.float32(PREEMPHASIS) * samples[:-1]])
    padded = np.pad(emphasised, FFT // 2, mode="reflect")
    window = np.zeros(FFT, np.float32)
    edge = (FFT - WINDOW) // 2
    window[edge : edge + WINDOW] = np.hanning(WINDOW)
    frames = np.lib.stride_tricks.sliding_window_view(padded, FFT)[::HOP] * window
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    return np.log(filters @ power.T.astype(np.float32) + np.float32(LOG_GUARD))


def standardised(samples):
    """Returns samples with mean 0 and variance 1, as models of raw samples (wav2vec 2.0 and its kind) take them."""
    return (samples - samples.mean()) / np.sqrt(samples.var() + 1e-5)


def log_softmax(scores):
    """Returns log-probabilities. Those of log-probabilities are the same."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def words_of(scores, tokens, blank, frame_seconds):
    """Returns the words of the best token of each frame (greedy decoding)."""
    words = []
    previous = blank
    for frame, token in enumerate(scores.argmax(axis=1).tolist()):
        score = float(scores[frame, token])
        if token == blank:
            pass
        elif token != previous:
            has_text = add_token(words, tokens.get(token, ""), frame, score)
        elif has_text:
            words[-1]["scores"][-1] = max(words[-1]["scores"][-1], score)
            words[-1]["frames"][-1] = frame
        previous = token
    spoken = [word for word in words if word["text"].strip()]
    return [
        {
            "word": word["text"].decode("utf-8", "ignore").strip(),
            "start": word["first"] * frame_seconds,
            "end": (word["frames"][-1] + 1) * frame_seconds,
            "probability": float(np.exp(np.mean(word["scores"]))),
        }
        for word in spoken
    ]


def add_token(words, token, frame, score):
    """Adds a token to the last word, or begins a word with it. Returns whether it has text; special tokens have none."""
    is_boundary = token in BOUNDARIES or token.strip() == "" or token.startswith(SPACE)
    if is_boundary or not words:
        words.append({"text": bytearray(), "first": None, "frames": [], "scores": []})
    text = bytes_of(token)
    if text:
        word = words[-1]
        word["first"] = frame if word["first"] is None else word["first"]
        word["text"] += text
        word["frames"].append(frame)
        word["scores"].append(score)
    return bool(text)


def bytes_of(token):
    """Returns a token's text. A byte of a character outside the vocabulary is written `<0xE2>`."""
    if token in BOUNDARIES:
        return b""
    if token.startswith("<0x") and token.endswith(">") and len(token) == 6:
        return bytes([int(token[3:5], 16)])
    if token.startswith("<") and token.endswith(">"):
        return b""
    return token.replace(SPACE, "").strip().encode()


def first_line(error):
    return str(error).strip().split("\n")[0][:300]


def main():
    """Checks a model: `python ctc_model.py '{"path": …, "graph": …, "tokens": …, "normalise": …}'` prints what is wrong
    with it in one line, or nothing."""
    import sys

    model = json.loads(sys.argv[1])
    try:
        CtcModel(model["path"], model["graph"], model["tokens"], model["normalise"])
    except ModelFault as error:
        print(error)


if __name__ == "__main__":
    main()
