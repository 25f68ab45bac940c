/**
 * Entry point of the bot and its web side: takes updates, puts uploads into lanes, and serves
 * health to operators.
 */

import { beginRole } from './compose/begin-role.ts';
import { wireShared } from './compose/shared.ts';
import { startBot } from './compose/start-bot.ts';
import { createAdminRoutes, createMonitoringRoutes, urlHost } from './compose/web.ts';
import { runRole } from './runtime/role.ts';
import { storeLogLines } from './runtime/store-log-lines.ts';
import { startWeb } from './web/server.ts';
import { createWebhookRoutes } from './web/webhook.ts';

await runRole(async () => {
  const { config, log, lines } = await beginRole('bot');
  const shared = wireShared(config, log);
  const stopStoringLines = storeLogLines(lines, shared.logLines, log);
  const { bot, updates, stop } = await startBot(config, shared, log, (error) => {
    log.error({ cause: error.message }, 'Telegram refuses the token');
    // The supervisor of this process sees the exit code.
    process.exit(1);
  });
  const web = await startWeb(
    { host: config.WEB_HOST, port: config.WEB_PORT, portName: 'WEB_PORT' },
    [
      ...createMonitoringRoutes(config, shared, { updates: async () => updates.check() }),
      ...(updates.web === null ? [] : [createWebhookRoutes(updates.web)]),
    ],
    log,
    [createAdminRoutes(config, shared)],
  );
  shared.listensAt(config.PUBLIC_URL ?? `http://${urlHost(config.WEB_HOST)}:${web.port}`);
  log.info(
    {
      bot: bot.grammy.botInfo.username,
      web: web.port,
      updates: updates.web === null ? 'polling' : 'webhook',
      tokens: shared.backend.name,
    },
    'the bot listens',
  );
  return {
    log,
    role: {
      async stop() {
        // First stops new requests, then waits for the running ones.
        await web.close();
        await stop();
        await stopStoringLines();
        log.info({ counted: await shared.meter.totals() }, 'the bot ends');
        await shared.close();
      },
    },
  };
});
