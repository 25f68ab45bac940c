import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DabirError } from '../../../src/domain/errors.ts';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir({ formsBursts: true });
  // The rhythm of the updates is tested by itself; here nobody waits for it.
  await dabir.shared.database.execute`
    CREATE OR REPLACE FUNCTION burst_update_interval(p_burst burst) RETURNS interval LANGUAGE sql STABLE AS $$
      SELECT interval '0.1 seconds' $$`;
});
afterAll(() => dabir.close());

const voice = { kind: 'voice' } as const;

describe.each(['fa', 'en'])('files that arrive together (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
    dabir.engine.taken.splice(0);
  });
  const from = (name: string) => ({ kind: 'voice', forward: name }) as const;
  const all = () => sara.word('burst-button-all', { engine: 'LOCAL' });
  const texts = (note: number) => sara.answers(note).flatMap(({ text }) => text ?? []);
  const files = (note: number) => sara.answers(note).filter(({ document }) => document);
  const filesOf = (count: number) => sara.word('burst-files', { files: count });
  const states = async () =>
    (
      await dabir.shared.database.transcription.findMany({
        where: { userId: sara.id },
        orderBy: { id: 'asc' },
      })
    ).map(({ state }) => state);
  /** Sends voice notes at once; returns their ids. */
  const sends = async (count: number, sending: Parameters<Person['sends']>[1] = voice) => {
    const notes: number[] = [];
    for (let sent = 0; sent < count; sent += 1) notes.push(await sara.sends('tone.ogg', sending));
    return notes as [number, number, ...number[]];
  };
  /** Waits until the message of the burst has this count of files; returns its id. */
  const burst = async (first: number, count: number) => (await sara.reads(filesOf(count), first)).message_id;
  const title = (count: number, facts: Record<string, number>, key = 'burst-title') =>
    sara.word(key, {
      files: count,
      facts: Object.entries(facts)
        .map(([fact, number]) => sara.word(`burst-${fact}`, { count: number }))
        .reduce((some, more) => sara.word('burst-and', { some, more })),
    });

  test('one message speaks for files that arrive together: the picker of the first becomes it, and one tap starts all', async () => {
    dabir.engine.next({ holds: true, says: ['one'] }, { says: ['two'] }, { says: ['three'] });
    const notes = await sends(3);
    const [first, second, third] = notes;
    const picker = await sara.status(first);
    const message = await burst(first, 3);
    expect(message).toBe(picker.message_id);
    expect(sara.answers()).toHaveLength(1);
    expect(sara.chat.get(message)?.text).toContain(sara.word('burst-choosing'));
    expect(sara.buttons(message).filter((label) => label.includes('LOCAL'))).toHaveLength(1);
    expect(sara.buttons(message).slice(2)).toEqual(
      ['bundle', 'never', 'separate', 'cancel'].map((action) => sara.word(`burst-button-${action}`)),
    );
    expect(await sara.presses(message, all())).toBe(sara.word('answer-started'));
    await sara.reads(title(3, { running: 1, waiting: 2 }));
    await until(() => dabir.engine.taken.length === 1);
    dabir.engine.release();
    await sara.reads('one', first);
    await sara.reads('two', second);
    await sara.reads('three', third ?? 0);
    const { message_id } = await sara.reads(sara.word('burst-all-done'));
    expect(message_id).toBe(message);
    expect(sara.answers().filter(({ document }) => document === undefined)).toHaveLength(4);
    // Their files come in one album, after the last text.
    await until(() => files(first).length === 9);
    expect(files(second)).toEqual([]);
  });

  test('an album holds the files of several texts, and a correction or a deletion changes those of its own text', async () => {
    dabir.engine.next({ holds: true, says: ['one fish'] }, { says: ['two fish'] });
    const [first, second] = await sends(2, { kind: 'voice', caption: 'local' });
    await until(() => dabir.engine.taken.length === 1);
    await burst(first, 2);
    dabir.engine.release();
    await sara.reads('two fish', second);
    // On a busy machine an album may go out before the other is there.
    const all = () => sara.answers().filter(({ document }) => document);
    const named = (name: string) => all().find(({ document }) => document?.file_name === name);
    const names = () => all().map(({ document }) => document?.file_name);
    const filesOf = (name: string) => ['txt', 'docx', 'pdf'].map((format) => `${name}.${format}`);
    await until(() => all().length === 6);
    expect(names().toSorted()).toEqual([...filesOf('one fish'), ...filesOf('two fish')].toSorted());
    const messageId = named('two fish.txt')?.message_id ?? 0;
    // A reply finds its text once the album is recorded as sent.
    const own = { chatId: sara.id, messageId };
    await until(() => dabir.shared.database.answerMessage.count({ where: own }));
    await sara.replies(messageId, 'two -> three');
    await sara.reads('three fish', second);
    const corrected = await until(() => named('three fish.txt'));
    expect(Buffer.from(await sara.opens(corrected)).toString()).toContain('three fish');
    await until(() => names().includes('three fish.pdf'));
    expect(names().toSorted()).toEqual([...filesOf('one fish'), ...filesOf('three fish')].toSorted());
    const { message_id: text } = await sara.reads('one fish', first);
    await sara.presses(text, sara.word('button-delete'));
    await sara.presses(text, sara.word('button-erase'));
    await until(() => all().length === 3);
    expect(names().toSorted()).toEqual(filesOf('three fish').toSorted());
  });

  test('files that arrive together with an engine each start by themselves, and one message counts them', async () => {
    dabir.engine.next(
      { holds: true, says: ['one'] },
      { fails: new DabirError('deadline_exceeded', '') },
      { says: ['three'] },
    );
    const [first, second, third] = await sends(3, { kind: 'voice', caption: 'local' });
    await until(() => dabir.engine.taken.length === 1);
    const { message_id: message } = await sara.reads(title(3, { running: 1, waiting: 2 }), first);
    expect(sara.answers()).toHaveLength(1);
    expect(sara.buttons(message)).toEqual(
      ['bundle', 'never', 'cancel'].map((action) => sara.word(`burst-button-${action}`)),
    );
    dabir.engine.release();
    await sara.reads('one', first);
    await sara.reads(sara.word('error-deadline_exceeded'), second);
    await sara.reads('three', third);
    await sara.reads(title(3, { done: 2, failed: 1 }));
    // Fewer than three are left for a document.
    expect(sara.buttons(message)).toEqual([]);
    expect(texts(first)).toEqual([expect.any(String), 'one']);
    // The failed one is tried again by its own button, and is counted again.
    const failed = sara.answers(second)[0]?.message_id ?? 0;
    dabir.engine.next({ says: ['two'] });
    await sara.presses(failed, sara.word('button-retry'));
    await sara.reads('two', second);
    await sara.reads(sara.word('burst-all-done'), first);
  });

  test('two files that arrive together are no document, and an album is a burst', async () => {
    const album = `album-${sara.id}`;
    const first = await sara.sends('tone.mp3', { kind: 'audio', album });
    await sara.sends('tone.flac', { kind: 'audio', album });
    const message = await burst(first, 2);
    expect(sara.buttons(message)).not.toContain(sara.word('burst-button-bundle'));
    expect(sara.buttons(message)).toContain(sara.word('burst-button-separate'));
    expect(sara.answers()).toHaveLength(1);
  });

  test('each by itself gives each file its picker, once; the burst’s message is the picker of the first again', async () => {
    const notes = await sends(3);
    const [first, second, third] = notes;
    const message = await burst(first, 3);
    const data = sara.dataOf(message, sara.word('burst-button-separate'));
    expect(await sara.presses(message, sara.word('burst-button-separate'))).toBe(
      sara.word('burst-answer-separate'),
    );
    for (const note of notes) await sara.reads(sara.word('status-choosing'), note);
    expect((await sara.status(first)).message_id).toBe(message);
    expect(sara.answers()).toHaveLength(3);
    expect(await sara.forges(message, data)).toBe(sara.word('answer-unknown'));
    // A further file gets its own as well, and each shows how it stands by itself.
    const last = await sara.sends('tone.ogg', voice);
    await sara.reads(sara.word('status-choosing'), last);
    dabir.engine.next({ holds: true }, {});
    await sara.presses(message, 'LOCAL');
    await until(() => dabir.engine.taken.length === 1);
    await sara.presses((await sara.status(second)).message_id, 'LOCAL');
    await sara.reads(sara.word('status-waiting', { before: 1 }), second);
    dabir.engine.release();
    expect(await sara.ending(second)).toMatch(/^✓/);
    expect((await sara.ending(first)).startsWith('✓')).toBe(true);
    await sara.presses((await sara.status(third ?? 0)).message_id, sara.word('button-cancel'));
    await sara.reads(sara.word('status-cancelled'), third);
  });

  test('cancel all ends the running file and those that wait, says so in the burst’s message, and nothing else', async () => {
    dabir.engine.next({ holds: true }, { says: ['what comes after'] });
    const [first] = await sends(3, { kind: 'voice', caption: 'local' });
    await until(() => dabir.engine.taken.length === 1);
    const message = await burst(first, 3);
    expect(await sara.presses(message, sara.word('burst-button-cancel'))).toBe(
      sara.word('cancel-all', { count: 3 }),
    );
    await sara.reads(sara.word('burst-title', { files: 3, facts: sara.word('burst-all-cancelled') }), first);
    expect(await states()).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
    expect(sara.buttons(message)).toEqual([]);
    expect(sara.answers()).toHaveLength(1);
    // What is sent now is no part of it, and is not offered to be part of anything.
    const next = await sara.sends('tone.ogg', { kind: 'voice', caption: 'local' });
    await sara.reads('what comes after', next);
    expect(sara.answers().filter(({ text = '' }) => text.includes(filesOf(2)))).toEqual([]);
  });

  test('a single file of a burst is cancelled by /queue, and its message counts it', async () => {
    dabir.engine.next({ holds: true });
    const [first] = await sends(3, { kind: 'voice', caption: 'local' });
    await until(() => dabir.engine.taken.length === 1);
    await burst(first, 3);
    await sara.says('/queue');
    const { message_id: queue } = await sara.reads(sara.word('queue-title'));
    await sara.presses(queue, sara.word('queue-button-cancel', { number: 3 }));
    await sara.reads(title(3, { running: 1, waiting: 1, cancelled: 1 }), first);
    expect(sara.answers()).toHaveLength(2);
    dabir.engine.release();
    await sara.reads(title(3, { done: 2, cancelled: 1 }), first);
  });

  test('files that arrive together become one document: with speakers, ordered by time, in one set of files', async () => {
    dabir.engine.next({ says: ['one'] }, { says: ['two'] }, { says: ['three'] });
    const first = await sara.sends('tone.ogg', from('Mina'));
    const second = await sara.sends('tone.ogg', from('Omid'));
    const third = await sara.sends('tone.ogg', from('Mina'));
    const message = await burst(first, 3);
    expect(await sara.presses(message, sara.word('burst-button-bundle'))).toBe(
      sara.word('burst-answer-bundle'),
    );
    await sara.reads(sara.word('burst-bundled'), first);
    expect(sara.buttons(message)).not.toContain(sara.word('burst-button-bundle'));
    expect(sara.buttons(message)).not.toContain(sara.word('burst-button-separate'));
    await sara.presses(message, all());
    const { text = '' } = await sara.reads(/^\u2068Mina/, first);
    expect(text.replaceAll(/\n.*(one|two|three)/g, ' $1').match(/Mina|Omid|one|two|three/g)).toEqual([
      'Mina',
      'one',
      'Omid',
      'two',
      'Mina',
      'three',
    ]);
    await until(() => files(first).length === 3);
    expect(files(first)[0]?.document?.file_name).toMatch(/Mina · Omid/);
    expect([second, third].flatMap((note) => sara.answers(note))).toEqual([]);
    await sara.reads(
      sara.word('burst-title-bundled', { files: 3, facts: sara.word('burst-all-done') }),
      first,
    );
    expect(sara.buttons(message)).toEqual([]);
  });

  test('one document of files that are done already comes at once, and is offered once', async () => {
    dabir.engine.next({ holds: true, says: ['one'] }, { says: ['two'] }, { says: ['three'] });
    const [first] = await sends(3, { kind: 'voice', caption: 'local' });
    await until(() => dabir.engine.taken.length === 1);
    dabir.engine.release();
    const { message_id: message } = await sara.reads(sara.word('burst-all-done'), first);
    const data = sara.dataOf(message, sara.word('burst-button-bundle'));
    await sara.presses(message, sara.word('burst-button-bundle'));
    await sara.reads(/one[\s\S]*two[\s\S]*three/, first);
    await until(() => sara.buttons(message).length === 0);
    expect(await sara.forges(message, data)).toBe(sara.word('answer-unknown'));
  });

  test('one document leaves out files that failed or were cancelled, and comes after the last has ended', async () => {
    dabir.engine.next({ fails: new DabirError('no_speech', '') }, { says: ['what stays'] }, { holds: true });
    const first = await sara.sends('tone.ogg', from('Mina'));
    const second = await sara.sends('tone.ogg', from('Omid'));
    await sara.sends('tone.ogg', from('Reza'));
    const message = await burst(first, 3);
    await sara.presses(message, sara.word('burst-button-bundle'));
    await sara.presses(message, all());
    await until(() => dabir.engine.taken.length === 3);
    expect(texts(second)).toEqual([]);
    await sara.presses(message, sara.word('burst-button-cancel'));
    await sara.reads('what stays', second);
    expect(await states()).toEqual(['FAILED', 'COMPLETED', 'CANCELLED']);
    await sara.reads(sara.word('error-no_speech'), first);
  });

  test('deleting a file of one document renews it without that file; when all files are deleted, the document and the burst’s message go', async () => {
    dabir.engine.next({ holds: true, says: ['what stays'] }, { says: ['secret'] }, { says: ['more'] });
    const [first, second, third] = await sends(3, { kind: 'voice', caption: 'local' });
    const message = await burst(first, 3);
    await sara.presses(message, sara.word('burst-button-bundle'));
    await sara.reads(sara.word('burst-bundled'));
    dabir.engine.release();
    await sara.reads('secret', first);
    await until(() => files(first).length === 3);
    const { lanes } = dabir.shared;
    const rows = await dabir.shared.database.transcription.findMany({ where: { userId: sara.id } });
    const erases = async (note: number) => {
      await sara.says('/history');
      const { message_id } = await sara.reads(sara.word('history-title'));
      const id = Number(rows.find(({ messageId }) => messageId === note)?.id);
      await sara.forges(message_id, `history:open:${id}`);
      await sara.forges(message_id, `history:delete:${id}`);
      await sara.forges(message_id, `history:erase:${id}`);
      await until(async () => (await lanes.find(id, sara.id)) === null);
    };
    await erases(second);
    await until(() => texts(first).every((text) => !text.includes('secret')) || undefined);
    await sara.reads('what stays', first);
    const written = async () => {
      const [txt] = files(first);
      return txt === undefined ? '' : new TextDecoder().decode(await sara.opens(txt));
    };
    await until(async () => !(await written()).includes('secret') || undefined);
    expect(await written()).toContain('what stays');
    await erases(third ?? 0);
    await erases(first);
    await until(() => files(first).length === 0);
    await until(() => !sara.chat.has(message));
    await until(async () => (await dabir.shared.database.burst.count({ where: { userId: sara.id } })) === 0);
  });

  test('“never ask” removes the offer of one document now and later, until it is switched on in /settings', async () => {
    const [first] = await sends(3);
    const message = await burst(first, 3);
    expect(await sara.presses(message, sara.word('burst-button-never'))).toBe(
      sara.word('burst-answer-never'),
    );
    await until(() => !sara.buttons(message).includes(sara.word('burst-button-bundle')));
    await sara.presses(message, sara.word('burst-button-cancel'));
    await sara.reads(sara.word('burst-title', { files: 3, facts: sara.word('burst-all-cancelled') }), first);
    const [other] = await sends(3);
    const second = await burst(other, 3);
    expect(sara.buttons(second)).not.toContain(sara.word('burst-button-bundle'));
    await sara.says('/settings');
    const { message_id: settings } = await sara.reads(sara.word('settings-main'));
    await sara.presses(settings, sara.word('settings-bundles', { value: 'off' }));
    await until(() => sara.buttons(settings).includes(sara.word('settings-bundles', { value: 'on' })));
    await sara.forges(
      second,
      sara.dataOf(second, sara.word('burst-button-cancel')).replace('cancel', 'refresh'),
    );
    await until(() => sara.buttons(second).includes(sara.word('burst-button-bundle')));
  });

  test('a file that follows one that has ended, was cancelled or failed is no burst', async () => {
    dabir.engine.next({ says: ['first'] }, { fails: new DabirError('no_speech', '') }, { holds: true });
    const notes: number[] = [];
    const sendsOne = async () => {
      notes.push(await sara.sends('tone.ogg', { kind: 'voice', caption: 'local' }));
      return notes.at(-1) ?? 0;
    };
    await sara.ending(await sendsOne());
    await sara.ending(await sendsOne());
    const cancelled = await sendsOne();
    await until(() => dabir.engine.taken.length === 3);
    await sara.presses((await sara.status(cancelled)).message_id, sara.word('button-cancel'));
    await sara.reads(sara.word('status-cancelled'), cancelled);
    await sara.ending(await sendsOne());
    expect(await dabir.shared.database.burst.count({ where: { userId: sara.id } })).toBe(0);
  });

  test('a file that was transcribed before is answered at once among those that arrive together', async () => {
    dabir.engine.next({ says: ['known'] }, { says: ['new'] });
    const known = await sara.sends('tone.mp3', { kind: 'audio', caption: 'local' });
    await sara.reads('known', known);
    await dabir.shared.database.transcription.updateMany({
      where: { userId: sara.id },
      data: { createdAt: new Date(0) },
    });
    const first = await sara.sends('tone.ogg', voice);
    const again = await sara.forwards(known);
    const message = await burst(first, 2);
    await sara.presses(message, all());
    await sara.reads('known', again);
    await sara.reads('new', first);
    await sara.reads(sara.word('burst-all-done'), first);
    expect(dabir.engine.taken).toHaveLength(2);
  });

  test('presses on another user’s burst, an old one and a forged one change nothing, but are answered', async () => {
    const [first] = await sends(3);
    const message = await burst(first, 3);
    const data = sara.dataOf(message, sara.word('burst-button-cancel'));
    const omid = await dabir.person('Omid', language);
    await omid.says('/help');
    const { message_id } = await omid.reads(omid.word('help'));
    for (const forged of ['cancel', 'separate', 'bundle', 'on:local'].map((action) =>
      data.replace('cancel', action),
    )) {
      expect(await omid.forges(message_id, forged)).toBe(omid.word('answer-unknown'));
    }
    for (const forged of ['burst:999999:bundle', 'burst:1:on:nobody']) {
      expect(await omid.forges(message_id, forged)).toBe(omid.word('answer-unknown'));
    }
    expect(await states()).toEqual(['CHOOSING', 'CHOOSING', 'CHOOSING']);
    expect(await dabir.shared.database.burst.findFirst({ where: { userId: sara.id } })).toMatchObject({
      state: 'TOGETHER',
    });
  });

  test('a burst whose message the user has deleted gets no other one, and its texts arrive', async () => {
    dabir.engine.next({ holds: true, says: ['one'] }, { says: ['two'] });
    const [first, second] = await sends(2, { kind: 'voice', caption: 'local' });
    const message = await burst(first, 2);
    await sara.deletes(message);
    dabir.engine.release();
    await sara.reads('one', first);
    await sara.reads('two', second);
    await until(() =>
      dabir.shared.database.burst.count({ where: { userId: sara.id, messageId: null, updateAfter: null } }),
    );
    expect(texts(first)).toEqual(['one']);
  });
});

test('an upload that comes while the bot restarts is part of the burst, whose message is updated to its end', async () => {
  const sara = await dabir.person('Sara', 'en');
  dabir.engine.taken.splice(0);
  dabir.engine.next({ holds: true });
  const sends = () => sara.sends('tone.ogg', { kind: 'voice', caption: 'local' });
  const first = await sends();
  await sends();
  await sara.reads(sara.word('burst-files', { files: 2 }), first);
  await until(() => dabir.engine.taken.length === 1);
  await dabir.stopBot();
  const last = await sends();
  await dabir.restartBot();
  await sara.reads(sara.word('burst-files', { files: 3 }), first);
  dabir.engine.release();
  expect(await sara.ending(last)).toMatch(/^✓/);
  const { message_id } = await sara.reads(sara.word('burst-all-done'), first);
  expect(message_id).toBe((await sara.status(first)).message_id);
});
