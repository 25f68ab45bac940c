import { telegramApiRoot } from '../../runtime/config.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { type BotState, readBotState, TelegramRefusal } from '../../telegram/bot-state.ts';
import { clockFinding } from './clock.ts';
import { type Finding, ok, reasonOf, skipped, wrong } from './finding.ts';

/** Maximum pending updates while a bot runs. */
const manyPending = 100;

/** Maximum age of a delivery error that is reported, in ms: an hour. */
const recentMs = 3_600_000;

/** Checks the bot at Telegram: its token, its updates, the Bot API server and the clock. */
export async function checkTelegram(config: Config): Promise<Finding[]> {
  if (config.BOT_TOKEN === null)
    return [skipped('Telegram', 'BOT_TOKEN is not set: npm start runs the playground')];
  const host = new URL(telegramApiRoot(config)).host;
  try {
    const state = await readBotState(config.BOT_TOKEN, telegramApiRoot(config));
    return [
      ok('Telegram', `the token is @${state.username}'s`),
      webhookFinding(state, config),
      pendingUpdatesFinding(state),
      serverFinding(state, config, host),
      clockFinding('Clock and Telegram', state.clockAheadMs),
    ];
  } catch (error) {
    if (error instanceof TelegramRefusal && (error.status === 401 || error.status === 404))
      return [
        wrong(
          'Telegram',
          `the token is refused (${error.message})`,
          '@BotFather shows the right one; put it into BOT_TOKEN',
        ),
      ];
    const advice = 'check the network; TELEGRAM_API_ROOT sets a Bot API server of your own';
    return [wrong('Telegram', `${host} does not answer correctly (${reasonOf(error)})`, advice)];
  }
}

function webhookFinding({ webhook }: BotState, { UPDATES, PUBLIC_URL }: Config): Finding {
  const at = webhook.url === null ? null : new URL(webhook.url).host;
  if (at === null) {
    return UPDATES === 'webhook'
      ? wrong(
          'Updates',
          'UPDATES=webhook, and no webhook is set',
          'start a bot (it sets it), or npm run webhook -- set',
        )
      : ok('Updates', 'by polling');
  }
  if (UPDATES !== 'webhook') {
    const advice = 'UPDATES=webhook to take them there, UPDATES=polling to remove it';
    return wrong('Updates', `they are delivered to a webhook at ${at}, and UPDATES is not webhook`, advice);
  }
  if (PUBLIC_URL !== null && new URL(PUBLIC_URL).host !== at)
    return wrong('Updates', `they are delivered to ${at}, not to PUBLIC_URL`, 'npm run webhook -- set');
  if (webhook.lastError !== null && Date.now() - webhook.lastError.at.getTime() < recentMs) {
    const advice = 'PUBLIC_URL has to reach the web side of a bot through the proxy';
    return wrong('Updates', `Telegram could not deliver lately (${webhook.lastError.message})`, advice);
  }
  return ok('Updates', `by webhook at ${at}`);
}

function pendingUpdatesFinding({ webhook: { pendingUpdates } }: BotState): Finding {
  return pendingUpdates <= manyPending
    ? ok('Updates waiting', String(pendingUpdates))
    : wrong('Updates waiting', String(pendingUpdates), 'check that a bot runs and is ready (/readyz)');
}

function serverFinding(
  { knowsMethods }: BotState,
  { TELEGRAM_API_ROOT: own }: Config,
  host: string,
): Finding {
  const text = own === null ? 'Telegram’s own' : `a server of your own, ${host}`;
  return knowsMethods
    ? ok('Bot API', `${text}; it has every method that Dabir calls (Bot API 7.0 or newer)`)
    : wrong('Bot API', `${text}; it is older than Bot API 7.0`, 'update the Bot API server');
}
