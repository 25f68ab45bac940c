import { describe, expect, test } from 'vitest';
import { answerTexts } from '../../src/domain/answer-text.ts';
import type { EngineOffer, StatusView } from '../../src/domain/status.ts';
import { localProfile } from '../../src/engines/local/profile.ts';
import { renderStatus } from '../../src/telegram/render-status.ts';
import { loadTexts } from '../../src/texts/texts.ts';

const texts = loadTexts();
const ready = { state: 'ready' } as const;

/** An OpenAI-compatible server on the bot's own machine. */
const own: EngineOffer = {
  id: 'openai',
  kind: 'remote',
  name: { fa: 'Whisper (localhost:8000)', en: 'Whisper (localhost:8000)' },
  price: null,
  privacy: { destination: null, keeps: 'nothing' },
  readiness: ready,
  realTimeFactor: null,
};

const engines: EngineOffer[] = [
  { ...localProfile, readiness: ready, realTimeFactor: null },
  {
    id: 'eboo',
    kind: 'remote',
    name: { fa: 'ایبو', en: 'EBOO' },
    price: { perMinute: 1234, currency: 'IRT' },
    privacy: { destination: 'www.eboo.ir', keeps: 'deleted' },
    readiness: ready,
    realTimeFactor: null,
  },
  own,
  {
    id: 'elevenlabs',
    kind: 'remote',
    name: { fa: 'ElevenLabs', en: 'ElevenLabs' },
    price: { perMinute: 0.00667, currency: 'USD' },
    privacy: { destination: 'api.elevenlabs.io', keeps: 'unknown' },
    readiness: { state: 'resting' },
    realTimeFactor: null,
  },
];

/** The half-space (ZWNJ); it has no width. */
const halfSpace = '\u200c';

/** Removes the marks that only set directions. */
const plain = (text: string) => text.replaceAll(/[\u200f\u2066-\u2069]/g, '');
const show = (language: string, view: StatusView, isUnfolded = false) => {
  const { text, keyboard } = renderStatus(
    texts,
    { id: 7, languageCode: language, engine: null },
    view,
    isUnfolded,
  );
  return { text: plain(text), buttons: keyboard.inline_keyboard.flat().map((button) => plain(button.text)) };
};

describe('the picker shows what matters about each engine', () => {
  test('the picker shows what matters about each engine in English', () => {
    const { text, buttons } = show('en', { kind: 'choosing', engines, lastEngine: 'eboo', seconds: null });
    expect(buttons).toEqual([
      '★ EBOO · 1,234 toman/min',
      'LOCAL · free · 🔒 stays here',
      'Whisper (localhost:8000) · 🔒 stays here',
      'ElevenLabs · $0.00667/min',
      'Cancel',
    ]);
    expect(text.split('\n')).toEqual([
      'Which engine should transcribe this?',
      'ElevenLabs is having trouble; files for it wait until it is back.',
      '',
      'Where your audio goes:',
      '• LOCAL: nowhere',
      '• EBOO: www.eboo.ir, deleted afterwards',
      '• Whisper (localhost:8000): nowhere',
      '• ElevenLabs: api.elevenlabs.io',
      'For the others, we don’t know how long it is kept.',
    ]);
  });

  test('a picker with a single engine says that there is no other, and offers no default', () => {
    const alone = { kind: 'choosing', lastEngine: 'local', seconds: null, offersAlways: true } as const;
    const { text, buttons } = show('en', { ...alone, engines: engines.filter(({ id }) => id === 'local') });
    expect(text).toBe('LOCAL is the only engine here. Use it for this file?');
    expect(buttons).toEqual(['★ LOCAL · free · 🔒 stays here', 'Cancel']);
    expect(show('en', { ...alone, engines }).buttons).toContain('Always use LOCAL');
  });

  test('the picker shows what matters about each engine in Persian', () => {
    const { text, buttons } = show('fa', { kind: 'choosing', engines, lastEngine: null, seconds: null });
    expect(buttons).toEqual([
      '★ LOCAL · رایگان · 🔒 جایی نمی‌رود',
      'ایبو · دقیقه‌ای ۱٬۲۳۴ تومان',
      'Whisper (localhost:8000) · 🔒 جایی نمی‌رود',
      'ElevenLabs · دقیقه‌ای ۰٫۰۰۶۶۷ دلار',
      'لغو',
    ]);
    expect(text.split('\n').slice(3)).toEqual([
      'صدای شما به کجا می‌رود:',
      '• LOCAL: جایی نمی‌رود',
      '• ایبو: www.eboo.ir، بعد پاک می‌شود',
      '• Whisper (localhost:8000): جایی نمی‌رود',
      '• ElevenLabs: api.elevenlabs.io',
      'برای بقیه نمی‌دانیم صدا چقدر آنجا می‌ماند.',
    ]);
  });

  test('the picker shows what matters about each engine with buttons that fit a phone’s line, where a long name keeps its price visible', () => {
    const name = 'Whisper (speech.intranet.example.com:8000)';
    const long: EngineOffer = {
      ...own,
      name: { fa: name, en: name },
      price: { perMinute: 0.006, currency: 'USD' },
      privacy: { destination: 'speech.intranet.example.com:8000', keeps: 'unknown' },
    };
    for (const language of ['fa', 'en']) {
      const { buttons } = show(language, {
        kind: 'choosing',
        engines: [...engines, long],
        lastEngine: null,
        seconds: null,
      });
      for (const button of buttons) expect(button.replaceAll(halfSpace, '').length).toBeLessThanOrEqual(45);
    }
    expect(
      show('en', { kind: 'choosing', engines: [long], lastEngine: null, seconds: null }).buttons,
    ).toContain('★ Whisper (speech.intrane… · $0.006/min');
  });

  test('the picker shows what matters about each engine with “free” for a price of zero, and no price where it is unknown', () => {
    const free: EngineOffer = { ...own, price: { perMinute: 0, currency: 'USD' } };
    const { buttons } = show('en', {
      kind: 'choosing',
      engines: [free, own],
      lastEngine: null,
      seconds: null,
    });
    expect(buttons.slice(0, 2)).toEqual([
      '★ Whisper (localhost:8000) · free · 🔒 stays here',
      '★ Whisper (localhost:8000) · 🔒 stays here',
    ]);
  });

  test('the picker shows what matters about each engine in Persian with lines that begin with a right-to-left mark or letter', () => {
    const { text, keyboard } = renderStatus(
      texts,
      { id: 7, languageCode: 'fa', engine: null },
      {
        kind: 'choosing',
        engines,
        lastEngine: null,
        seconds: null,
      },
    );
    const lines = [...text.split('\n'), ...keyboard.inline_keyboard.flat().map((button) => button.text)];
    // Text between isolating marks does not decide a line's direction (UAX #9, P2).
    const beginnings = lines
      .filter((line) => line !== '')
      .map((line) => /\p{Letter}|\u200f/u.exec(line.replace(/\u2068.*?\u2069/g, ''))?.[0]);
    for (const letter of beginnings) expect(letter).toMatch(/\u200f|\p{Script=Arabic}/u);
  });

  test('the picker shows what matters about each engine without a note on privacy where no engine sends the audio away', () => {
    const here = engines.filter(({ privacy }) => privacy.destination === null);
    expect(show('en', { kind: 'choosing', engines: here, lastEngine: null, seconds: null }).text).toBe(
      'Which engine should transcribe this?',
    );
  });
});

