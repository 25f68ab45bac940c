// Replaces the text box while a voice note is recorded: timer, live level, discard, send.

import { byId } from './dom.js';
import { formatDuration, translate } from './locale.js';
import { toast } from './notices.js';
import { startRecording } from './recorder.js';

/** @import { Recording } from './recorder.js' */

/** Minimum length in seconds: a shorter press is a mistake. */
const shortest = 0.4;
/** Width of a bar and the gap after it, in CSS pixels. */
const step = 5;

/**
 * @param {(voice: { file: File, durationSeconds: number }) => void} onVoice
 * @returns {{ start: () => Promise<void> }}
 */
export function prepareRecordingBar(onVoice) {
  const composer = byId('composer');
  const timer = byId('recording-time');
  const canvas = /** @type {HTMLCanvasElement} */ (byId('recording-level'));
  /** @type {Recording | null} */
  let recording = null;
  let starting = false;
  /** @type {number[]} */
  let levels = [];

  const draw = () => {
    if (!recording) return;
    timer.textContent = formatDuration(Math.floor(recording.seconds()));
    const { clientWidth: width, clientHeight: height } = canvas;
    const count = Math.floor(width / step);
    const wanted = Math.floor(recording.seconds() * 12);
    while (levels.length < wanted) levels.push(recording.level());
    const scale = devicePixelRatio;
    if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
    if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
    const pen = canvas.getContext('2d');
    if (pen) {
      pen.setTransform(scale, 0, 0, scale, 0, 0);
      pen.clearRect(0, 0, width, height);
      pen.fillStyle = getComputedStyle(canvas).color;
      const recent = levels.slice(-count);
      for (const [index, level] of recent.entries()) {
        const tall = Math.max(3, level * height);
        pen.beginPath();
        pen.roundRect(width - (recent.length - index) * step, (height - tall) / 2, 3, tall, 1.5);
        pen.fill();
      }
    }
    requestAnimationFrame(draw);
  };

  const end = () => {
    const ended = recording;
    recording = null;
    composer.classList.remove('recording');
    byId('message').focus();
    return ended;
  };
  const cancel = () => end()?.cancel();
  const send = async () => {
    const ended = end();
    if (!ended) return;
    if (ended.seconds() < shortest) {
      ended.cancel();
      return toast(translate('recordingEmpty'));
    }
    onVoice(await ended.stop());
  };
  byId('recording-cancel').addEventListener('click', cancel);
  byId('recording-send').addEventListener('click', send);
  byId('recording-bar').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    cancel();
  });

  return {
    async start() {
      if (recording || starting) return;
      starting = true;
      try {
        recording = await startRecording();
        levels = [];
        composer.classList.add('recording');
        byId('recording-send').focus();
        draw();
      } catch (error) {
        toast(/** @type {Error} */ (error).message);
      } finally {
        starting = false;
      }
    },
  };
}
