"""Writes ONNX files (https://onnx.ai/onnx/intro) without the package onnx, which takes 60 MB for this alone.

The numbers of the fields are those of onnx.proto3.
"""

import numpy as np

OPSET = 13
IR_VERSION = 8
FLOAT = 1
TYPES = {np.dtype(np.float32): FLOAT, np.dtype(np.int64): 7}
# Types of attributes.
A_FLOAT, A_INT, A_STRING, A_INTS = 1, 2, 3, 7


def varint(number):
    out = bytearray()
    while True:
        low, number = number & 0x7F, number >> 7
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def whole(field, number):
    return varint(field << 3) + varint(number)


def block(field, content):
    data = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(data)) + data


def tensor(name, array):
    dims = b"".join(whole(1, size) for size in array.shape)
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return dims + whole(2, TYPES[array.dtype]) + block(8, name) + block(9, little.tobytes())


def attribute(name, value):
    if isinstance(value, float):
        return block(1, name) + varint(2 << 3 | 5) + np.float32(value).tobytes() + whole(20, A_FLOAT)
    if isinstance(value, int):
        return block(1, name) + whole(3, value & (1 << 64) - 1) + whole(20, A_INT)
    if isinstance(value, str):
        return block(1, name) + block(4, value) + whole(20, A_STRING)
    ints = b"".join(whole(8, number & (1 << 64) - 1) for number in value)
    return block(1, name) + ints + whole(20, A_INTS)


def float_value(name, shape):
    dims = b"".join(block(1, block(2, size) if isinstance(size, str) else whole(1, size)) for size in shape)
    return block(1, name) + block(2, block(1, whole(1, FLOAT) + block(2, dims)))


class Graph:
    """A graph that grows node by node. All names are numbers, so that equal graphs are equal files."""

    def __init__(self):
        self._count = 0
        self._nodes = []
        self._tensors = []

    def _name(self):
        self._count += 1
        return str(self._count)

    def constant(self, array):
        """Returns the name of a constant."""
        name = self._name()
        self._tensors.append(block(5, tensor(name, np.ascontiguousarray(array))))
        return name

    def add(self, operation, *inputs, output=None, **attributes):
        """Returns the name of the operation's first output."""
        name = output or self._name()
        node = b"".join(block(1, source) for source in inputs) + block(2, name) + block(4, operation)
        node += b"".join(block(5, attribute(key, value)) for key, value in attributes.items())
        self._nodes.append(block(1, node))
        return name

    def to_bytes(self, inputs, outputs):
        """Returns the content of the file. `inputs` and `outputs` are names with shapes, of floats."""
        graph = b"".join(self._nodes) + block(2, "graph") + b"".join(self._tensors)
        graph += b"".join(block(11, float_value(*value)) for value in inputs)
        graph += b"".join(block(12, float_value(*value)) for value in outputs)
        opset = block(1, "") + whole(2, OPSET)
        return whole(1, IR_VERSION) + block(2, "dabir") + block(7, graph) + block(8, opset)
