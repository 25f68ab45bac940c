/** What else the language model makes of a transcript: tasks, chapters, a cleaned text, a translation. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { type ModelCall, type ScriptedModel, startScriptedModel } from '../../support/scripted-model.ts';
import { until } from '../../support/until.ts';

let model: ScriptedModel;
let dabir: ScriptedDabir;
beforeAll(async () => {
  model = await startScriptedModel();
  dabir = await startScriptedDabir({
    settings: { ...model.settings, LLM_PRICE_IN: '10', LLM_PRICE_OUT: '20' },
  });
});
afterAll(async () => {
  await dabir?.close();
  await model?.close();
});

const said = {
  en: [
    'Sara writes the report until tomorrow at 14:30.',
    'We, we talk about the bridge.',
    'The bridge costs 300 dollars.',
  ],
  fa: ['سارا تا فردا ساعت ۱۴:۳۰ گزارش را می‌نویسد.', 'ما، ما دربارهٔ پل حرف می‌زنیم.', 'هزینهٔ پل ۳۰۰ دلار است.'],
};

describe.each(['en', 'fa'] as const)('the language model (%s)', (language) => {
  let sara: Person;
  let note: number;
  let status: number;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    dabir.engine.next({ says: said[language], detects: { language, probability: 1 } });
    ({ note, status } = await sara.asksFor('tone.ogg', { kind: 'voice' }));
    await sara.ending(note);
  });

  /** Asks for one kind; resolves to the message of the result. */
  async function makes(kind: string, answer: (call: ModelCall) => unknown, choice?: string) {
    model.answers(answer);
    await sara.presses(status, sara.word('button-understand-more'));
    await sara.presses(status, sara.word(`button-understand-${kind}`));
    if (choice !== undefined) await sara.presses(status, choice);
    return sara.reads(sara.word('understanding-made-by', { kind, model: '\u2068scripted\u2069' }), note);
  }
  const filesOf = () => sara.answers(note).filter(({ document }) => document !== undefined);
  async function file(message: number, label: string, ending: string) {
    await sara.presses(message, label);
    return until(
      () => filesOf().find(({ document }) => document?.file_name?.endsWith(ending)),
      () => sara.transcript(),
    );
  }

  test('every button has the price, and nothing is paid for looking', async () => {
    const before = model.calls.length;
    await sara.unfolds(status);
    const label = sara.buttons(status).find((text) => text.includes(sara.word('button-understand-summary')));
    expect(label).toMatch(/[\d۰-۹]/);
    await sara.presses(status, sara.word('button-understand-more'));
    await until(() => sara.labelOf(status, 'understand:') !== undefined || undefined);
    expect(model.calls).toHaveLength(before);
  });

  test('tasks are ticked in their message, and their days come as a calendar', async () => {
    const [line = ''] = said[language];
    const one = language === 'fa' ? '۱' : '1';
    const { message_id, text } = await makes('tasks', () => ({
      tasks: [
        {
          text: line,
          quote: line.replace(/\.$/, ''),
          segments: [1],
          names: [language === 'en' ? 'Sara' : 'سارا'],
          who: language === 'en' ? 'Sara' : 'سارا',
          due: language === 'en' ? 'tomorrow at 14:30' : 'فردا ساعت ۱۴:۳۰',
          amounts: [],
        },
      ],
    }));
    expect(text).toContain(`☐ ${one}. ${line}`);
    await sara.presses(message_id, `☐ ${one}`);
    await until(() => sara.chat.get(message_id)?.text?.includes(`☑ ${one}. ${line}`) || undefined);
    await sara.presses(message_id, `☑ ${one}`);
    await until(() => sara.chat.get(message_id)?.text?.includes(`☐ ${one}. ${line}`) || undefined);
    const calendar = await file(message_id, sara.word('understanding-button-ics'), '.ics');
    const ics = new TextDecoder().decode(await sara.opens(calendar));
    const tomorrow = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tehran' }).format(
      Date.now() + 86_400_000,
    );
    expect(ics).toContain(`DTSTART:${tomorrow.replaceAll('-', '')}T143000\r\n`);
    expect(ics).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2.0\r\n/);
    for (const row of ics.split('\r\n')) expect(Buffer.byteLength(row)).toBeLessThanOrEqual(75);
    expect(ics.replaceAll('\r\n ', '')).toContain(`SUMMARY:${line.replaceAll(',', '\\,')}\r\n`);
  });

  test('chapters are times in the chat, and headings and the title of a document', async () => {
    const words = language === 'en' ? ['The report', 'The bridge'] : ['گزارش', 'هزینهٔ پل'];
    const { message_id, text } = await makes('chapters', () => ({
      title: words[1],
      chapters: words.map((title, index) => ({ title, segment: index * 2 + 1 })),
    }));
    expect(text).toContain(`0:00 ${words[0]}`);
    expect(text).toContain(`0:02 ${words[1]}`);
    const document = await file(message_id, 'PDF', `${words[1]}.pdf`);
    expect(await sara.opens(document)).not.toHaveLength(0);
  });

  test('a cleaned text adds no word, and shows what was spoken at a press', async () => {
    const clean = language === 'en' ? 'We talk about the bridge.' : 'ما دربارهٔ پل حرف می‌زنیم.';
    const { message_id, text } = await makes('clean', ({ lines }) => ({
      lines: [
        { number: 2, text: clean },
        { number: 3, text: `${lines.get(3)} Really expensive.` },
      ],
    }));
    expect(text).toContain(`${said[language][0]} ${clean} ${said[language][2]}`);
    expect(text).toContain(sara.word('understanding-left-out', { kind: 'clean', count: 1 }));
    await sara.presses(message_id, sara.word('understanding-button-spoken'));
    await until(() => sara.chat.get(message_id)?.text?.includes(said[language][1] ?? '') || undefined);
    await sara.presses(message_id, sara.word('understanding-button-cleaned'));
    await until(() => sara.chat.get(message_id)?.text?.includes(clean) || undefined);
    const document = await file(message_id, 'PDF', `${sara.word('understanding-title-clean')}.pdf`);
    expect(await sara.opens(document)).not.toHaveLength(0);
  });

  test('a translation comes into the chosen language, and as a document of two columns', async () => {
    const other = language === 'en' ? 'fa' : 'en';
    const name = new Intl.DisplayNames(language, { type: 'language' }).of(other) ?? '';
    const { message_id, text } = await makes(
      'translation',
      ({ lines }) => ({
        lines: [...lines.keys()].map((number) => ({ number, text: said[other][number - 1] })),
      }),
      name,
    );
    expect(text).toContain(said[other][2]);
    const word = await file(message_id, 'Word', `${sara.word('understanding-title-translation')}.docx`);
    expect(await sara.opens(word)).not.toHaveLength(0);
    const pdf = await file(message_id, 'PDF', `${sara.word('understanding-title-translation')}.pdf`);
    expect(await sara.opens(pdf)).not.toHaveLength(0);
  });
});
