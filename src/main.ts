/** The bot and its web side: takes what people send, puts it into lanes, serves health to operators. */
import { loadConfig, requireRole } from './config.ts';
import { loadEnvironment } from './environment.ts';
import { createLogger } from './log.ts';
import { runRole } from './role.ts';
import { startBot } from './start-bot.ts';
import { migrate } from './store/migrate.ts';
import { startWeb } from './web/server.ts';
import { wireShared } from './wiring.ts';

await runRole(async () => {
  const config = requireRole(loadConfig(loadEnvironment()));
  const log = createLogger(config, 'bot');
  await migrate(config.DATABASE_URL);
  const shared = wireShared(config, log);
  const web = await startWeb(
    { host: config.WEB_HOST, port: config.WEB_PORT },
    { databaseAnswers: () => shared.database.$queryRaw`SELECT 1`.then(() => undefined) },
  );
  const { bot, stop } = await startBot(config, shared, log, (error) => {
    log.error({ cause: error.message }, 'Telegram refuses the token');
    // Whoever supervises this process sees that.
    process.exit(1);
  });
  log.info(
    { bot: bot.grammy.botInfo.username, web: web.port, tokens: shared.backend.name },
    'the bot listens',
  );
  return {
    log,
    role: {
      async stop() {
        await stop();
        await web.close();
        await shared.close();
      },
    },
  };
});
