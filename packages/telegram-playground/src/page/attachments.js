// Chosen, dropped or pasted files, which wait above the text box until they are sent.

import { byId, element, icon } from './dom.js';
import { formatSize, translate } from './locale.js';
import { fileIcon } from './media.js';
import { toast } from './notices.js';

/** Maximum size of a file on the playground's server, in bytes. */
const largest = 2 * 1024 ** 3;

/**
 * @param {{ onChange: (count: number) => void, isReady: () => boolean }} hooks
 */
export function prepareAttachments({ onChange, isReady }) {
  const tray = byId('tray');
  const picker = /** @type {HTMLInputElement} */ (byId('picker'));
  const photoPicker = /** @type {HTMLInputElement} */ (byId('photo-picker'));
  const zone = byId('drop-zone');
  /** @type {{ file: File, asPhoto: boolean }[]} */
  let files = [];

  const draw = () => {
    tray.hidden = files.length === 0;
    tray.replaceChildren(
      ...files.map(({ file }) =>
        element(
          'li',
          { class: 'attachment' },
          fileIcon(file.name),
          element(
            'span',
            { class: 'file-text' },
            element('bdi', { class: 'file-name' }, file.name),
            element('span', { class: 'file-size' }, formatSize(file.size)),
          ),
          element(
            'button',
            {
              type: 'button',
              class: 'round',
              'aria-label': translate('removeFile', { name: file.name }),
              onclick: () => {
                files = files.filter((one) => one.file !== file);
                draw();
                byId('message').focus();
              },
            },
            icon('close'),
          ),
        ),
      ),
    );
    onChange(files.length);
  };

  const add = (/** @type {Iterable<File>} */ added, asPhoto = false) => {
    if (!isReady()) return;
    for (const file of added) {
      if (file.size > largest) toast(translate('tooLarge', { name: file.name }));
      else files.push({ file, asPhoto });
    }
    draw();
    byId('message').focus();
  };

  for (const one of [picker, photoPicker])
    one.addEventListener('change', () => {
      add(one.files ?? [], one === photoPicker);
      one.value = '';
    });
  document.addEventListener('paste', (event) => {
    const pasted = event.clipboardData?.files;
    if (!pasted?.length) return;
    event.preventDefault();
    add(pasted);
  });

  // dragenter and dragleave also fire for every element inside; only the outermost pair counts.
  let depth = 0;
  const carriesFiles = (/** @type {DragEvent} */ event) =>
    event.dataTransfer?.types.includes('Files') ?? false;
  const leave = () => {
    depth = 0;
    zone.hidden = true;
  };
  addEventListener('dragenter', (event) => {
    if (!carriesFiles(event) || !isReady()) return;
    depth += 1;
    zone.hidden = false;
  });
  addEventListener('dragleave', () => {
    depth -= 1;
    if (depth <= 0) leave();
  });
  addEventListener('dragover', (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    leave();
    if (!carriesFiles(event)) return;
    event.preventDefault();
    add(event.dataTransfer?.files ?? []);
  });

  return {
    pick: (/** @type {boolean} */ photos) => (photos ? photoPicker : picker).click(),
    /** Returns the files and empties the tray. */
    take() {
      const taken = files;
      files = [];
      draw();
      return taken;
    },
    count: () => files.length,
  };
}

/** Maximum time for a browser to read a file's length, in ms. */
const patience = 3000;

/**
 * Returns the length of a sound or video as the browser reads it.
 * @param {File} file
 * @returns {Promise<number | undefined>} whole seconds; undefined when it is neither or cannot be read
 */
export function durationOf(file) {
  if (!/^(audio|video)\//.test(file.type)) return Promise.resolve(undefined);
  const url = URL.createObjectURL(file);
  const media = document.createElement(file.type.startsWith('video/') ? 'video' : 'audio');
  media.preload = 'metadata';
  return new Promise((/** @type {(seconds: number | undefined) => void} */ resolve) => {
    const known = () => resolve(Number.isFinite(media.duration) ? Math.round(media.duration) : undefined);
    media.addEventListener('loadedmetadata', known);
    media.addEventListener('error', () => resolve(undefined));
    window.setTimeout(() => resolve(undefined), patience);
    media.src = url;
  }).finally(() => {
    media.removeAttribute('src');
    URL.revokeObjectURL(url);
  });
}

/** Returns the size of a picture in pixels; nothing when the browser cannot read it. @param {File} file */
export async function sizeOf(file) {
  const picture = await createImageBitmap(file).catch(() => undefined);
  return picture ? { width: picture.width, height: picture.height } : {};
}

/** Pixels of a sticker's side. */
const stickerSide = 512;

/** Draws an emoji as a sticker. @param {string} emoji @returns {Promise<File | undefined>} */
export async function drawSticker(emoji) {
  const canvas = new OffscreenCanvas(stickerSide, stickerSide);
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  pen.font = `${stickerSide * 0.75}px sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(emoji, stickerSide / 2, stickerSide / 2);
  const blob = await canvas.convertToBlob({ type: 'image/webp' });
  return new File([blob], 'sticker.webp', { type: 'image/webp' });
}
