/**
 * A bot process behind a webhook: it gets uploads and presses from its parent as from Telegram, and
 * acknowledges each when it is safe in the database. The parent delivers an unacknowledged one again, to this
 * or another bot.
 */

import { chooseEngine } from '../../src/app/choose/choose-engine.ts';
import { tryAgain } from '../../src/app/choose/try-again.ts';
import type { WithFollowUp } from '../../src/app/follow-up.ts';
import { cancel } from '../../src/app/lane/cancel.ts';
import { deleteFile } from '../../src/app/lane/delete-file.ts';
import { submitUpload } from '../../src/app/receive/submit-upload.ts';
import { sweepLanes, sweepUnshown } from '../../src/app/sweep.ts';
import { type Shared, wireShared } from '../../src/compose/shared.ts';
import { toDabirError } from '../../src/domain/errors.ts';
import type { Transcription } from '../../src/domain/transcription.ts';
import { showDueBursts } from '../../src/features/bursts/show-burst.ts';
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import { loadEnvironment } from '../../src/runtime/environment.ts';
import { createLogger } from '../../src/runtime/log.ts';
import { createPeriodicWork } from '../../src/runtime/periodic-work.ts';
import { runRole } from '../../src/runtime/role.ts';
import { cancelInBurst, chooseInBurst, readBurst } from './burst-presses.ts';
import type { Delivery } from './fleet.ts';

await runRole(async () => {
  const config = requireRole(loadConfig(loadEnvironment()));
  const log = createLogger(config, 'bot');
  const shared = wireShared(config, log);
  const periodic = createPeriodicWork(log);
  periodic.every('lanes', 2_000, () => sweepLanes(shared));
  periodic.every('pickers', 2_000, () => sweepUnshown(shared));
  periodic.every('bursts', 500, () => showDueBursts(shared));
  process.on('message', (message) => {
    if (typeof message !== 'object' || message === null || !('delivery' in message)) return;
    const { number, delivery } = message as { number: number; delivery: Delivery };
    const acknowledge = () => process.send?.({ acknowledged: number });
    handle(shared, delivery, acknowledge).then(acknowledge, (error) => {
      process.send?.({ refused: number });
      log.warn({ cause: toDabirError(error).message }, 'delivery refused');
    });
  });
  return {
    log,
    role: {
      async stop() {
        await periodic.stop();
        await shared.close();
      },
    },
  };
});

async function handle(shared: Shared, delivery: Delivery, committed: () => void): Promise<void> {
  if (delivery.kind === 'upload') {
    const { outcome, followUp } = await submitUpload(shared, delivery.upload);
    if (outcome.outcome === 'accepted') committed();
    return followUp();
  }
  const file = await fileOf(shared, delivery.uploadKey);
  // Deleted in the meantime: there is no file to press for.
  if (file === null) return;
  const burst = await readBurst(shared, file);
  // Files for which the message of their burst speaks are in the lists of /queue and /history.
  const isShown = file.statusMessageId !== null || (burst !== null && delivery.kind !== 'retry');
  if (!isShown) throw new Error('not there yet');
  if (delivery.kind === 'choose') {
    return burst === null ? choose(shared, file) : chooseInBurst(shared, burst, file.userId);
  }
  const { followUp } =
    burst !== null && delivery.kind === 'cancel'
      ? await cancelInBurst(shared, burst, file)
      : await press(shared, file, delivery.kind);
  committed();
  return followUp();
}

async function press(
  shared: Shared,
  file: Transcription,
  kind: 'cancel' | 'delete' | 'retry',
): Promise<WithFollowUp<unknown>> {
  switch (kind) {
    case 'cancel':
      return cancel(shared, file, file.userId);
    case 'delete':
      return deleteFile(shared, file, file.userId);
    case 'retry':
      return tryAgain(shared, file, file.userId, false);
  }
}

async function fileOf({ database, lanes }: Shared, uploadKey: string): Promise<Transcription | null> {
  const [row] = await database.query<{ id: bigint; userId: bigint }[]>`
    SELECT id, "userId" FROM transcription WHERE "uploadKey" = ${uploadKey}`;
  return row === undefined ? null : lanes.find(Number(row.id), Number(row.userId));
}

async function choose(shared: Shared, file: Transcription): Promise<void> {
  const { outcome, followUp } = await chooseEngine(shared, file, file.userId, 'local');
  await followUp();
  // No worker is up at this moment: the user presses again.
  if (outcome === 'engine_gone') throw new Error('no worker offers the engine');
}