test('the picker offers below the last choice to use it always', () => {
  const view = { kind: 'choosing', engines, lastEngine: 'eboo', seconds: null, offersAlways: true } as const;
  expect(show('en', view).buttons.slice(0, 3)).toEqual([
    '★ EBOO · 1,234 toman/min',
    'Always use EBOO',
    'LOCAL · free · 🔒 stays here',
  ]);
});

test('the picker names for admins the engines that are not set up, with what each needs', () => {
  const view = { kind: 'choosing', engines, lastEngine: null, seconds: null } as const;
  const { text } = show('en', { ...view, missing: ['vira'] });
  expect(text.split('\n').slice(-2)).toEqual([
    'Not set up yet (only admins see this):',
    '• VIRA: set VIRA_TOKEN for the worker and restart it',
  ]);
  expect(show('en', { ...view, engines: [], missing: ['local'] }).text).toContain('• LOCAL: start a worker');
});

test('an open file names its engine on the button that opens the picker', () => {
  const { keyboard } = renderStatus(
    texts,
    { id: 7, languageCode: 'en', engine: 'vira' },
    { kind: 'waiting', before: 1 },
  );
  expect(keyboard.inline_keyboard).toMatchObject([[{ text: 'VIRA ▾', callback_data: 'other:7' }, {}]]);
});

test('an engine whose account is empty or refused is reported as such, with two ways to go on', () => {
  const view = { kind: 'failed', code: 'engine_account', details: {} } as const;
  expect(show('en', view)).toEqual({
    text: '✗ This engine does not accept our account or settings, or has no credit left. The problem is on our side, not your file.',
    buttons: ['Try again', 'Choose an engine'],
  });
  expect(show('fa', view)).toEqual({
    text: '✗ این موتور حساب یا تنظیمات ما را نمی‌پذیرد یا اعتبار حساب تمام شده است. مشکل از سمت ماست، نه از فایل شما.',
    buttons: ['تلاش دوباره', 'انتخاب موتور'],
  });
});

