import { performance } from 'node:perf_hooks';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { engineNames } from '../../src/domain/engine-names.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import type { Person, Sending } from '../support/person.ts';
import { type SilentServer, startSilentServer } from '../support/silent-server.ts';
import { until } from '../support/until.ts';

const voice = { kind: 'voice' } as const;

/**
 * A bot and two workers, each a process of its own. Heartbeats come every 75 seconds, which is longer than
 * these tests wait, so no file here is stopped by a heartbeat. With FIGURES set, the seconds are printed at
 * the end.
 */
describe('a file is cancelled within a second or so, on any worker and at any step,', () => {
  const seconds: Record<string, number> = {};
  let dabir: ForkedDabir;
  let service: SilentServer;

  beforeAll(async () => {
    service = await startSilentServer();
    dabir = await startForkedDabir({ env: { LEASE_SECONDS: '300', MAX_DURATION_MINUTES: '600' } });
    await dabir.startBot();
    await dabir.startWorker({ WORKER_REMOTE: '0' });
    await dabir.startEngineWorker({
      WORKER_LOCAL: '0',
      VIRA_TOKEN: 'nobody-looks-at-it',
      VIRA_BASE_URL: service.url,
    });
    dabir.engine.hold();
  });
  afterAll(async () => {
    await dabir.close();
    await service.close();
    if (process.env['FIGURES'] !== undefined) console.table(seconds);
  });
  afterEach(() => dabir.playground.faults.clear());

  describe.each(['fa', 'en'] as const)('in %s', (language) => {
    let person: Person;
    const visitsSoFar = () => dabir.engine.calls.length;
    const joins = async () => {
      person = await dabir.person('Sara', language);
    };

    test('a file is cancelled within a second or so without an engine', async () => {
      await joins();
      const note = await person.sends('tone.ogg', voice);
      await person.status(note);
      await isCancelledSoon('chosen', note);
    });

    test('a file is cancelled within a second or so while it waits behind another', async () => {
      await joins();
      const before = visitsSoFar();
      const first = await person.asksFor('tone.ogg', voice);
      const call = await dabir.engine.call(before + 1);
      const second = await person.asksFor('tone.ogg', voice);
      await person.reads(person.word('status-waiting', { before: 1 }), second.note);
      await isCancelledSoon('waits', second.note);
      await isCancelledSoon('behind it', first.note);
      await until(() => call.left);
    });

    test('a file is cancelled within a second or so while it is next and the worker is busy with another user’s', async () => {
      await joins();
      const other = await dabir.person('Omid', language);
      const before = visitsSoFar();
      const running = await other.asksFor('tone.ogg', voice);
      await dabir.engine.call(before + 1);
      const { note } = await person.asksFor('tone.ogg', voice);
      await stateOf(note, 'QUEUED');
      await isCancelledSoon('next', note);
      await isCancelledSoon('somebody else', running.note, other);
    });

    test('a file is cancelled within a second or so while Telegram’s download hangs', async () => {
      await joins();
      dabir.playground.faults.set('download', { kind: 'hang' });
      await isCancelledSoon('download', await runs('status-download'));
    });

    test('a file is cancelled within a second or so while it is decoded', async () => {
      await joins();
      await isCancelledSoon('decode', await runs('status-decode', 'five-hours-of-silence.flac', {}));
    });

    test('a file is cancelled within a second or so while a local engine hangs', async () => {
      await joins();
      const before = visitsSoFar();
      const { note } = await person.asksFor('tone.ogg', voice);
      const call = await dabir.engine.call(before + 1);
      await isCancelledSoon('local engine', note);
      await until(() => call.left);
    });

    test('a file is cancelled within a second or so while a service hangs', async () => {
      await joins();
      const { note } = await person.asksFor('tone.ogg', voice, engineNames.vira[language]);
      await until(() => service.waiting() > 0);
      await isCancelledSoon('service', note);
      await until(() => service.waiting() === 0);
    });

    test('a file is cancelled within a second or so while it waits for the next attempt', async () => {
      await joins();
      dabir.engine.plan({ fails: 'engine_failed', retryAfterMs: 3_000_000 });
      const { note } = await person.asksFor('tone.ogg', voice);
      await until(() =>
        dabir.database.transcription.count({ where: { userId: person.id, errorCode: 'engine_failed' } }),
      );
      await isCancelledSoon('rest', note);
    });

    /** Sends a file and picks the engine; resolves once its status message shows `stage`. */
    async function runs(stage: string, file = 'tone.ogg', sending: Sending = voice): Promise<number> {
      const { note } = await person.asksFor(file, sending);
      await person.reads(person.word(stage), note);
      return note;
    }

    async function stateOf(note: number, state: 'QUEUED'): Promise<void> {
      await until(() =>
        dabir.database.transcription.count({ where: { userId: person.id, messageId: note, state } }),
      );
    }

    /** Cancels with one press, and expects the final status and a lane that is free for the next file. */
    async function isCancelledSoon(name: string, note: number, whose = person): Promise<void> {
      const { message_id: status } = await whose.status(note);
      const pressedAt = performance.now();
      await whose.presses(status, whose.word('button-cancel'));
      expect(await whose.ending(note)).toBe(whose.word('status-cancelled'));
      seconds[`${language}: ${name}`] = Math.round(performance.now() - pressedAt) / 1000;
      const where = { userId: whose.id, messageId: note };
      expect(await dabir.database.transcription.findFirst({ where })).toMatchObject({ state: 'CANCELLED' });
    }
  });
});
