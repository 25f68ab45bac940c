/**
 * A bot process as it is behind a webhook: it takes uploads, choices and cancels from its parent as from Telegram, and
 * says when each is safe in the database. What was not acknowledged is delivered again, to this or another one.
 */
import { cancel } from '../../src/app/cancel.ts';
import { chooseEngine } from '../../src/app/choose-engine.ts';
import { receiveAudio } from '../../src/app/receive-audio.ts';
import { sweepLanes, sweepUnshown } from '../../src/app/sweep.ts';
import { loadConfig, requireRole } from '../../src/config.ts';
import { toDabirError } from '../../src/domain/errors.ts';
import { loadEnvironment } from '../../src/environment.ts';
import { createLogger } from '../../src/log.ts';
import { runRole } from '../../src/role.ts';
import { repeat } from '../../src/sweeping.ts';
import { wireShared } from '../../src/wiring.ts';
import type { Delivery } from './fleet.ts';

await runRole(async () => {
  const config = requireRole(loadConfig(loadEnvironment()));
  const log = createLogger(config, 'bot');
  const shared = wireShared(config, log);
  const stops = [
    repeat('lanes', 2_000, () => sweepLanes(shared), log),
    repeat('pickers', 2_000, () => sweepUnshown(shared), log),
  ];
  process.on('message', (message) => {
    if (typeof message !== 'object' || message === null || !('delivery' in message)) return;
    const { number, delivery } = message as { number: number; delivery: Delivery };
    const acknowledge = () => process.send?.({ acknowledged: number });
    handle(delivery, acknowledge).then(acknowledge, (error) => {
      process.send?.({ refused: number });
      log.warn({ cause: toDabirError(error).message }, 'delivery refused');
    });
  });

  async function handle(delivery: Delivery, committed: () => void): Promise<void> {
    if (delivery.kind === 'upload') {
      await receiveAudio(shared, delivery.upload, committed);
      return;
    }
    const file = await shared.database.transcription.findUnique({ where: { uploadKey: delivery.uploadKey } });
    if (file === null || file.statusMessageId === null) throw new Error('not there yet');
    const userId = Number(file.userId);
    const to = {
      id: Number(file.id),
      chatId: Number(file.chatId),
      messageId: file.statusMessageId,
      threadId: null,
      statusMessageId: file.statusMessageId,
      languageCode: 'fa',
    };
    if (delivery.kind === 'cancel') return cancel(shared, to, userId, committed);
    let engineGone = false;
    await chooseEngine(shared, to, userId, 'local', async (choice) => {
      engineGone = choice === 'engine_gone';
    });
    // All workers are down just now: the person presses again.
    if (engineGone) throw new Error('no worker offers the engine');
  }

  return {
    log,
    role: {
      async stop() {
        await Promise.all(stops.map((stop) => stop()));
        await shared.close();
      },
    },
  };
});