describe('a file that was transcribed in part', () => {
  const details = { ranges: '50-100 3700-3760', reason: 'engine_failed' };

  test('a file that was transcribed in part names the missing ranges, and offers to transcribe only these again, on this or another engine', () => {
    expect(show('en', { kind: 'failed', code: 'chunks_missing', details })).toEqual({
      text: '✗ The engine did not respond properly. Still missing: 0:50–1:40, 1:01:40–1:02:40. The rest is done. Tap “Try again” or “Choose an engine” for these parts.',
      buttons: ['Try again', 'Choose an engine'],
    });
    expect(show('fa', { kind: 'failed', code: 'chunks_missing', details }).text).toContain('۰:۵۰ تا ۱:۴۰');
  });

  test('a file that was transcribed in part names a few of many missing ranges', () => {
    const ranges = Array.from({ length: 40 }, (_, index) => `${index * 100}-${index * 100 + 50}`).join(' ');
    const { text } = show('en', { kind: 'failed', code: 'chunks_missing', details: { ...details, ranges } });
    expect(text.length).toBeLessThan(300);
    expect(text).toContain('…');
  });

  test('a file that was transcribed in part says during a retry that the rest is kept', () => {
    expect(show('en', { kind: 'retrying', code: 'chunks_missing', seconds: 4 }).text).toMatch(
      /missing.*kept.*4 seconds/,
    );
  });
});

const answer = { text: 'Hello world.', isQuote: false };
const done = { kind: 'completed', durationSeconds: 9, wallSeconds: 2, engineName: 'LOCAL', answer } as const;

test('a completed transcription shows its text alone, with its buttons in one row of at most four', () => {
  const files = ['txt', 'docx', 'pdf'] as const;
  expect(show('en', { ...done, formats: files })).toEqual({ text: 'Hello world.', buttons: ['Copy', '⋯'] });
  expect(show('en', { ...done, formats: [] }).buttons).toEqual(['Copy', 'Word', 'PDF', '⋯']);
  const long = { ...answer, text: 'word '.repeat(60).trim() };
  expect(show('en', { ...done, answer: long, formats: files }).buttons).toEqual(['⋯']);
  expect(show('en', { ...done, formats: [], isCompact: true }).buttons).toEqual(['Copy', '⋯']);
});

test('the button ⋯ unfolds everything that can be done with a text', () => {
  const { buttons } = show('en', { ...done, formats: ['txt', 'docx', 'pdf'], lowConfidence: 2 }, true);
  expect(buttons).toEqual([
    ...['Copy', '▴', 'Fix text', 'Uncertain words (2)', 'Other engine', 'Timestamps'],
    ...['SRT', 'VTT', 'MD', 'JSON', 'ODT', 'EPUB', 'Files only when I ask', '👍', '👎', '🗑 Delete'],
  ]);
  expect(show('en', { ...done, formats: [] }, true).buttons).not.toContain('Files only when I ask');
});

test('a completed transcription has what matters about it below its text, in italics', () => {
  const view = { ...done, replaced: 2, lostSeconds: 3, formats: [] } as const;
  const { text, entities } = renderStatus(texts, { id: 7, languageCode: 'en', engine: null }, view);
  expect(text).toBe(
    'Hello world.\n\n2 places were spelled as in your glossary.\nThe file is damaged: about 3 s of it could not be read.',
  );
  expect(entities).toEqual([{ type: 'italic', offset: 14, length: text.length - 14 }]);
});

test('the longest notes fit into one message with the longest piece of a text', () => {
  for (const languageCode of ['fa', 'en']) {
    const view = {
      ...done,
      answer: { text: '', isQuote: false },
      isExcerpt: true,
      isReused: true,
      replaced: 1_000,
      lostSeconds: 5_000,
      otherLanguage: { detected: 'az', asked: 'fa' },
    };
    const { text } = renderStatus(texts, { id: 7, languageCode, engine: null }, view);
    expect(text.length).toBeLessThan(696);
  }
});

test('the status message reports how much of a damaged file was lost', () => {
  const view = {
    kind: 'completed',
    durationSeconds: 100,
    lostSeconds: 12,
    wallSeconds: 3,
    engineName: 'LOCAL',
  } as const;
  expect(show('en', view).text).toMatch(/Done: 1 min 40 s.*\n.*damaged: about 12 s/);
  expect(show('en', { ...view, lostSeconds: 0 }).text).not.toContain('damaged');
});

test('a text with many marks, a quotation and notes below it has no more than the 100 entities of a message', () => {
  const marks = Array.from({ length: 150 }, (_, index) => ({ from: 5 * index, to: 5 * index + 4 }));
  const [answer] = answerTexts('word '.repeat(150), false, marks).messages;
  const view: StatusView = {
    kind: 'completed',
    durationSeconds: 1,
    engineName: 'LOCAL',
    answer,
    replaced: 2,
  };
  const { entities } = renderStatus(texts, { id: 7, languageCode: 'en', engine: null }, view);
  expect(new Set(entities.map(({ type }) => type))).toEqual(
    new Set(['expandable_blockquote', 'underline', 'italic']),
  );
  expect(entities.length).toBeLessThanOrEqual(100);
});

test('the text so far is a quotation under the bar of a running file', () => {
  const view = {
    kind: 'processing',
    stage: 'transcribe',
    fraction: 0.5,
    text: '\u200f… Telegram را باز کن',
  } as const;
  const { text, entities } = renderStatus(texts, { id: 7, languageCode: 'fa', engine: 'local' }, view);
  expect(text).toMatch(/▓+░+ [^\n]*\n\u200f… Telegram را باز کن$/u);
  expect(entities).toEqual([
    { type: 'blockquote', offset: text.indexOf(view.text), length: view.text.length },
  ]);
});
