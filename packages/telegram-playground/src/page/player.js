// Plays a voice note or an audio file: play and pause, a bar to seek in, the time, the speed.

import { element, icon } from './dom.js';
import { formatDuration, formatNumber, formatSize, translate } from './locale.js';
import { createWaveform, loudness } from './waveform.js';

const speeds = [1, 1.5, 2];

/** The sound that plays now: only one at a time. @type {HTMLMediaElement | null} */
let playing = null;

/** Pauses all other sounds. @param {HTMLMediaElement} media */
export function claimSound(media) {
  if (playing && playing !== media) playing.pause();
  playing = media;
}

/** The players on the page, to jump in them. @type {WeakMap<Element, (seconds: number) => void>} */
const seekers = new WeakMap();

/** Plays the sound or video of a message from a position; does nothing when it has none. @param {Element} message @param {number} seconds */
export function playFrom(message, seconds) {
  const player = message.querySelector('.player');
  const video = message.querySelector('video');
  if (player) seekers.get(player)?.(seconds);
  else if (video) {
    video.currentTime = seconds;
    video.play().catch(() => undefined);
  }
}

/** Draws waveforms when they become visible. @type {WeakMap<Element, () => void>} */
const drawers = new WeakMap();
const inSight = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    inSight.unobserve(target);
    drawers.get(target)?.();
  }
});

/**
 * @param {{ url: string, durationSeconds: number | undefined, size: number | undefined, label: string, title?: string | undefined }} sound
 * @returns {HTMLElement}
 */
export function createPlayer({ url, durationSeconds, size, label, title }) {
  /** Created at the first use, so that a long history loads nothing. @type {HTMLAudioElement | undefined} */
  let audio;
  let speed = 0;
  const waveform = createWaveform();
  const button = element(
    'button',
    { type: 'button', class: 'play', 'aria-label': translate('play') },
    icon('play'),
  );
  const position = /** @type {HTMLInputElement} */ (
    element('input', {
      type: 'range',
      class: 'seek',
      min: 0,
      max: 1000,
      value: 0,
      'aria-label': translate('position'),
    })
  );
  const clock = element('span', { class: 'clock' });
  const pace = element('button', { type: 'button', class: 'pace' });
  const details = element(
    'span',
    { class: 'details' },
    clock,
    ...(size === undefined ? [] : ['·', element('bdi', {}, formatSize(size))]),
  );

  // A browser's own voice note has no length in its header, so the message's is used.
  const total = () => (audio && Number.isFinite(audio.duration) ? audio.duration : (durationSeconds ?? 0));

  const show = () => {
    const now = audio?.currentTime ?? 0;
    const fraction = total() > 0 ? Math.min(1, now / total()) : 0;
    waveform.play(fraction);
    position.value = String(Math.round(fraction * 1000));
    position.setAttribute('aria-valuetext', `${formatDuration(now)} / ${formatDuration(total())}`);
    clock.textContent =
      now > 0 ? `${formatDuration(now)} / ${formatDuration(total())}` : formatDuration(total());
    const paused = audio?.paused ?? true;
    button.replaceChildren(icon(paused ? 'play' : 'pause'));
    button.setAttribute('aria-label', translate(paused ? 'play' : 'pause'));
    node.classList.toggle('playing', !paused);
    pace.textContent = `${formatNumber(speeds[speed] ?? 1)}×`;
    pace.setAttribute('aria-label', translate('speed', { speed: pace.textContent }));
    pace.hidden = now === 0 && paused;
  };

  const load = () => {
    if (audio) return audio;
    const created = new Audio(url);
    audio = created;
    created.preload = 'auto';
    for (const name of ['play', 'pause', 'timeupdate', 'durationchange', 'seeked'])
      created.addEventListener(name, show);
    created.addEventListener('play', () => claimSound(created));
    created.addEventListener('ended', () => {
      created.currentTime = 0;
      show();
    });
    created.addEventListener('error', () => details.replaceChildren(translate('cannotPlay')));
    return created;
  };

  button.addEventListener('click', () => {
    const media = load();
    if (!media.paused) return media.pause();
    media.playbackRate = speeds[speed] ?? 1;
    // A file that cannot be played reports it by its error event.
    media.play().catch(() => undefined);
  });
  const seek = (/** @type {number} */ target) => {
    const media = load();
    if (media.readyState > 0) media.currentTime = target;
    else media.addEventListener('loadedmetadata', () => (media.currentTime = target), { once: true });
  };
  position.addEventListener('input', () => seek((Number(position.value) / 1000) * total()));
  pace.addEventListener('click', () => {
    speed = (speed + 1) % speeds.length;
    load().playbackRate = speeds[speed] ?? 1;
    show();
  });

  const node = element(
    'div',
    { class: 'player', dir: 'ltr', role: 'group', 'aria-label': label },
    button,
    element(
      'div',
      { class: 'player-body' },
      title ? element('bdi', { class: 'player-title' }, title) : null,
      element('div', { class: 'track' }, /** @type {Node} */ (waveform.node), position),
      element('div', { class: 'player-line' }, details, pace),
    ),
  );
  seekers.set(node, (seconds) => {
    seek(seconds);
    if (load().paused) button.click();
  });
  show();
  drawers.set(node, () => {
    loudness(url, { size, durationSeconds }).then((bars) => bars && waveform.draw(bars));
  });
  inSight.observe(node);
  return node;
}
