import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { wireShared } from '../../../src/compose/shared.ts';
import { startBot } from '../../../src/compose/start-bot.ts';
import { loadConfig, requireRole } from '../../../src/runtime/config.ts';
import { startWorker } from '../../../worker/start-worker.ts';
import { freshDatabase } from '../../support/databases.ts';
import { runProgram } from '../../support/run-program.ts';
import { startScriptedDabir, token } from '../../support/scripted-dabir.ts';
import { ScriptedEngine } from '../../support/scripted-engine.ts';
import { until } from '../../support/until.ts';

test('files that were running or waiting at the time of the backup continue after a restore', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dabir-goes-on-'));
  const old = await freshDatabase();
  const restored = await freshDatabase({ empty: true });
  const dabir = await startScriptedDabir({ databaseUrl: old.url });
  try {
    const sara = await dabir.person('Sara', 'en');
    dabir.engine.next({ holds: true }, { holds: true });
    const notes = [
      await sara.sends('tone.ogg', { kind: 'voice' }),
      await sara.sends('tone.ogg', { kind: 'voice' }),
    ];
    for (const note of notes) await sara.chooses(note);
    await until(() => dabir.engine.taken.length === 1);

    // The first is with a worker, the second waits; Dabir keeps running.
    expect((await runProgram('src/backup.ts', ['--to', folder], { DATABASE_URL: old.url })).code).toBe(0);
    await dabir.stopBot();
    const archive = join(folder, (await readdir(folder))[0] ?? '');
    expect((await runProgram('src/restore.ts', [archive], { DATABASE_URL: restored.url })).code).toBe(0);

    const config = requireRole(
      loadConfig({
        BOT_TOKEN: token,
        TELEGRAM_API_ROOT: dabir.playground.apiRoot,
        TELEGRAM_LIMITS: 'off',
        TELEGRAM_DOWNLOAD_LIMIT_MB: '20',
        DATABASE_URL: restored.url,
        DATA_DIR: folder,
        LEASE_SECONDS: '3',
        SHUTDOWN_GRACE_SECONDS: '0',
      }),
    );
    const log = pino({ level: 'silent' });
    const shared = wireShared(config, log);
    const engine = new ScriptedEngine();
    engine.next({ says: ['first'] }, { says: ['second'] });
    const bot = await startBot(config, shared, log, (error) => {
      throw error;
    });
    const worker = startWorker(config, [engine], log);
    try {
      await sara.reads('first');
      await sara.reads('second');
      const [lane] = await shared.database.query<object[]>`SELECT * FROM lane`;
      expect(lane).toMatchObject({ activeId: null, open: 0 });
    } finally {
      await bot.stop();
      await worker.stop();
      await shared.close();
    }
  } finally {
    await dabir.close();
    await Promise.all([old.drop(), restored.drop()]);
    await rm(folder, { recursive: true, force: true });
  }
});
