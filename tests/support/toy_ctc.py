"""Makes a tiny CTC model that has learnt one recording by heart, in the form of NVIDIA's exports.

    python toy_ctc.py <folder of the engine's Python files> <WAV file> <folder for the models> <form>,… <word> …

The network is one convolution over eight frames of log-mel features, solved by least squares so that the words of the
recording come out evenly spread over its speech. The form is one of

    plain        audio_signal and length in, log_probs and their length out
    no-length    without the length, which exporters prune where nothing uses it
    samples      raw samples in, as the omnilingual models take them: every 1,280 of them are one frame
    bad-tokens   a list of tokens that does not fit
    caches       more inputs, as a streaming model has them

Prints the places of the words as JSON: [word, start, end] in seconds. Each word is two tokens.
"""

import json
import os
import struct
import sys
import wave

import numpy as np

sys.path.insert(0, sys.argv[1])
import ctc_model  # noqa: E402 - the path is set above
import speech_parts  # noqa: E402

# Length of a frame, in seconds, and in samples where the network takes samples.
FRAME = 0.08
RAW_FRAME = 1_280


def field(number, value):
    """Encodes one field of a protocol buffer: an integer, or bytes with their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def varint(value):
    encoded = bytearray()
    while value > 127:
        encoded.append(value & 127 | 128)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


FLOAT, INT64, INTS, INT = 1, 7, 7, 2


def tensor(name, array):
    kind = FLOAT if array.dtype == np.float32 else INT64
    dims = b"".join(field(1, size) for size in array.shape)
    return dims + field(2, kind) + field(8, name) + field(9, array.tobytes())


def value(name, kind, *shape):
    dims = b"".join(field(1, field(1, size) if isinstance(size, int) else field(2, size)) for size in shape)
    return field(1, name) + field(2, field(1, field(1, kind) + field(2, dims)))


def node(operator, inputs, outputs, **attributes):
    encoded = b"".join(field(1, name) for name in inputs) + b"".join(field(2, name) for name in outputs)
    encoded += field(4, operator)
    for name, given in attributes.items():
        if isinstance(given, list):
            encoded += field(5, field(1, name) + b"".join(field(8, each) for each in given) + field(20, INTS))
        else:
            encoded += field(5, field(1, name) + field(3, given) + field(20, INT))
    return encoded


def model(weights, bias, form):
    """Returns an ONNX model. `weights` has one row for each token, of the bands (or one) by the frames of the kernel."""
    raw = form == "samples"
    stride = weights.shape[2]
    size = len(bias)
    signal = value("x", FLOAT, "N", "T") if raw else value("audio_signal", FLOAT, "N", weights.shape[1], "T")
    inputs, nodes = [signal], []
    source = "audio_signal"
    if raw:
        nodes.append(node("Unsqueeze", ["x", "axis"], ["signal"]))
        source = "signal"
    if not raw and form != "no-length":
        inputs.append(value("length", INT64, "N"))
        nodes.append(node("Div", ["length", "eight"], ["encoded_lengths"]))
    if form == "caches":
        inputs.append(value("cache_last_channel", FLOAT, "N", 17, 70, 512))
    nodes += [
        node("Conv", [source, "weights", "bias"], ["scores"], strides=[stride], kernel_shape=[stride]),
        node("Transpose", ["scores"], ["by_frame"], perm=[0, 2, 1]),
    ]
    output = "by_frame"
    if not raw:
        nodes.append(node("LogSoftmax", ["by_frame"], ["log_probs"], axis=2))
        output = "log_probs"
    tensors = [tensor("weights", weights.astype(np.float32)), tensor("bias", bias.astype(np.float32))]
    if raw:
        tensors.append(tensor("axis", np.array([1], np.int64)))
    else:
        tensors.append(tensor("eight", np.array([8], np.int64)))
    outputs = [value(output, FLOAT, "N", "frames", size)]
    if not raw and form != "no-length":
        outputs.append(value("encoded_lengths", INT64, "N"))
    graph = b"".join(field(1, each) for each in nodes) + field(2, "toy") + b"".join(field(5, each) for each in tensors)
    graph += b"".join(field(11, each) for each in inputs) + b"".join(field(12, each) for each in outputs)
    metadata = {} if raw else {"subsampling_factor": "8", "normalize_type": "", "vocab_size": str(size - 1)}
    encoded = field(1, 8) + field(8, field(1, "") + field(2, 17)) + field(7, graph)
    return encoded + b"".join(field(14, field(1, key) + field(2, text)) for key, text in metadata.items())


def frames_of(samples, form):
    """Returns one row for each frame: what the convolution multiplies with its weights."""
    if form == "samples":
        whole = ctc_model.standardised(samples)
        return whole[: len(whole) // RAW_FRAME * RAW_FRAME].reshape(-1, RAW_FRAME)
    features = ctc_model.log_mel(samples, ctc_model.mel_filters(80))
    whole = features[:, : features.shape[1] // 8 * 8]
    return whole.reshape(80, -1, 8).transpose(1, 0, 2).reshape(-1, 640)


def main():
    _, _, recording, folder, forms, *words = sys.argv
    with wave.open(recording, "rb") as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
    from whisper_model import raise_quiet

    samples = raise_quiet(samples)
    regions = speech_parts.speech_regions(samples)
    labels, places = spread(words, regions)
    for form in forms.split(","):
        write(os.path.join(folder, form), form, *learn(samples, regions, labels, 2 * len(words), form), words)
    print(json.dumps(places))


def spread(words, regions):
    """Returns the token of each frame that has one, and the places of the words."""
    spoken = [
        frame
        for start, end in regions
        for frame in range(int(start / 16_000 / FRAME) + 1, int(end / 16_000 / FRAME))
    ]
    labels, places = {}, []
    for at, word in enumerate(words):
        first = spoken[at * len(spoken) // len(words)]
        last = min(spoken[(at + 1) * len(spoken) // len(words) - 1], first + 3)
        labels[first], labels[last] = 2 * at, 2 * at + 1
        places.append([word, first * FRAME, (last + 1) * FRAME])
    return labels, places


def learn(samples, regions, labels, blank, form):
    """Returns weights and bias with which the frames give their labels."""
    rows, targets = [], []
    # The parts that the model gets begin at other places than the recording.
    for start, end in speech_parts.parts_of(samples, regions):
        frames = frames_of(samples[start:end], form)
        shift = round(start / 16_000 / FRAME)
        rows.append(frames)
        targets += [labels.get(at + shift, blank) for at in range(len(frames))]
    rows = np.concatenate(rows)
    centre = rows.mean(axis=0)
    wanted = np.full((len(rows), blank + 1), -1.0)
    wanted[np.arange(len(rows)), targets] = 1.0
    ridge = 1e-3 * np.mean((rows - centre) ** 2) * len(rows)
    solved = np.linalg.solve((rows - centre) @ (rows - centre).T + ridge * np.eye(len(rows)), wanted)
    weights = 8 * (rows - centre).T @ solved
    channels = 1 if form == "samples" else 80
    return weights.T.reshape(blank + 1, channels, -1), -centre @ weights


def write(folder, form, weights, bias, words):
    tokens = [piece for word in words for piece in (f"▁{word[:1]}", word[1:])]
    listed = tokens[:4] if form == "bad-tokens" else tokens
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "model.onnx"), "wb") as file:
        file.write(model(weights, bias, form))
    with open(os.path.join(folder, "tokens.txt"), "w", encoding="utf-8") as file:
        file.write("".join(f"{token} {at}\n" for at, token in enumerate(listed)) + f"<blk> {len(listed)}\n")


main()
