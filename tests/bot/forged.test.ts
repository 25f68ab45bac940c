import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DabirError } from '../../src/domain/errors.ts';
import { isolate } from '../../src/texts/format.ts';
import { databaseContents } from '../support/database-contents.ts';
import { deepLinks, forgeries, nonsense } from '../support/forgeries.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

const voice = { kind: 'voice' } as const;

/** Number of forged presses and links; `FORGERIES=10000` runs the long form, `SEED` other ones. */
const count = Number(process.env['FORGERIES'] ?? 1_500);
/** Timeout of each test, in ms: far more than the forgeries take. */
const timeout = 60_000 + 60 * count;
const seed = Number(process.env['SEED'] ?? 8);

let dabir: ScriptedDabir;
beforeAll(async () => {
  // No lease lapses, and nothing is retried, while the test looks.
  dabir = await startScriptedDabir({ settings: { LEASE_SECONDS: '300' }, formsBursts: true });
});
afterAll(() => dabir.close());

describe('forged buttons and links are answered and have no effect on other users:', () => {
  let sara: Person;
  let omid: Person;
  /** The users who forge. */
  const strangers: Person[] = [];
  let ids: readonly number[];
  let buttons: readonly string[];

  beforeAll(async () => {
    sara = await dabir.person('سارا', 'fa');
    omid = await dabir.person('Omid', 'en');
    await livesHere();
    ids = await idsOfAll();
    buttons = [...new Set([...sara.allData(), ...omid.allData()])];
  });

  test('the set-up for forged presses has files in every state and an entry in every list', async () => {
    const files = await dabir.shared.database.transcription.findMany({ select: { state: true } });
    expect(new Set(files.map(({ state }) => state))).toEqual(
      new Set(['CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED']),
    );
    const kinds = new Set(buttons.map((data) => data.split(':')[0]));
    const some = ['engine', 'cancel', 'delete', 'reopen', 'low-confidence', 'burst', 'correct'];
    const lists = ['history', 'settings', 'glossary', 'mydata', 'speech'];
    expect([...some, ...lists].filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  test('other users’ buttons, pressed with real, made-up, corrupted and random data, have no effect on them', {
    timeout,
  }, async () => {
    const forgers = await crowd();
    for (const forger of forgers) {
      await forger.says('/start');
      await until(() => forger.answers().length === 1);
    }
    const before = await everybodyElse();
    const messages = [...sara.chat.keys(), 999_999];
    const pressed = forgeries(buttons, ids, { seed, count: Math.round(count * 0.8) });
    const unanswered: string[] = [];
    await each(forgers, pressed, async (forger, data, index) => {
      const own = forger.answers()[0]?.message_id ?? 0;
      const message = index % 3 === 0 ? own : (messages[index % messages.length] ?? own);
      if (!(await forger.isAnswered(message, data))) unanswered.push(data);
    });
    expect(unanswered).toEqual([]);
    expect(await everybodyElse()).toEqual(before);
  });

  test('a user’s own buttons with corrupted data are answered as unknown', { timeout }, async () => {
    const before = await everything();
    const { message_id } = sara.answers()[0] ?? { message_id: 0 };
    for (const data of nonsense(buttons, { seed, count: Math.round(count * 0.1) })) {
      expect(await sara.forges(message_id, data), JSON.stringify(data)).toBe(sara.word('answer-unknown'));
    }
    expect(await everything()).toEqual(before);
  });

  test('a user’s own buttons have no effect on others after the end of the file', async () => {
    const before = await everything();
    const late = {
      COMPLETED: ['engine:ID:local', 'refresh:ID', 'cancel:ID', 'retry:ID', 'reopen:ID'],
      CANCELLED: ['engine:ID:local', 'refresh:ID', 'cancel:ID', 'retry:ID', 'format:ID:pdf', 'times:ID'],
      FAILED: [
        'engine:ID:local',
        'refresh:ID',
        'cancel:ID',
        'format:ID:pdf',
        'times:ID',
        'low-confidence:ID',
      ],
      PROCESSING: ['engine:ID:local', 'refresh:ID', 'retry:ID', 'reopen:ID', 'format:ID:pdf', 'fix:ID'],
      PENDING: ['refresh:ID', 'retry:ID', 'format:ID:pdf', 'times:ID', 'low-confidence:ID', 'replaced:ID'],
      CHOOSING: ['retry:ID', 'format:ID:pdf', 'times:ID', 'good:ID', 'bad:ID', 'always:ID'],
    } as const;
    // The message of those that have none of their own.
    const burst = await dabir.shared.database.burst.findFirst({ where: { userId: sara.id } });
    for (const [state, actions] of Object.entries(late)) {
      const { id, statusMessageId } = await dabir.shared.database.transcription.findFirstOrThrow({
        where: { userId: sara.id, state: state as keyof typeof late },
      });
      for (const action of actions) {
        const data = action.replace('ID', String(id));
        expect(
          await sara.isAnswered(statusMessageId ?? burst?.messageId ?? 0, data),
          `${state} ${data}`,
        ).toBe(true);
      }
    }
    expect(await everything()).toEqual(before);
  });

  test('made-up links get the usual greeting', { timeout }, async () => {
    // None of these users has a dialog under way.
    const newcomers = await crowd();
    const before = await everybodyElse();
    const links = deepLinks({ seed, count: Math.round(count * 0.1) });
    await each(newcomers, links, async (newcomer, payload) => {
      const said = await newcomer.says(`/start ${payload}`);
      const answer = await until(
        () => newcomer.answers().find(({ message_id }) => message_id > said),
        () => `an answer to /start ${JSON.stringify(payload)}`,
      );
      expect(answer.text, JSON.stringify(payload)).toBe(newcomer.word('start', { name: isolate('Eve') }));
    });
    expect(await everybodyElse()).toEqual(before);
  });

  /** Adds strangers, three for each language. */
  async function crowd(): Promise<Person[]> {
    const languages = ['fa', 'en', 'fa', 'en', 'fa', 'en'];
    const people = await Promise.all(languages.map((language) => dabir.person('Eve', language)));
    strangers.push(...people);
    return people;
  }

  /** Runs all forgeries, from users who do not wait for each other. */
  async function each(
    people: readonly Person[],
    forged: readonly string[],
    act: (person: Person, data: string, index: number) => Promise<void>,
  ): Promise<void> {
    await Promise.all(
      people.map(async (person, turn) => {
        for (let index = turn; index < forged.length; index += people.length)
          await act(person, forged[index] ?? '', index);
      }),
    );
  }

  /** Returns every row, and what two users see. */
  const everything = () => atRest([]);

  /** Returns the same without the strangers' own settings, which they may change. */
  const everybodyElse = () => atRest(strangers);

  /**
   * Waits until every update is handled, nothing is left to send, and two looks in a row find the same. On a slow
   * machine a call to Telegram can take longer than the bot waits for it. The bot then handles the update again, so
   * that its answer can come a second time, seconds after the first.
   */
  async function atRest(except: readonly Person[]): Promise<string[]> {
    let last: string[] = [];
    return until(
      async () => {
        if ((await unhandledUpdates()) > 0 || !(await settled())) return undefined;
        const rows = [
          ...(await databaseContents(dabir.shared.database, except)),
          withoutProgress(sara.transcript()),
          withoutProgress(omid.transcript()),
        ];
        const isSame = isDeepStrictEqual(rows, last);
        last = rows;
        return isSame ? rows : undefined;
      },
      () => 'the bot at rest',
    );
  }

  /** Returns a chat without the edits of a running file, whose estimated progress goes on. */
  const withoutProgress = (chat: string) => chat.replaceAll(/\n.*\n▓.*/g, '');

  /** Gives Sara something of everything; Omid's file is next on the worker, which is busy with hers. */
  async function livesHere(): Promise<void> {
    dabir.engine.next({ says: ['We met mister Shirazi in Rotterdam.'], lowConfidence: { Shirazi: 0.3 } });
    const { note, status } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    await sara.presses(status, sara.word('button-low-confidence', { words: 1 }));
    await sara.reads(sara.word('low-confidence-title'), note);
    const { message_id: text } = await sara.reads('Rotterdam', note);
    await sara.replies(text, 'Shirazi → Shirazy');
    await until(() => sara.allData().some((data) => data.startsWith('correct:')));
    await sara.reads('Shirazy', note);
    await sara.unfolds(status);
    // A picker, which only a file that comes alone has.
    await sara.presses(status, sara.word('button-other'));
    await sara.reads(sara.word('status-choosing'), note);

    dabir.engine.next({ fails: new DabirError('engine_rejected', 'it is told so') }, { holds: true });
    const failed = await sara.asksFor('tone.mp3');
    await sara.ending(failed.note);
    const changed = await sara.status(await sara.sends('tone.ogg', voice));
    await sara.presses(changed.message_id, sara.word('button-cancel'));

    const heard = await sara.asksFor('tone.ogg', voice);
    await until(() => dabir.engine.taken.length === 3);
    await sara.sends('tone.ogg', { ...voice, caption: 'local' });
    await sara.sends('tone.ogg', voice);
    await sara.reads(sara.word('burst-files', { files: 3 }));
    for (const [command, words] of Object.entries({
      '/history': sara.word('history-title'),
      '/settings': sara.word('settings-main'),
      '/glossary': sara.word('glossary-title', { entries: 1, max: 200 }),
      '/mydata': sara.word('mydata-title'),
      '/language': sara.word('language-ask'),
    })) {
      await sara.says(command);
      await sara.reads(words);
    }
    const next = await omid.asksFor('tone.ogg', voice);
    // The last edits of the three status messages: no later one comes.
    await shows(sara, heard.note, sara.word('burst-files', { files: 3 }));
    await shows(omid, next.note, omid.word('status-waiting', { before: 0 }));
  }

  /** Waits until the status message of a file has this text. */
  const shows = (person: Person, note: number, words: string) =>
    until(
      () => person.answers(note)[0]?.text?.includes(words),
      () => `${words}\n${person.transcript()}`,
    );

  /** Returns the number of updates that the bot has not confirmed to Telegram. */
  async function unhandledUpdates(): Promise<number> {
    const response = await fetch(`${dabir.playground.apiRoot}/bot${dabir.playground.token}/getWebhookInfo`);
    const { result } = (await response.json()) as { result: { pending_update_count: number } };
    return result.pending_update_count;
  }

  /** Returns whether no delivery is under way. */
  const settled = async () => (await dabir.shared.database.delivery.count({ where: { sentAt: null } })) === 0;

  /** Returns the ids of every row of theirs. */
  async function idsOfAll(): Promise<number[]> {
    const { database } = dabir.shared;
    const rows = await Promise.all([
      database.transcription.findMany({ select: { id: true } }),
      database.correction.findMany({ select: { id: true } }),
      database.glossaryEntry.findMany({ select: { id: true } }),
      database.burst.findMany({ select: { id: true } }),
      database.user.findMany({ select: { id: true } }),
    ]);
    return rows.flat().map(({ id }) => Number(id));
  }
});
