import { afterAll, beforeAll, expect, test } from 'vitest';
import { Group } from '../support/group.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

/**
 * What the commonest paths cost a user and Telegram. Lower a number when a change makes a path cheaper; raise it only
 * with a reason beside it.
 */

let one: ScriptedDabir;
let several: ScriptedDabir;
beforeAll(async () => {
  one = await startScriptedDabir({ others: [], formsBursts: true });
  several = await startScriptedDabir({ formsBursts: true });
});
afterAll(() => Promise.all([one.close(), several.close()]));

const voice = { kind: 'voice' } as const;

/** Methods that neither show anything in a chat nor answer a press, and progress. */
const uncounted = /^(get|sendChatAction|set|delete(My|Webhook))/;

type Call = ReturnType<ScriptedDabir['playground']['calls']>[number];

/** Counts the calls in a chat during some work, and those of them that make a sound. */
async function counting(dabir: ScriptedDabir, work: () => Promise<unknown>) {
  const before = dabir.playground.calls().length;
  await work();
  const calls = dabir.playground
    .calls()
    .slice(before)
    .filter((call) => !uncounted.test(call.method) && !isProgress(call));
  const sounds = calls.filter(
    ({ method, parameters }) =>
      method.startsWith('send') && `${parameters['disable_notification']}` !== 'true',
  );
  return { calls: calls.map(({ method }) => method), sounds: sounds.length };
}

/** Returns whether an edit shows how far a job is, which only a file that takes longer has. */
function isProgress({ method, parameters: { text } }: Call): boolean {
  return method === 'editMessageText' && typeof text === 'string' && /…$|…\n|[▓░]/.test(text);
}

/** Returns what the user sees in answer to a note. */
function screenOf(person: Person, note: number) {
  const answers = person.answers(note);
  return {
    texts: answers.filter(({ text }) => text !== undefined).length,
    albums: new Set(answers.flatMap(({ media_group_id }) => media_group_id ?? [])).size,
    buttons: answers.flatMap(({ reply_markup }) => reply_markup?.inline_keyboard.flat() ?? []).length,
  };
}

test.each(['fa', 'en'])(
  'one engine (%s): no tap, one text that was the status, one album, no sound',
  async (language) => {
    const sara = await one.person('Sara', language);
    let note = 0;
    const { calls, sounds } = await counting(one, async () => {
      note = await sara.sends('tone.ogg', voice);
      expect(await sara.ending(note)).toBe('✓ سلام دنیا');
    });
    expect(calls).toEqual(['sendMessage', 'editMessageText', 'sendMediaGroup']);
    expect(sounds).toBe(0);
    expect(screenOf(sara, note)).toEqual({ texts: 1, albums: 1, buttons: 2 });
    expect(sara.copies((await sara.status(note)).message_id)).toEqual(['سلام دنیا']);
  },
);

test('several engines: one tap more, and its answer', async () => {
  const sara = await several.person('Sara', 'en');
  let note = 0;
  const { calls, sounds } = await counting(several, async () => {
    ({ note } = await sara.asksFor('tone.ogg', voice));
    await sara.ending(note);
  });
  expect(calls.toSorted()).toEqual(
    ['sendMessage', 'answerCallbackQuery', 'editMessageText', 'editMessageText', 'sendMediaGroup'].toSorted(),
  );
  expect(sounds).toBe(0);
  expect(screenOf(sara, note)).toEqual({ texts: 1, albums: 1, buttons: 2 });
});

test('several engines, one of them always: as cheap as one engine', async () => {
  const sara = await several.person('Sara', 'en');
  await sara.ending((await sara.asksFor('tone.ogg', voice)).note);
  const second = await sara.sends('tone.ogg', voice);
  await sara.presses((await sara.status(second)).message_id, sara.word('button-always', { engine: 'LOCAL' }));
  await sara.ending(second);
  let note = 0;
  const { calls, sounds } = await counting(several, async () => {
    note = await sara.sends('tone.ogg', voice);
    await sara.ending(note);
  });
  expect(calls).toEqual(['sendMessage', 'editMessageText', 'sendMediaGroup']);
  expect(sounds).toBe(0);
  expect(screenOf(sara, note)).toEqual({ texts: 1, albums: 1, buttons: 2 });
});

/** Returns what thirty forwarded notes have left in the chat. */
function screenOfAll(person: Person) {
  const answers = person.answers();
  return {
    texts: answers.filter(({ text }) => text !== undefined).length,
    files: answers.filter(({ document }) => document !== undefined).length,
    buttons: answers.flatMap(({ reply_markup }) => reply_markup?.inline_keyboard.flat() ?? []).length,
  };
}

const many = 30;

/** Forwards thirty notes; returns the ids. */
async function forwardsMany(person: Person): Promise<number[]> {
  const notes: number[] = [];
  for (let count = 0; count < many; count += 1) {
    notes.push(await person.sends('tone.ogg', { kind: 'voice', forward: 'Omid' }));
  }
  return notes;
}

/** Counts the calls by method, without the updates of the one message, whose number depends on the time. */
function tally(calls: readonly string[]) {
  return Object.fromEntries(
    Object.entries(Object.groupBy(calls, (method) => method)).map(([method, all]) => [method, all?.length]),
  );
}

