import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

describe.each(['fa', 'en'])('@bot in any chat (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });

  const hears = async (person: Person, ...said: string[]) => {
    for (const text of said) {
      dabir.engine.next({ says: [text] });
      const { note } = await person.asksFor('tone.ogg', { kind: 'voice', forward: `Teacher ${text.length}` });
      await person.ending(note);
    }
  };
  const descriptions = ({ results }: Awaited<ReturnType<Person['searches']>>) =>
    results.map(({ description }) => description?.split('\n').at(-1));

  test('@bot in any chat finds the user’s own transcripts, newest first, and sends one as a message', async () => {
    await hears(sara, 'بليت قطار مشهد', 'خرید نان', 'قطار ساعت پنج');
    const latest = await sara.searches('');
    expect(descriptions(latest)).toEqual(['قطار ساعت پنج', 'خرید نان', 'بلیت قطار مشهد']);
    const found = await sara.searches('قطار');
    expect(descriptions(found)).toEqual(['قطار ساعت پنج', 'بلیت قطار مشهد']);
    expect(found).toMatchObject({ is_personal: true, cache_time: 0, next_offset: '' });
    const { text } = await sara.picks(found, found.results[1]?.id ?? '');
    expect(text).toBe('بلیت قطار مشهد');
    // The bot does not answer it.
    await sara.says('/queue');
    await sara.reads(sara.word('queue-empty'));
    expect(sara.answers().some((message) => message.text === sara.word('send-me-audio'))).toBe(false);
  });

  test('@bot in any chat loads more on scrolling, each once', async () => {
    await hears(sara, ...Array.from({ length: 12 }, (_, index) => `صدای ${index}`));
    const first = await sara.searches('صدای');
    expect(first.results).toHaveLength(10);
    const rest = await sara.searches('صدای', first.next_offset);
    const all = [...first.results, ...rest.results].map(({ id }) => id);
    expect(new Set(all).size).toBe(12);
    expect(rest.next_offset).toBe('');
  });

  test('@bot in any chat finds nothing of other users; an empty result links to the user’s own chat with the bot', async () => {
    const omid = await dabir.person('Omid', language);
    await hears(omid, 'راز امید');
    for (const [query, offset] of [['راز'], [''], ['راز', '999999999'], ['', 'x']] as const) {
      expect((await sara.searches(query, offset)).results).toEqual([]);
    }
    expect((await sara.searches('راز')).button).toEqual({
      text: sara.word('inline-none'),
      start_parameter: 'history',
    });
  });

  test('@bot in any chat finds nothing for a blocked user', async () => {
    await hears(sara, 'سلام');
    await dabir.shared.accounts.setBlocked(sara.id, true);
    expect((await sara.searches('سلام')).results).toEqual([]);
  });
});
