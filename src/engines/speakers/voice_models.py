"""The two models in ONNX Runtime."""

import os

import numpy as np


def session(path, threads):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Inputs have many lengths, and the arena keeps memory for each.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


# Which of the three local speakers of a window speak, by class: none, one, or two of them.
CLASSES = np.array(
    [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]],
    np.float32,
)


class VoiceModels:
    def __init__(self, folder, threads):
        self._segmentation = session(os.path.join(folder, "segmentation.onnx"), threads)
        self._voices = session(os.path.join(folder, "voices.onnx"), threads)

    def local_speakers(self, windows):
        """Returns the probability that each of three local speakers speaks: windows by frames by 3.

        `windows` are 16-bit samples, windows by 160,000.
        """
        samples = (windows.astype(np.float32) / 32768)[:, None]
        return np.exp(self._segmentation.run(None, {"samples": samples})[0]) @ CLASSES

    def voices(self, pieces):
        """Returns the descriptions of the voices in pieces of features (each frames by 80): unit vectors of 192 numbers."""
        vectors = np.zeros((len(pieces), 192), np.float32)
        by_length = {}
        for index, piece in enumerate(pieces):
            by_length.setdefault(len(piece), []).append(index)
        for indices in by_length.values():
            features = np.stack([pieces[i] - pieces[i].mean(0) for i in indices]).astype(np.float32)
            vectors[indices] = self._voices.run(None, {"features": features})[0]
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