/** Number of albums with the three files of each note, nine to an album; more when one was sent before it was full. */
const fewestAlbums = many / 3;
const mostAlbums = 2 * fewestAlbums;

/** Maximum updates of the message of a burst in these tests; three seconds and more are between two of them. */
const maxUpdates = 12;

test('thirty forwarded notes, one engine: no tap, one message besides the answers, no sound', async () => {
  const sara = await one.person('Sara', 'en');
  const { calls, sounds } = await counting(one, async () => {
    for (const note of await forwardsMany(sara)) await sara.ending(note);
    await sara.reads(sara.word('burst-all-done'));
  });
  const { editMessageText: updates = 0, sendMediaGroup: albums = 0, ...others } = tally(calls);
  expect(others).toEqual({ sendMessage: many + 1 });
  expect(albums).toBeGreaterThanOrEqual(fewestAlbums);
  expect(albums).toBeLessThanOrEqual(mostAlbums);
  expect(updates).toBeLessThanOrEqual(maxUpdates);
  expect(sounds).toBe(0);
  // Copy and ⋯ under each text; the offer of one document under the message of all.
  expect(screenOfAll(sara)).toEqual({ texts: many + 1, files: 3 * many, buttons: 2 * many + 2 });
});

test('thirty forwarded notes, several engines: one tap for all', async () => {
  const sara = await several.person('Sara', 'en');
  const { calls, sounds } = await counting(several, async () => {
    const notes = await forwardsMany(sara);
    const { message_id } = await sara.reads(sara.word('burst-files', { files: many }));
    await sara.presses(message_id, sara.word('burst-button-all', { engine: 'LOCAL' }));
    for (const note of notes) await sara.ending(note);
    await sara.reads(sara.word('burst-all-done'));
  });
  const { editMessageText: updates = 0, sendMediaGroup: albums = 0, ...others } = tally(calls);
  expect(others).toEqual({ sendMessage: many + 1, answerCallbackQuery: 1 });
  expect(albums).toBeLessThanOrEqual(mostAlbums);
  expect(updates).toBeLessThanOrEqual(maxUpdates);
  expect(sounds).toBe(0);
  expect(screenOfAll(sara)).toEqual({ texts: many + 1, files: 3 * many, buttons: 2 * many + 2 });
});

test('a voice note in a group: one message, and no sound', async () => {
  const [sara, omid] = [await one.person('Sara', 'en'), await one.person('Omid', 'en')];
  const group = await Group.found(one.playground.url, sara, [omid]);
  await group.reads(sara.word('groups-hello'));
  const { calls, sounds } = await counting(one, async () => {
    const audio = await group.voice(omid);
    await group.says(sara, '/transcribe', { replyTo: audio });
    await group.ends(audio);
    expect(await group.answers(audio)).toHaveLength(1);
  });
  expect(calls).toEqual(['sendMessage', 'editMessageText']);
  expect(sounds).toBe(0);
});

test('a file that ends long after the user’s last action comes as a new message with a sound, and its status goes', async () => {
  const late = await startScriptedDabir({ others: [], attentionMs: 0, formsBursts: true });
  try {
    const sara = await late.person('Sara', 'en');
    late.engine.next({ holds: true });
    const note = await sara.sends('tone.ogg', voice);
    const { message_id: status } = await sara.status(note);
    await until(() => late.engine.taken.length === 1);
    const { sounds } = await counting(late, async () => {
      late.engine.release();
      expect(await sara.ending(note)).toBe('✓ سلام دنیا');
    });
    expect(sounds).toBe(1);
    expect(sara.chat.has(status)).toBe(false);
    expect(screenOf(sara, note)).toEqual({ texts: 1, albums: 1, buttons: 2 });
    // Its buttons act on the new message, and a failure is told in the same way.
    const { message_id: text } = await sara.status(note);
    await sara.presses(text, sara.word('button-delete'));
    await sara.presses(text, sara.word('button-erase'));
    await sara.reads(sara.word('status-deleted'), note);
    await until(() => sara.answers(note).length === 1);

    // Of several files only the last one makes a sound.
    late.engine.next({ holds: true, says: ['one'] }, { says: ['two'] });
    const notes = [
      await sara.sends('tone.mp3', { kind: 'audio' }),
      await sara.sends('tone.flac', { kind: 'audio' }),
    ];
    await sara.reads(sara.word('burst-files', { files: 2 }));
    await until(() => late.engine.taken.length === 2);
    const both = await counting(late, async () => {
      late.engine.release();
      for (const each of notes) await sara.ending(each);
    });
    expect(both.sounds).toBe(1);

    // Of several files in one document only the document does.
    late.engine.next({ holds: true, says: ['three'] }, { says: ['four'] }, {});
    for (let count = 0; count < 3; count += 1) await sara.sends('tone.ogg', voice);
    const { message_id: burst } = await sara.reads(sara.word('burst-files', { files: 3 }));
    await sara.presses(burst, sara.word('burst-button-bundle'));
    await until(() => late.engine.taken.length === 4);
    const bundle = await counting(late, async () => {
      late.engine.release();
      await sara.reads('four');
    });
    expect(bundle.sounds).toBe(1);
  } finally {
    await late.close();
  }
});
