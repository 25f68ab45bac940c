import { unzipSync } from 'fflate';
import { raw } from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyRetention } from '../../../src/features/my-data/apply-retention.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ settings: { KEEP_TRANSCRIPTS_DAYS: '90' } });
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

describe.each(['fa', 'en'])('/mydata (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });

  const hears = async (person: Person, text: string) => {
    dabir.engine.next({ says: [text] });
    const { note, status } = await person.asksFor('tone.ogg', voice);
    await person.ending(note);
    return { note, status };
  };
  const opens = async (person: Person) => {
    await person.says('/mydata');
    return (await person.reads(person.word('mydata-title'))).message_id;
  };
  /** Goes up to the question for the word that confirms an erasure. */
  const asksToForget = async (person: Person) => {
    const menu = await opens(person);
    await person.presses(menu, person.word('mydata-button-erase'));
    await person.reads(person.word('mydata-erase-page', { word: person.word('mydata-word') }));
    return menu;
  };
  /** Returns the tables that still hold rows of a user, with their number. */
  const rowsOf = async ({ id }: Person): Promise<Record<string, number>> => {
    const { database } = dabir.shared;
    const columns = await database.query<{ table: string; column: string }[]>`
      SELECT table_name::text AS table, column_name::text AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'bigint'
         AND (column_name ~* 'user|actor|madeBy|chatId' OR (table_name IN ('user', 'chat') AND column_name = 'id'))`;
    const found: Record<string, number> = {};
    for (const { table, column } of columns) {
      const [row] = await database.query<{ rows: number }[]>`
        SELECT count(*)::int AS rows FROM ${raw(`"${table}"`)} WHERE ${raw(`"${column}"`)} = ${id}`;
      if (row !== undefined && row.rows > 0) found[table] = row.rows;
    }
    return found;
  };
  const forgotten = (person: Person, files: number, stays: boolean) =>
    person.reads(person.word('mydata-erased', { files, stays: String(stays) }));

  test('/mydata says what is kept, and /privacy describes the rest', async () => {
    await hears(sara, 'سلام');
    await sara.says('/mydata');
    const { text } = await sara.reads(sara.word('mydata-title'));
    expect(text).toContain(sara.word('mydata-glossary', { count: 0 }));
    expect(text).toContain(language === 'fa' ? '۱ متن' : '1 transcript');
    await sara.says('/privacy');
    await sara.reads(sara.word('privacy-page'));
  });

  /** Returns the archives that came, each as its files by name. */
  const archivesOf = async (person: Person) => {
    const sent = person.answers().filter(({ document }) => document?.file_name?.endsWith('.zip'));
    return Promise.all(sent.map(async (message) => unzipSync(await person.opens(message))));
  };
  /** Exports everything with /mydata, with or without Word and PDF, up to the end. */
  const exports = async (person: Person, kind: 'texts' | 'documents') => {
    const menu = await opens(person);
    await person.presses(menu, person.word('mydata-button-export'));
    await person.reads(person.word('mydata-export-page'));
    expect(await person.presses(menu, person.word(`mydata-export-${kind}`))).toBe(
      person.word('mydata-export-begun'),
    );
    await person.reads(person.word('mydata-exported', { archives: 1 }));
    return menu;
  };
  const written = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

  test('/mydata exports texts, documents and all rows of this user alone as a file', async () => {
    const omid = await dabir.person('Omid', language);
    await hears(omid, 'راز امید');
    await hears(sara, 'سلام دنیا');
    const { note } = await hears(sara, 'حرف دوم');
    await sara.replies(note, 'حرف -> سخن');
    await sara.says('/language de');
    await exports(sara, 'documents');
    const [sent] = sara.answers().filter(({ document }) => document?.file_name?.endsWith('.zip'));
    expect(sent?.document?.file_name).toBe(`${sara.word('mydata-archive-name')}.zip`);
    expect(sent?.caption).toBeUndefined();
    const [archive = {}, ...others] = await archivesOf(sara);
    expect(others).toEqual([]);
    const names = Object.keys(archive);
    expect(
      names
        .map((name) => name.split('.').at(-1))
        .toSorted()
        .join(' '),
    ).toMatch(/^docx docx( json)+ pdf pdf txt txt$/);
    const texts = names.filter((name) => name.endsWith('.txt')).map((name) => written(archive[name]));
    expect(texts.join()).toMatch(/سلام دنیا.*(حرف|سخن) دوم/s);
    const [user] = JSON.parse(written(archive['user.json']));
    expect(user).toMatchObject({ id: sara.id, firstName: 'Sara' });
    expect(JSON.parse(written(archive['setting.json']))).toMatchObject([{ speechLanguage: 'de' }]);
    const first = names.find((name) => name.endsWith('data.json')) ?? '';
    const data = JSON.parse(written(archive[first]));
    expect(data.transcript).toMatchObject([{ text: 'سلام دنیا' }]);
    expect(data.delivery.length).toBeGreaterThan(1);
    expect(names.map((name) => written(archive[name])).join()).not.toContain('امید');
  });

  test('/mydata makes one export for two requests; a user without files gets the account’s data', async () => {
    const menu = await opens(sara);
    const page = await opens(sara);
    await sara.forges(menu, 'mydata:export:texts');
    expect(await sara.forges(page, 'mydata:export:texts')).toBe(sara.word('mydata-export-already'));
    await sara.reads(sara.word('mydata-exported', { archives: 1 }));
    const [archive = {}, ...others] = await archivesOf(sara);
    expect(others).toEqual([]);
    expect(Object.keys(archive)).toContain('user.json');
  });

  test('/mydata erases files under way, texts, messages and the account when the word is written', async () => {
    const { note, status } = await hears(sara, 'راز من');
    await sara.says('/history');
    const { message_id: history } = await sara.reads(sara.word('history-title'));
    // So are the messages about the glossary, which hold the user's own words.
    await dabir.shared.glossary.add(sara.id, null, 'Shirazi');
    await sara.says('/glossary');
    const { message_id: glossary } = await until(() =>
      sara.answers().find(({ message_id }) => sara.buttons(message_id).join().includes('Shirazi')),
    );
    await sara.presses(glossary, sara.word('glossary-button-add'));
    const { message_id: question } = await sara.reads(sara.word('glossary-ask'));
    await sara.says('Dabirpour');
    const { message_id: learnt } = await sara.reads('Dabirpour');
    await sara.says('/settings');
    dabir.engine.next({ holds: true });
    const running = await sara.asksFor('tone.mp3');
    const before = dabir.engine.taken.length;
    await until(() => dabir.engine.taken.length > before - 1);
    const waiting = await sara.sends('tone.m4a');
    await sara.status(waiting);
    await asksToForget(sara);
    await sara.says(sara.word('mydata-word'));
    await forgotten(sara, 3, true);
    // The bot's messages about files are gone, with what the history showed.
    const stillThere = () => [note, running.note, waiting].flatMap((of) => sara.answers(of));
    await until(() => ![glossary, question, learnt].some((id) => sara.chat.has(id)));
    await until(() => stillThere().length === 0 && !sara.chat.has(history) && !sara.chat.has(status));
    await until(() => dabir.engine.taken.at(-1)?.signal.aborted);
    // Only the user's id with the usage that quotas need.
    expect(Object.keys(await rowsOf(sara)).toSorted()).toEqual(['lane', 'usage', 'user']);
    const { firstName, username, languageCode } = await dabir.shared.database.user.findUniqueOrThrow({
      where: { id: sara.id },
    });
    expect({ firstName, username, languageCode }).toEqual({
      firstName: '',
      username: null,
      languageCode: null,
    });
    // 31 days later that is gone, too.
    await dabir.shared.database.user.update({
      where: { id: sara.id },
      data: { erasedAt: new Date(Date.now() - 32 * 86_400_000) },
    });
    await applyRetention(dabir.shared, null);
    expect(await rowsOf(sara)).toEqual({});
  });

  test('/mydata leaves no row of a user who sent nothing; a user who returns is new', async () => {
    await asksToForget(sara);
    await sara.says(sara.word('mydata-word').toUpperCase().replaceAll(' ', '  '));
    await forgotten(sara, 0, false);
    expect(await rowsOf(sara)).toEqual({});
    await sara.says('/start');
    await sara.reads('\u2068Sara\u2069');
    expect((await dabir.shared.accounts.find(sara.id))?.firstName).toBe('Sara');
  });

  test('/mydata lifts neither a block nor a quota by an erasure', async () => {
    await asksToForget(sara);
    await dabir.shared.accounts.setQuota(sara.id, { minutesADay: 1 });
    await sara.says(sara.word('mydata-word'));
    await forgotten(sara, 0, true);
    await sara.says('/queue');
    await sara.reads(sara.word('queue-empty'));
    expect((await dabir.shared.accounts.find(sara.id))?.quota.minutesADay).toBe(1);
  });

  test('/mydata erases nothing after another message, an upload or “no”; the word too late has no effect and says so', async () => {
    const menu = await asksToForget(sara);
    await sara.says('بله');
    await hears(sara, 'سلام');
    await sara.presses(menu, sara.word('mydata-button-stay'));
    await sara.says(sara.word('mydata-word'));
    await sara.reads(sara.word('mydata-too-late'));

    await asksToForget(sara);
    await dabir.shared.database.erasure.update({
      where: { userId: sara.id },
      data: { askedAt: new Date(Date.now() - 11 * 60_000) },
    });
    await sara.says(sara.word('mydata-word'));
    await until(
      () => sara.answers().filter(({ text }) => text === sara.word('mydata-too-late')).length === 2,
    );
    expect(
      await dabir.shared.database.transcript.count({ where: { transcription: { userId: sara.id } } }),
    ).toBe(1);
  });

  test('/mydata begins one erasure for a word that is written twice at once, from two phones', async () => {
    const { erasures } = dabir.shared;
    await asksToForget(sara);
    const begun = await Promise.all([1, 2, 3].map(() => erasures.begin(sara.id, language, 60_000)));
    expect(begun.filter(Boolean)).toHaveLength(1);
    await forgotten(sara, 0, false);
  });

  test('/mydata accepts the word also after a restart of the bot', async () => {
    await asksToForget(sara);
    await dabir.restartBot();
    await sara.says(sara.word('mydata-word'));
    await forgotten(sara, 0, false);
  });

  test('/mydata continues in another process after a worker died, with what is left to delete and after the last archive', async () => {
    const { note } = await hears(sara, 'یکم');
    await hears(sara, 'دوم');
    const { database } = dabir.shared;
    const { seq } = await database.transcription.findFirstOrThrow({
      where: { userId: sara.id, messageId: note },
    });
    await database.export.create({ data: { userId: sara.id, documents: false, archives: 1, lastSeq: seq } });
    await sara.reads(sara.word('mydata-exported', { archives: 2 }));
    const [second = {}, ...others] = await archivesOf(sara);
    expect(others).toEqual([]);
    expect(Object.keys(second).map((name) => name.split('.').at(-1))).toEqual(['json', 'txt']);

    // One of three files was gone before.
    await database.erasure.create({
      data: { userId: sara.id, languageCode: language, begunAt: new Date(), files: 1 },
    });
    await forgotten(sara, 3, true);
  });

  test('/mydata deletes older transcripts by the user’s own retention, and keeps the messages', async () => {
    const { note } = await hears(sara, 'کهنه');
    const { note: young } = await hears(sara, 'تازه');
    const omid = await dabir.person('Omid', language);
    await hears(omid, 'برای همیشه');
    const age = async (person: Person, text: string) => {
      const row = await dabir.shared.database.transcript.findFirstOrThrow({
        where: { text, transcription: { userId: person.id } },
      });
      await dabir.shared.database.transcription.update({
        where: { id: row.transcriptionId },
        data: { finishedAt: new Date(Date.now() - 25 * 3_600_000) },
      });
    };
    await age(sara, 'کهنه');
    await age(omid, 'برای همیشه');
    const menu = await opens(sara);
    await sara.presses(
      menu,
      sara.word('mydata-button-retention', { time: sara.word('mydata-time-days', { days: 90 }) }),
    );
    await until(() => sara.buttons(menu).includes(sara.word('mydata-time-hours', { hours: 24 })));
    await sara.presses(menu, sara.word('mydata-time-hours', { hours: 24 }));
    await sara.reads(sara.word('mydata-retention', { time: sara.word('mydata-time-hours', { hours: 24 }) }));
    const his = await opens(omid);
    await omid.presses(
      his,
      omid.word('mydata-button-retention', { time: omid.word('mydata-time-days', { days: 90 }) }),
    );
    await until(() => omid.buttons(his).includes(omid.word('mydata-time-always')));
    await omid.presses(his, omid.word('mydata-time-always'));
    await omid.reads(omid.word('mydata-retention', { time: omid.word('mydata-time-always') }));

    // "Reset settings" in /settings does not change the retention.
    await dabir.shared.settings.reset(omid.id);
    // For all other users the operator's limit of a day applies.
    await applyRetention(dabir.shared, 86_400_000);
    await sara.says('/history');
    const { text } = await sara.reads(sara.word('history-title'));
    expect(text).toContain('تازه');
    expect(text).not.toContain('کهنه');
    await omid.says('/history');
    expect((await omid.reads(omid.word('history-title'))).text).toContain('برای همیشه');
    for (const of of [note, young]) expect(sara.answers(of).length).toBeGreaterThan(1);
  });

  test('/mydata ignores presses that no button offered, and answers them', async () => {
    const menu = await opens(sara);
    for (const data of ['mydata:retention:1', 'mydata:retention:-1', 'mydata:erase:now', 'mydata:']) {
      expect(await sara.forges(menu, data)).toBe(sara.word('answer-unknown'));
    }
    expect(await dabir.shared.retention.retentionHours(sara.id)).toBeNull();
  });
});
