import { describe, expect, test } from 'vitest';
import type { EngineOffer } from '../../src/domain/status.ts';
import { localProfile } from '../../src/engines/local/profile.ts';
import { renderStatus } from '../../src/telegram/status-message.ts';
import { loadTexts } from '../../src/texts/texts.ts';

const texts = loadTexts();
const ready = { state: 'ready' } as const;

const engines: EngineOffer[] = [
  { ...localProfile, readiness: ready },
  {
    id: 'eboo',
    kind: 'remote',
    name: { fa: 'ایبو', en: 'EBOO' },
    price: { perMinute: 150, currency: 'IRT' },
    privacy: { destination: 'www.eboo.ir', keeps: 'deleted' },
    readiness: ready,
  },
  {
    id: 'openai',
    kind: 'remote',
    name: { fa: 'Whisper (localhost:8000)', en: 'Whisper (localhost:8000)' },
    price: null,
    privacy: { destination: null, keeps: 'nothing' },
    readiness: ready,
  },
  {
    id: 'elevenlabs',
    kind: 'remote',
    name: { fa: 'ElevenLabs', en: 'ElevenLabs' },
    price: { perMinute: 0.00667, currency: 'USD' },
    privacy: { destination: 'api.elevenlabs.io', keeps: 'unknown' },
    readiness: { state: 'resting' },
  },
];

/** Without the marks that only set directions. */
const plain = (text: string) => text.replaceAll(/[\u200f\u2066-\u2069]/g, '');
const show = (language: string, view: Parameters<typeof renderStatus>[3]) => {
  const { text, keyboard } = renderStatus(texts, language, 7, view);
  return { text: plain(text), buttons: keyboard.inline_keyboard.flat().map((button) => plain(button.text)) };
};

describe('the picker shows what matters on each engine', () => {
  test('in English', () => {
    const { text, buttons } = show('en', { kind: 'choosing', engines, lastEngine: 'eboo' });
    expect(buttons).toEqual([
      'EBOO · 150 toman a minute',
      'LOCAL · free · 🔒 stays with the bot',
      'Whisper (localhost:8000) · 🔒 stays with the bot',
      'ElevenLabs · $0.00667 a minute',
      'Cancel',
    ]);
    expect(text).toContain('EBOO: your audio goes to www.eboo.ir and is deleted there afterwards.');
    expect(text).toContain('ElevenLabs is having trouble');
    expect(text).not.toContain('LOCAL');
  });

  test('in Persian', () => {
    const { text, buttons } = show('fa', { kind: 'choosing', engines, lastEngine: null });
    expect(buttons).toEqual([
      'LOCAL · رایگان · 🔒 پیش ربات می‌ماند',
      'ایبو · دقیقه‌ای ۱۵۰ تومان',
      'Whisper (localhost:8000) · 🔒 پیش ربات می‌ماند',
      'ElevenLabs · دقیقه‌ای ۰٫۰۰۶۶۷ دلار',
      'لغو',
    ]);
    expect(text).toContain('ایبو: صدای شما به www.eboo.ir می‌رود و بعد از آنجا پاک می‌شود.');
  });

  test('so that any button is at most a line of a phone', () => {
    for (const language of ['fa', 'en']) {
      const { buttons } = show(language, { kind: 'choosing', engines, lastEngine: null });
      for (const button of buttons) expect(button.length).toBeLessThanOrEqual(50);
    }
  });
});

describe('a file that could not be heard whole', () => {
  const details = { ranges: '50-100 3700-3760', reason: 'engine_failed' };

  test('says which parts are missing, and offers to hear only these again, here or elsewhere', () => {
    expect(show('en', { kind: 'failed', code: 'parts_missing', details })).toEqual({
      text: '✗ The engine did not answer properly. Missing: 0:50–1:40, 1:01:40–1:02:40. The rest is kept: try only these again, or have another engine do them.',
      buttons: ['Try again', 'Choose an engine'],
    });
    expect(show('fa', { kind: 'failed', code: 'parts_missing', details }).text).toContain('۰:۵۰ تا ۱:۴۰');
  });

  test('of many parts names a few', () => {
    const ranges = Array.from({ length: 40 }, (_, index) => `${index * 100}-${index * 100 + 50}`).join(' ');
    const { text } = show('en', { kind: 'failed', code: 'parts_missing', details: { ...details, ranges } });
    expect(text.length).toBeLessThan(300);
    expect(text).toContain('…');
  });

  test('while it is tried again says that the rest is kept', () => {
    expect(show('en', { kind: 'retrying', code: 'parts_missing', seconds: 4 }).text).toMatch(
      /missing.*kept.*4 seconds/,
    );
  });
});

test('a damaged file tells how much of it was lost', () => {
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
