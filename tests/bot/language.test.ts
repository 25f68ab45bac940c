import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';

let dabir: ScriptedDabir;

beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

/** Number of files that the engine had been given before the test. */
let before: number;
const given = () => dabir.engine.taken.slice(before).map(({ language }) => language);

describe.each(['fa', 'en'])('/language (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    before = dabir.engine.taken.length;
  });

  const hears = async (caption?: string) => {
    const { note } = await sara.asksFor('tone.ogg', {
      kind: 'voice',
      ...(caption !== undefined && { caption }),
    });
    await sara.ending(note);
  };

  test('/language sets by a button the language of every later file without one of its own, until it is set back to automatic', async () => {
    await hears();
    await sara.says('/language');
    const { message_id: asked } = await sara.reads(sara.word('language-ask'));
    expect(sara.buttons(asked)[0]).toBe(`✓ ${sara.word('language-auto')}`);
    const arabic = language === 'fa' ? 'عربی' : 'Arabic';
    expect(await sara.presses(asked, arabic)).toBe(sara.word('language-set'));
    await sara.reads(sara.word('language-chosen', { language: arabic }));
    await hears();
    await hears('fa');
    await sara.says('/language auto');
    await sara.reads(sara.word('language-chosen-auto'));
    await hears();
    expect(given()).toEqual([null, 'ar', 'fa', null]);
  });

  test('/language sets by its code a language without a button, also before the first file; an invalid code is asked for again', async () => {
    await sara.says('/language xx');
    await sara.reads(sara.word('language-unknown'));
    await sara.says('/language DE');
    await hears();
    expect(given()).toEqual(['de']);
    await sara.says('/language');
    const german = language === 'fa' ? 'آلمانی' : 'German';
    const { message_id: asked } = await sara.reads(sara.word('language-ask'));
    expect(sara.buttons(asked)).toContain(`✓ ${german}`);
  });

  test('/language ignores presses that no button offered', async () => {
    await sara.says('/language');
    const { message_id: asked } = await sara.reads(sara.word('language-ask'));
    await sara.forges(asked, 'speech:xyz');
    await sara.forges(asked, 'speech:en:fa');
    await hears();
    expect(given()).toEqual([null]);
  });

  test('/language is offered by a button, at the end, when the speech sounds like another language', async () => {
    const heard = language === 'fa' ? 'فارسی' : 'Persian';
    dabir.engine.next({ detects: { language: 'fa', probability: 0.95 } });
    const { note, status } = await sara.asksFor('tone.ogg', { kind: 'voice', caption: 'en' });
    expect(await sara.ending(note)).toContain(heard);
    dabir.engine.next({ says: ['دوباره به فارسی'] });
    const button = sara.word('button-language', { language: heard });
    expect(await sara.presses(status, button)).toBe(sara.word('answer-started'));
    await sara.reads('دوباره به فارسی', note);
    expect(given()).toEqual(['en', 'fa']);

    dabir.engine.next({ detects: { language: 'fa', probability: 0.5 } });
    const unclear = await sara.asksFor('tone.ogg', { kind: 'voice', caption: 'en' });
    expect(await sara.ending(unclear.note)).not.toContain(heard);
    expect(sara.buttons(unclear.status)).not.toContain(button);
  });

  test('/language knows languages by their names', async () => {
    await sara.says(language === 'fa' ? '/language آلمانی' : '/language german');
    await sara.reads(sara.word('language-chosen', { language: language === 'fa' ? 'آلمانی' : 'German' }));
  });
});
