// The fault numbers in titles are those of docs/faults.md.

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spokenFile } from '../media/spoken.ts';
import type { Person, Sending } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;

beforeAll(async () => {
  dabir = await startScriptedDabir({ downloadLimitMegabytes: 1 });
});
afterAll(() => dabir.close());

const filesOf = (person: Person) =>
  dabir.shared.database.transcription.count({ where: { userId: person.id } });

describe.each(['fa', 'en'])('a voice note (%s)', (language) => {
  test('a voice note is answered by one message that becomes its text, and an album of three files, all as replies to it', async () => {
    const sara = await dabir.person('Sara', language);
    const note = await sara.sends('tone.ogg', { kind: 'voice' });
    const { message_id: status } = await sara.reads(sara.word('status-choosing'), note);
    expect(sara.buttons(status)).toEqual([
      sara.word('button-engine', {
        facts: ['★ LOCAL', sara.word('price-free'), sara.word('stays-here')].join(' · '),
      }),
      sara.word('button-engine', {
        facts: ['OpenAI', sara.word('price-free'), sara.word('stays-here')].join(' · '),
      }),
      sara.word('button-cancel'),
    ]);

    expect(await sara.presses(status, 'LOCAL')).toBe(sara.word('answer-started'));
    expect(await sara.ending(note)).toMatch(/^✓ /);

    const [text, ...files] = sara.answers(note);
    expect(text?.message_id).toBe(status);
    expect(text?.text).toBe('سلام دنیا');
    expect(files.map(({ document }) => document?.file_name?.split('.').at(-1))).toEqual([
      'txt',
      'docx',
      'pdf',
    ]);
    expect(new Set(files.map(({ media_group_id }) => media_group_id)).size).toBe(1);
    for (const { document } of files) expect(document?.file_size).toBeGreaterThan(0);
    const [txt] = files;
    expect(new TextDecoder().decode(txt && (await sara.opens(txt)))).toContain('سلام دنیا');
    expect(sara.answers()).toHaveLength(4);
  });
});

test('a voice note that was forwarded gets files named after its first words, with its author in them', async () => {
  const emma = await dabir.person('Emma', 'en');
  const { note } = await emma.asksFor('tone.ogg', { kind: 'voice', forward: 'مینا\0 <b>' });
  await emma.ending(note);
  const [txt] = emma.answers(note).filter(({ document }) => document !== undefined);
  expect(txt?.document?.file_name).toBe('سلام دنیا.txt');
  expect(new TextDecoder().decode(txt && (await emma.opens(txt)))).toContain('Sender: ');
});

test('an empty file is refused when it arrives', async () => {
  const emma = await dabir.person('Emma', 'en');
  const note = await emma.sends(new Uint8Array(0), { kind: 'audio', name: 'empty.mp3' });
  await emma.reads(emma.word('error-file_empty'), note);
  expect(await filesOf(emma)).toBe(0);
});

test('an album of five files that are no media gets one answer', async () => {
  const emma = await dabir.person('Emma', 'en');
  for (let index = 0; index < 5; index += 1) {
    await emma.sends(new Uint8Array(9), {
      kind: 'document',
      name: `${index}.pdf`,
      type: 'application/pdf',
      album: 'one',
    });
  }
  // Updates of one chat are handled in order, so the answer to a later message comes last.
  await emma.says('hello');
  await emma.reads(emma.word('send-me-audio'));
  expect(emma.answers().filter(({ text }) => text === emma.word('not-media'))).toHaveLength(1);
});

test('three transcripts with the same first words have files with different names', async () => {
  const emma = await dabir.person('Emma', 'en');
  const names = [];
  for (const file of ['tone.ogg', 'tone.mp3', 'tone.m4a']) {
    dabir.engine.next({ says: ['hello my dear old friends,', 'how are you today?'] });
    const { note } = await emma.asksFor(file, { kind: 'voice' });
    await emma.ending(note);
    const files = await until(() => {
      const found = emma.answers(note).filter(({ document }) => document !== undefined);
      return found.length === 3 ? found : null;
    });
    names.push(files[0]?.document?.file_name);
  }
  expect(names).toEqual([
    'hello my dear old friends, how.txt',
    'hello my dear old friends, how (2).txt',
    'hello my dear old friends, how (3).txt',
  ]);
});

test.each<[string, string, Sending]>([
  ['a voice note', 'tone.ogg', { kind: 'voice' }],
  ['an audio file', 'tone.mp3', { kind: 'audio' }],
  ['a video', 'video.mp4', { kind: 'video' }],
  ['a round video', 'video.mp4', { kind: 'video_note' }],
  ['a document with an audio type', 'tone.flac', { kind: 'document', type: 'audio/flac' }],
  ['a document of an unknown kind', 'tone.wma', { kind: 'document', name: 'recording.xyz' }],
  [
    'a document with the name of an audio file',
    'tone.ogg',
    { kind: 'document', name: 'a.ogg', type: 'text/plain' },
  ],
])('a file is accepted when it is %s', async (_name, file, sending) => {
  const emma = await dabir.person('Emma', 'en');
  const { note } = await emma.asksFor(file, sending);
  expect(await emma.ending(note)).toBe('✓ سلام دنیا');
});

