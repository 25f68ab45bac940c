// Records a voice note from the microphone.

import { translate } from './locale.js';

/** Telegram's own voice notes are Ogg; Chromium and Firefox write WebM, Safari MP4. */
const formats = [
  { type: 'audio/ogg;codecs=opus', extension: 'ogg' },
  { type: 'audio/webm;codecs=opus', extension: 'webm' },
  { type: 'audio/mp4', extension: 'm4a' },
];

/**
 * `level` is the loudness now, 0 to 1.
 * @typedef {{
 * seconds: () => number,
 * level: () => number,
 * stop: () => Promise<{ file: File, durationSeconds: number }>,
 * cancel: () => void,
 * }} Recording
 */

/**
 * Asks for the microphone and starts to record.
 * @returns {Promise<Recording>} rejects with a sentence for the person in `message`
 */
export async function startRecording() {
  const format = globalThis.MediaRecorder && formats.find(({ type }) => MediaRecorder.isTypeSupported(type));
  if (!format || !navigator.mediaDevices) throw new Error(translate('microphoneUnavailable'));
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } })
    .catch((error) => {
      const denied = error.name === 'NotAllowedError' || error.name === 'SecurityError';
      throw new Error(translate(denied ? 'microphoneDenied' : 'noMicrophone'), { cause: error });
    });
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  };
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 512 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);

  const recorder = new MediaRecorder(stream, { mimeType: format.type, audioBitsPerSecond: 48_000 });
  /** @type {Blob[]} */
  const pieces = [];
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  recorder.start();

  return {
    seconds,
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.min(1, Math.sqrt(power) * 4);
    },
    stop: () =>
      new Promise((resolve) => {
        const durationSeconds = Math.max(1, Math.round(seconds()));
        recorder.addEventListener('stop', () => {
          release();
          const type = format.type.split(';')[0] ?? format.type;
          resolve({ file: new File(pieces, `voice.${format.extension}`, { type }), durationSeconds });
        });
        recorder.stop();
      }),
    cancel: () => {
      recorder.stop();
      release();
    },
  };
}
