import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { formatDateTime } from '../../src/texts/format.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

describe.each(['fa', 'en'])('the documents of a user (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });

  /** Sends a voice note with this transcript, and waits for its end. */
  const hears = async (text: string) => {
    dabir.engine.next({ says: [text], detects: { language: 'fa', probability: 0.99 } });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    return { note, status };
  };
  const namesOf = (note: number) =>
    sara.answers(note).flatMap(({ document }) => document?.file_name?.split('.').at(-1) ?? []);
  /** Returns the formats that the buttons behind ⋯ offer. */
  const formatsUnder = async (status: number) => {
    await sara.unfolds(status);
    return sara.buttons(status).filter((text) => /^[A-Z]{2,4}$|^Word$/.test(text));
  };
  const textsOf = (note: number) => sara.answers(note).flatMap(({ text }) => text ?? []);

  /** Sends /settings and presses these buttons, each given by its beginning. */
  const chooses = async (...presses: string[]) => {
    await sara.says('/settings');
    const { message_id: menu } = await sara.reads(sara.word('settings-main'));
    for (const press of presses) {
      const before = sara.buttons(menu);
      const button = before.find((text) => text.startsWith(press));
      await sara.presses(menu, button ?? press);
      await until(() => sara.buttons(menu).join() !== before.join());
    }
    return menu;
  };

  test('the documents of a user are available in any other format by a button under a transcript', async () => {
    const { note, status } = await hears('سلام دنیا');
    expect(await formatsUnder(status)).toEqual(['SRT', 'VTT', 'MD', 'JSON', 'ODT', 'EPUB']);
    expect(await sara.presses(status, 'SRT')).toBe(sara.word('answer-on-its-way'));
    await until(() => namesOf(note).length === 4);
    const [srt] = sara.answers(note).slice(-1);
    expect(new TextDecoder().decode(srt && (await sara.opens(srt)))).toContain('-->');
    // Deleting the transcript removes the document.
    await sara.presses(status, sara.word('button-delete'));
    await sara.presses(status, sara.word('button-erase'));
    await until(() => namesOf(note).length === 0);
  });

  test('the documents of a user are attached in the chosen formats from the next file on, and the rest is available by a button', async () => {
    await chooses(
      sara.word('settings-attached', { formats: 'TXT · Word · PDF', count: 3 }),
      '✓ Word',
      'SRT',
      sara.word('settings-back'),
    );
    const { note, status } = await hears('سلام دنیا');
    expect(namesOf(note)).toEqual(['txt', 'pdf', 'srt']);
    expect(await formatsUnder(status)).toEqual(['Word', 'VTT', 'MD', 'JSON', 'ODT', 'EPUB']);
  });

  test('the documents of a user may be switched off, so that only the text comes', async () => {
    await chooses(
      sara.word('settings-attached', { formats: 'TXT · Word · PDF', count: 3 }),
      '✓ TXT',
      '✓ Word',
      '✓ PDF',
    );
    const { note, status } = await hears('سلام دنیا');
    expect(namesOf(note)).toEqual([]);
    expect(textsOf(note)).toContain('سلام دنیا');
    expect(sara.buttons(status)).toEqual(['Word', 'PDF', '⋯']);
    await sara.presses(status, 'Word');
    await until(() => namesOf(note).length === 1);
  });

  test('the documents of a user come only on request after a press under a text or in the settings', async () => {
    const { note, status } = await hears('سلام دنیا');
    expect(namesOf(note)).toEqual(['txt', 'docx', 'pdf']);
    expect(await sara.presses(status, sara.word('button-on-request'))).toBe(sara.word('answer-on-request'));
    await until(() => !sara.buttons(status).includes(sara.word('button-on-request')));
    const { note: next, status: buttons } = await hears('سلام دنیا');
    expect(namesOf(next)).toEqual([]);
    expect(sara.buttons(buttons)).toEqual(['Word', 'PDF', '⋯']);
    expect(sara.copies(buttons)).toEqual(['سلام دنیا']);

    await chooses(
      sara.word('settings-attached', { formats: '', count: 0 }),
      `✓ ${sara.word('button-on-request')}`,
    );
    expect(namesOf((await hears('سلام دنیا')).note)).toEqual(['txt', 'docx', 'pdf']);
  });

  test('the format that a user asked for last is the first button where files come only on request', async () => {
    const { status: first } = await hears('سلام دنیا');
    // With files after every text nothing is remembered.
    await sara.presses(first, 'SRT');
    await sara.presses(first, sara.word('button-on-request'));
    const { note, status } = await hears('سلام دنیا');
    expect(sara.buttons(status)).toEqual(['Word', 'PDF', '⋯']);
    await sara.presses(status, 'SRT');
    await until(() => namesOf(note).length === 1);
    const { note: other, status: next } = await hears('سلام دنیا');
    expect(sara.buttons(next)).toEqual(['SRT', 'Word', '⋯']);
    await sara.presses(next, 'Word');
    await until(() => namesOf(other).length === 1);
    expect(sara.buttons((await hears('سلام دنیا')).status)).toEqual(['Word', 'PDF', '⋯']);
  });

  test('the documents of a user have corrected Persian or the engine’s own, in text and files, with the chosen digits', async () => {
    const heard = 'كتاب ها را مي خوانم, 25 تا';
    expect(textsOf((await hears(heard)).note)).toContain('کتاب‌ها را می‌خوانم، ۲۵ تا');
    await chooses(sara.word('settings-look'), sara.word('settings-digits', { value: 'persian' }));
    expect(textsOf((await hears(heard)).note)).toContain('کتاب‌ها را می‌خوانم، 25 تا');
    await chooses(sara.word('settings-look'), sara.word('settings-spelling', { value: 'school' }));
    const { note } = await hears(heard);
    expect(textsOf(note)).toContain(heard);
    const txt = sara.answers(note).find(({ document }) => document?.file_name?.endsWith('.txt'));
    expect(new TextDecoder().decode(txt && (await sara.opens(txt)))).toContain(heard);
  });

  test('the documents of a user look as chosen: Letter in place of A4, a table in Word', async () => {
    await chooses(
      sara.word('settings-look'),
      sara.word('settings-page', { value: 'a4' }),
      sara.word('settings-word', { value: 'text' }),
    );
    const { note } = await hears('سلام دنیا');
    const pdf = sara.answers(note).find(({ document }) => document?.file_name?.endsWith('.pdf'));
    expect(Buffer.from((pdf && (await sara.opens(pdf))) ?? []).toString('latin1')).toContain('[0 0 612 792]');
  });

  test('the documents of a user show times in the chosen time zone, in Iran’s for Persian until one is chosen', async () => {
    const textIn = async (note: number) => {
      const txt = await until(() =>
        sara.answers(note).find(({ document }) => document?.file_name?.endsWith('.txt')),
      );
      return new TextDecoder().decode(await sara.opens(txt));
    };
    const sentAt = async () =>
      (
        await dabir.shared.database.transcription.findFirstOrThrow({
          where: { userId: sara.id },
          orderBy: { id: 'desc' },
        })
      ).sentAt;
    const first = await hears('سلام دنیا');
    const guessed = language === 'fa' ? 'Asia/Tehran' : dabir.shared.timeZone;
    expect(await textIn(first.note)).toContain(formatDateTime(language, await sentAt(), guessed));
    await chooses(sara.word('settings-zone', { zone: '' }).trim(), sara.word('zone-Asia-Tokyo'));
    const second = await hears('سلام دنیا');
    expect(await textIn(second.note)).toContain(formatDateTime(language, await sentAt(), 'Asia/Tokyo'));
  });

  test('the documents of a user are reset to the defaults by “start over”', async () => {
    await chooses(sara.word('settings-attached', { formats: 'TXT · Word · PDF', count: 3 }), '✓ TXT');
    const menu = await chooses(sara.word('settings-reset'), sara.word('settings-reset-yes'));
    expect(sara.buttons(menu)).toContain(
      sara.word('settings-attached', { formats: 'TXT · Word · PDF', count: 3 }),
    );
  });

  test('the documents of a user have settings that a link opens', async () => {
    await sara.says('/start settings');
    await sara.reads(sara.word('settings-main'));
  });

  test('the documents of a user ignore presses that no button offered, and answer them', async () => {
    const menu = await chooses();
    for (const data of [
      'settings:page:a5',
      'settings:toString:x',
      'settings:exe:attached',
      'settings:srt:maybe',
      'settings:language:xx',
      'settings:reset:maybe',
      'settings:constructor',
    ]) {
      expect(await sara.forges(menu, data)).toBe(sara.word('answer-unknown'));
    }
    const { note, status } = await hears('سلام دنیا');
    expect(namesOf(note)).toEqual(['txt', 'docx', 'pdf']);
    const row = await dabir.shared.database.transcription.findFirstOrThrow({ where: { userId: sara.id } });
    expect(await sara.forges(status, `format:${row.id}:exe`)).toBe(sara.word('answer-unknown'));
    const omid = await dabir.person('Omid', language);
    const { message_id: his } = await omid.status(await omid.sends('tone.ogg', voice));
    expect(await omid.forges(his, `format:${row.id}:srt`)).toBe(omid.word('answer-unknown'));
    expect(namesOf(note)).toHaveLength(3);
  });
});
