import { afterAll, beforeAll, expect, test } from 'vitest';
import { LoopWatch } from '../../support/event-loop.ts';
import { manyWords, passageOf } from '../../support/large-texts.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { transcriptsOf } from '../../support/transcripts.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
let sara: Person;
let transcriptText: number;
const watch = new LoopWatch();
const sentences = manyWords(16_600);

beforeAll(async () => {
  dabir = await startScriptedDabir();
  sara = await dabir.person('Sara', 'en');
  const { transcript } = transcriptsOf(
    () => dabir,
    () => sara,
  );
  const { text } = await transcript(...sentences);
  transcriptText = text.message_id;
});
afterAll(async () => {
  watch.stop();
  await dabir.close();
});

/**
 * Runs `work` and expects that nothing blocks the event loop, which bot, worker, playground and test share.
 */
async function nobodyWaits(work: () => Promise<unknown>): Promise<void> {
  watch.reset();
  await work();
  expect(await watch.longestMs()).toBeLessThan(100);
}

test('a reply of 300 words to a transcript of 16,600 does not block the event loop, whether it is accepted or too long', () =>
  nobodyWaits(async () => {
    const reply = await sara.replies(
      transcriptText,
      passageOf(
        sentences.map((text) => ({ text })),
        300,
      ),
    );
    await sara.reads(new RegExp(`^✓|^${sara.word('correct-long').slice(0, 20)}`), reply);
  }));

test.each([
  ['combining marks', '\u0301'],
  ['zero-width joiners', '\u200d'],
  ['bidi overrides', '\u202e'],
  ['half-spaces', 'ن\u200c'],
  ['links', 'a.b/c '],
])(
  '4,096 units of %s do not block the event loop as a text, a reply, a search, a caption or a command',
  (_, unit) =>
    nobodyWaits(async () => {
      const text = unit.repeat(4096 / unit.length);
      await sara.says(`x${text}`.slice(0, 4096));
      await sara.replies(transcriptText, `x${text}`.slice(0, 4096));
      await sara.says(`/history ${text}`.slice(0, 4096));
      await sara.searches(text.slice(0, 256));
      await sara.sends('tone.ogg', { kind: 'voice', caption: text.slice(0, 1024) });
      // Updates of a chat are answered in order, so all before it were answered.
      const pages = () => sara.answers().filter(({ text }) => text === sara.word('privacy-page')).length;
      const before = pages();
      await sara.says('/privacy');
      await until(() => pages() > before);
    }),
);
