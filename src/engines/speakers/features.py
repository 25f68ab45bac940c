"""Samples and features of a WAV file, read piece by piece."""

import wave

import numpy as np

RATE = 16_000
BINS = 80
# Frames of 25 ms, every 10 ms.
FRAME, SHIFT, POINTS = 400, 160, 512


def _mel_bank():
    def mel(hertz):
        return 1127 * np.log(1 + hertz / 700)

    edges = np.linspace(mel(20.0), mel(8000.0), BINS + 2)
    points = mel(np.arange(POINTS // 2 + 1) * RATE / POINTS)[:, None]
    rising = (points - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - points) / (edges[2:] - edges[1:-1])
    bank = np.maximum(0, np.minimum(rising, falling))
    bank[-1] = 0
    return bank.astype(np.float32)


_MEL = _mel_bank()
# Kaldi's "povey" window.
_WINDOW = (np.hanning(FRAME) ** 0.85).astype(np.float32)


def fbank(samples):
    """Returns Kaldi's log-mel features of 16-bit samples (frames by 80), on which CAM++ was trained."""
    samples = np.asarray(samples, np.float32)
    if len(samples) < FRAME:
        samples = np.pad(samples, (0, FRAME - len(samples)))
    frames = np.lib.stride_tricks.sliding_window_view(samples, FRAME)[::SHIFT]
    frames = frames - frames.mean(1, keepdims=True)
    frames = np.concatenate([frames[:, :1] * 0.03, frames[:, 1:] - 0.97 * frames[:, :-1]], 1) * _WINDOW
    power = np.abs(np.fft.rfft(frames, POINTS)) ** 2
    return np.log(np.maximum(power.astype(np.float32) @ _MEL, 1.19e-7))


class Audio:
    """A 16 kHz mono 16-bit WAV file. Raises ValueError for any other."""

    def __init__(self, path):
        self._file = wave.open(path, "rb")
        form = (self._file.getframerate(), self._file.getnchannels(), self._file.getsampwidth())
        if form != (RATE, 1, 2):
            raise ValueError("not a 16 kHz mono 16-bit WAV file")
        self.length = self._file.getnframes()

    def read(self, start, count):
        """Returns `count` 16-bit samples from `start` on; fewer at the end."""
        self._file.setpos(min(start, self.length))
        return np.frombuffer(self._file.readframes(count), "<i2")
