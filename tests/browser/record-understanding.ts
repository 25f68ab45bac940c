/**
 * `node tests/browser/record-understanding.ts` records what a language model makes of a text, in both languages, in
 * docs/pictures/understanding. The model is a server on this machine that says what the transcript says.
 */
import { OwnPostgres } from '../support/own-postgres.ts';
import type { Person } from '../support/person.ts';
import { startScriptedDabir } from '../support/scripted-dabir.ts';
import { ScriptedEngine } from '../support/scripted-engine.ts';
import { type ModelCall, startScriptedModel } from '../support/scripted-model.ts';
import { until } from '../support/until.ts';
import { launchForPictures, savePicture } from './pictures.ts';

const talks = {
  fa: {
    name: 'سارا',
    says: [
      'جلسهٔ امروز دربارهٔ پل تازه است.',
      'هزینهٔ پل ۳۰۰ هزار دلار است و شهرداری نصف آن را می‌دهد.',
      'مریم گزارش را تا فردا ساعت ۱۴:۳۰ می‌نویسد.',
      'رضا هم نقشه را تا پنجشنبه می‌آورد.',
    ],
    who: ['مریم', 'رضا'],
    due: ['فردا ساعت ۱۴:۳۰', 'پنجشنبه'],
    other: 'en',
    question: 'هزینهٔ پل چقدر است؟',
  },
  en: {
    name: 'Sara',
    says: [
      'Today’s meeting is about the new bridge.',
      'The bridge costs 300 thousand dollars, and the city pays half of it.',
      'Mary writes the report until tomorrow at 14:30.',
      'And Reza brings the drawing until Thursday.',
    ],
    who: ['Mary', 'Reza'],
    due: ['tomorrow at 14:30', 'Thursday'],
    other: 'fa',
    question: 'What does the bridge cost?',
  },
} as const;

const postgres = await OwnPostgres.start();
const model = await startScriptedModel();
const engine = new ScriptedEngine();
const prices = { LLM_PRICE_IN: '2.5', LLM_PRICE_OUT: '10' };
const dabir = await startScriptedDabir({
  ...{ databaseUrl: postgres.url, engine, others: [] },
  settings: { ...model.settings, ...prices },
});
const browser = await launchForPictures();
const patience = { timeout: 60_000 };
for (const language of ['fa', 'en'] as const) {
  const { name, says, who, due, other, question } = talks[language];
  const page = await browser.newPage({
    locale: language === 'fa' ? 'fa-IR' : 'en-GB',
    colorScheme: language === 'fa' ? 'light' : 'dark',
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Tehran',
    viewport: { width: 960, height: 900 },
  });
  const person: Person = await dabir.person(name, language);
  await page.goto(`${dabir.playground.url}/#${person.id}`);
  const keep = async (picture: string) => {
    // Waits until the notices above the chat are gone.
    await page.waitForTimeout(5_000);
    await savePicture(page, `understanding/${picture}-${language}`);
  };
  const statements = (lines: ModelCall['lines'], numbers: readonly number[]) =>
    numbers.map((number) => {
      const text = lines.get(number) ?? '';
      return { text, quote: text.replace(/\.$/, ''), segments: [number], names: [] };
    });
  engine.next({ says, detects: { language, probability: 1 } });
  const note = await person.sends('tone.ogg', { kind: 'voice', seconds: 4 });
  await person.ending(note);
  const { message_id: status } = await person.status(note);
  const makes = async (kind: string, answer: (call: ModelCall) => unknown, choice?: string) => {
    model.answers(answer);
    if (person.dataOf(status, person.word(`button-understand-${kind}`)) === '')
      await person.presses(status, person.word('button-understand-more'));
    await person.presses(status, person.word(`button-understand-${kind}`));
    if (choice !== undefined) await person.presses(status, choice);
    const title = person.word(`understanding-title-${kind}`);
    const foot = person.word('understanding-made-by', { kind, model: '\u2068scripted\u2069' });
    const { message_id } = await until(() =>
      person.answers(note).find(({ text = '' }) => text.startsWith(`${title}\n`) && text.includes(foot)),
    );
    await page.getByRole('log').getByText(title).last().waitFor(patience);
    return message_id;
  };
  await person.unfolds(status);
  await person.presses(status, person.word('button-understand-more'));
  await keep('kinds');
  await makes('summary', ({ lines }) => ({ statements: statements(lines, [1, 2, 3]) }));
  await keep('summary');
  const tasks = await makes('tasks', ({ lines }) => ({
    tasks: statements(lines, [3, 4]).map((statement, index) => ({
      ...statement,
      ...{ names: [who[index]], who: who[index], due: due[index], amounts: [] },
    })),
  }));
  await person.presses(tasks, '☐ ');
  await person.presses(tasks, person.word('understanding-button-ics'));
  await keep('tasks');
  const target = new Intl.DisplayNames(language, { type: 'language' }).of(other) ?? '';
  await makes(
    'translation',
    ({ lines }) => ({
      lines: [...lines.keys()].map((number) => ({ number, text: talks[other].says[number - 1] })),
    }),
    target,
  );
  model.answers(({ lines }) => ({ isAnswered: true, statements: statements(lines, [2]) }));
  const asked = await person.says(`/ask ${question}`);
  await person.reads(question, asked);
  await person.reads(/[1۱]\. /, asked);
  await keep('ask');
  await page.close();
}
await browser.close();
await dabir.close();
await model.close();
await postgres.remove();