describe.each(['fa', 'en'])('a file that cannot be transcribed as a whole (%s)', (language) => {
  let sara: Person;
  beforeAll(async () => {
    sara = await dabir.person('Sara', language);
  });

  test.each<[string, string | Uint8Array, Sending]>([
    ['text', Buffer.from('only words'), { name: 'notes.txt', kind: 'document' }],
    ['a PDF', Buffer.from('%PDF-1.7'), { name: 'book.pdf', kind: 'document' }],
    ['a picture', 'picture.png', { kind: 'document' }],
  ])('a file that cannot be transcribed as a whole is refused at once: %s', async (_name, file, sending) => {
    const note = await sara.sends(file, sending);
    await sara.reads(sara.word('not-media'), note);
    expect(await filesOf(sara)).toBe(0);
  });

  test('a file that cannot be transcribed as a whole is refused at once over the size limit, with both sizes', async () => {
    const note = await sara.sends(new Uint8Array(1.26 * 2 ** 20), { kind: 'voice' });
    const { text } = await sara.status(note);
    expect(text).toContain(language === 'fa' ? '۱٫۳ مگابایت' : '1.3 MB');
    expect(text).toContain(language === 'fa' ? '۱ مگابایت' : '1 MB');
    expect(await filesOf(sara)).toBe(0);
  });

  test.each<[string, string | Uint8Array, string]>([
    ['noise with the name of an audio file', Buffer.alloc(5_000, 'not a sound'), 'error-not_media'],
    ['a video without sound', 'video-without-sound.mp4', 'error-no_audio_track'],
  ])(
    'a file that cannot be transcribed as a whole is reported with its own sentence after decoding: %s',
    async (_name, file, sentence) => {
      const { note } = await sara.asksFor(file, { kind: 'document', name: 'recording.mp4' });
      expect(await sara.ending(note)).toBe(`✗ ${sara.word(sentence)}`);
    },
  );

  test('a damaged file is transcribed as far as possible, and the missing part is reported', async () => {
    const cutOff = async (name: string) => (await readFile(spokenFile(name))).subarray(0, 8_000);
    const { note } = await sara.asksFor(await cutOff('speech.mp3'), { kind: 'audio' });
    const lost = language === 'fa' ? '۲٫۵ ثانیه' : '2.5 s';
    expect(await sara.ending(note)).toContain(sara.word('status-lost', { lost }));
    const { note: unknown } = await sara.asksFor(await cutOff('voice-note.oga'), { kind: 'voice' });
    expect(await sara.ending(unknown)).toContain(sara.word('status-lost-some'));
  });

  test('a file without speech is reported as such', async () => {
    dabir.engine.next({ says: ['  ', '\u0000'] });
    const { note } = await sara.asksFor('tone.ogg', { kind: 'voice' });
    expect(await sara.ending(note)).toBe(`✗ ${sara.word('error-no_speech')}`);
    expect(sara.answers(note)).toHaveLength(1);
  });
});

test('fault 20: documents get a harmless name for any name of the upload', async () => {
  const emma = await dabir.person('Emma', 'en');
  for (const name of [
    '../../etc/passwd.mp3',
    `${'long '.repeat(800)}.mp3`,
    'photo\u202egpj.mp3',
    '<b>&amp;"\u0001.mp3',
    '.mp3',
  ]) {
    const { note } = await emma.asksFor('tone.mp3', { kind: 'audio', name });
    expect(await emma.ending(note), name).toMatch(/^✓/);
    const names = emma.answers(note).flatMap(({ document }) => document?.file_name ?? []);
    expect(names).toHaveLength(3);
    for (const document of names) {
      expect(document).not.toMatch(/[/\\:*?"<>|\p{Cc}\u202a-\u202e]|^\./u);
      expect(Buffer.byteLength(document)).toBeLessThan(256);
    }
  }
});

test('a caption that is a language code sets the language for the engine; any other caption does not', async () => {
  const sara = await dabir.person('سارا', 'fa');
  dabir.engine.taken.splice(0);
  for (const caption of ['fa', ' EN ', 'جلسهٔ دوشنبه', undefined]) {
    const { note } = await sara.asksFor('tone.ogg', { kind: 'voice', ...(caption && { caption }) });
    await sara.ending(note);
  }
  expect(dabir.engine.taken.map(({ language }) => language)).toEqual(['fa', 'en', null, null]);
});
