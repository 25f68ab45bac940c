/** The bot and its web side: takes what people send, puts it into lanes, serves health to operators. */
import { sweepLanes, sweepUnshown } from './app/sweep.ts';
import { createBot } from './bot/bot.ts';
import { poll } from './bot/polling.ts';
import { loadConfig, requireRole, telegramApiRoot } from './config.ts';
import { loadEnvironment } from './environment.ts';
import { createLogger } from './log.ts';
import { runRole } from './role.ts';
import { migrate } from './store/migrate.ts';
import { repeat } from './sweeping.ts';
import { startWeb } from './web/server.ts';
import { wireShared } from './wiring.ts';

/** Between two rounds of mending, in milliseconds. */
const sweepMs = 5_000;

await runRole(async () => {
  const config = requireRole(loadConfig(loadEnvironment()));
  const log = createLogger(config, 'bot');
  await migrate(config.DATABASE_URL);
  const shared = wireShared(config, log);
  const bot = createBot(config.BOT_TOKEN, telegramApiRoot(config), shared);
  await bot.initialise();
  const askDatabase = () => shared.database.$queryRaw`SELECT 1`;
  const web = await startWeb(
    { host: config.WEB_HOST, port: config.WEB_PORT },
    { databaseAnswers: () => askDatabase().then(() => undefined) },
  );
  const polling = new AbortController();
  const databaseAnswers = () =>
    askDatabase().then(
      () => true,
      () => false,
    );
  const polled = poll(bot, polling.signal, log, databaseAnswers).catch((error: Error) => {
    log.error({ cause: error.message }, 'Telegram refuses the token');
    // Without updates this process is of no use; whoever supervises it sees that.
    process.exit(1);
  });
  const stopSweeping = repeat('lanes', sweepMs, () => sweepLanes(shared), log);
  const stopShowing = repeat('pickers', sweepMs, () => sweepUnshown(shared), log);
  log.info(
    { bot: bot.grammy.botInfo.username, web: web.port, tokens: shared.backend.name },
    'the bot listens',
  );
  return {
    log,
    role: {
      async stop() {
        polling.abort();
        await Promise.all([polled, stopSweeping(), stopShowing()]);
        await web.close();
        await shared.close();
      },
    },
  };
});
