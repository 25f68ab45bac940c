import { autoRetry } from '@grammyjs/auto-retry';
import { Api, Bot, GrammyError, type Transformer } from 'grammy';
import type { Update } from 'grammy/types';
import { DeliveryError } from '../app/ports/answers.ts';
import { withRequest } from '../app/request.ts';
import { type BotContext, type BotDependencies, languageOf } from './context.ts';
import { features } from './features.ts';
import { createMenus } from './menus.ts';

export type DabirBot = {
  /** Asks Telegram who we are and puts up the command menus. Rejects with an Error in one sentence. */
  initialise(): Promise<void>;
  /**
   * What has come from the offset on, waiting up to so many seconds while there is nothing; everything before the
   * offset is confirmed by it. Rejects with grammY's errors.
   */
  fetchUpdates(offset: number, waitSeconds: number, signal: AbortSignal): Promise<readonly Update[]>;
  /**
   * Handles one update to its end. Rejects when it must be handled again.
   * @param committed called as soon as the update counts as handled, which may be before its end: what it brought is
   * safe in the database
   */
  handle(update: Update, committed: () => void): Promise<void>;
  readonly grammy: Bot<BotContext>;
};

/** Longest wait for the answer to one call, in seconds; a long poll waits for more. */
const callSeconds = 10;
const longPollSeconds = 60;

/**
 * The bot: what people send goes to the features in their order; the first that knows it takes it.
 * @param guards see every call of the Bot API, each try of it, the first nearest to the wire
 */
export function createBot(
  token: string,
  apiRoot: string,
  dependencies: BotDependencies,
  ...guards: Transformer[]
): DabirBot {
  const { texts, log, meter } = dependencies;
  const bot = new Bot<BotContext>(token, { client: { apiRoot, timeoutSeconds: callSeconds } });
  bot.api.config.use(...guards);
  bot.api.config.use(autoRetry({ maxRetryAttempts: 2, maxDelaySeconds: 10, rethrowHttpErrors: true }));
  const updates = new Api(token, { apiRoot, timeoutSeconds: longPollSeconds });
  const menus = createMenus(
    bot.api,
    texts,
    features.map(({ commands = {} }) => commands),
  );
  const onCommit = new WeakMap<Update, () => void>();
  bot.use((ctx, next) => {
    ctx.say = (key, variables) => texts(languageOf(ctx), key, variables);
    ctx.committed = () => onCommit.get(ctx.update)?.();
    return next();
  });
  for (const feature of features) bot.use(feature.install({ ...dependencies, menus }));
  return {
    grammy: bot,
    async initialise() {
      // bot.init() would try for ever; a start has to say what is wrong.
      bot.botInfo = await bot.api.getMe().catch((error) => {
        throw new Error(describeRefusal(error));
      });
      // A bot without a menu still listens, and Telegram keeps the one from before.
      await menus.putUp().catch((error: Error) => log.warn({ cause: error.message }, 'no command menu'));
    },
    fetchUpdates: (offset, waitSeconds, signal) =>
      updates.getUpdates(
        { offset, timeout: waitSeconds, allowed_updates: allowedUpdates },
        signal as Parameters<Api['getUpdates']>[1],
      ),
    async handle(update, committed) {
      // A copy, so that the same update handled twice is told apart.
      const own = { ...update };
      onCommit.set(own, committed);
      try {
        await withRequest(`u${update.update_id}`, () => bot.handleUpdate(own));
        meter.update('handled');
      } catch (thrown) {
        log.warn(
          { update: update.update_id, cause: (thrown as Error).message },
          'update not handled to its end',
        );
        // What Telegram itself refuses (a person who blocked the bot) it will refuse again.
        meter.update(isRefusal(thrown) ? 'handled' : 'later');
        if (!isRefusal(thrown)) throw thrown;
      }
    },
  };
}

/** What the bot asks Telegram for. */
export const allowedUpdates = ['message', 'callback_query', 'inline_query', 'my_chat_member'] as const;

/** grammY wraps what a feature throws; inside is Telegram's answer, if it was one. */
function isRefusal(thrown: unknown): boolean {
  const inner = thrown instanceof Error && 'error' in thrown ? thrown.error : thrown;
  if (inner instanceof DeliveryError) return inner.kind !== 'later';
  return inner instanceof GrammyError && inner.error_code >= 400 && inner.error_code < 429;
}

function describeRefusal(error: unknown): string {
  if (error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)) {
    return 'Telegram does not know this BOT_TOKEN. Copy it again from @BotFather.';
  }
  if (error instanceof GrammyError) return `Telegram answered: ${error.description}.`;
  return 'Telegram could not be reached. Check the network, or set TELEGRAM_API_ROOT.';
}
