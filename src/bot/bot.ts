import { autoRetry } from '@grammyjs/auto-retry';
import { Api, Bot, GrammyError, type Transformer } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import { logError } from '../app/log-error.ts';
import { DeliveryError } from '../app/ports/messenger.ts';
import { withRequest } from '../app/request.ts';
import { httpFetch } from '../lib/http-fetch.ts';
import { type BotContext, languageOf } from './context.ts';
import type { Feature } from './feature.ts';
import { type BotDependencies, features } from './feature-list.ts';
import { writeCommandsInLowerCase } from './lower-case-commands.ts';
import { createMenus } from './menus.ts';
import { publishProfile } from './profile.ts';

export type DabirBot = {
  /**
   * Asks Telegram for the bot's identity and sets the command menus and the profile. Rejects with an Error in one
   * sentence.
   */
  initialise(): Promise<void>;
  /**
   * Returns the updates from `offset` on, and waits up to `waitSeconds` while there are none. The
   * offset confirms every update before it. Rejects with grammY's errors.
   */
  fetchUpdates(offset: number, waitSeconds: number, signal: AbortSignal): Promise<readonly Update[]>;
  /**
   * Handles one update. Rejects when it must be handled again.
   * @param confirm called as soon as the update's data is safe in the database, which may be
   * before the handling ends; the update then counts as handled
   */
  handle(update: Update, confirm: () => void): Promise<void>;
  readonly grammy: Bot<BotContext>;
};

/** Time limit of one call, in seconds; a long poll has a longer one. */
const callSeconds = 10;
const longPollSeconds = 60;

/**
 * Creates the bot. Each update passes through the features in their order; the first one that recognises it handles it.
 * @param guards transformers that see every call of the Bot API and each retry, the first nearest
 * to the network
 */
export function createBot(
  token: string,
  apiRoot: string,
  dependencies: BotDependencies & {
    /** True to set the bot's name and descriptions at the start; false to leave those of BotFather. */
    readonly setsProfile: boolean;
  },
  ...guards: Transformer[]
): DabirBot {
  const { texts, log, meter } = dependencies;
  const client = {
    apiRoot,
    fetch: httpFetch,
  };
  const bot = new Bot<BotContext>(token, { client: { ...client, timeoutSeconds: callSeconds } });
  bot.api.config.use(...guards);
  bot.api.config.use(autoRetry({ maxRetryAttempts: 2, maxDelaySeconds: 10, rethrowHttpErrors: true }));
  const updates = new Api(token, { ...client, timeoutSeconds: longPollSeconds });
  const listed: readonly Feature<never>[] = features;
  const menus = createMenus(bot.api, texts, () =>
    listed.flatMap(({ commands = {}, isOffered }) => (isOffered?.(bot.botInfo) === false ? [] : [commands])),
  );
  const confirmations = new WeakMap<Update, () => void>();
  bot.use((ctx, next) => {
    ctx.say = (key, variables) => texts(languageOf(ctx), key, variables);
    ctx.confirmUpdate = () => confirmations.get(ctx.update)?.();
    return next();
  });
  bot.use(writeCommandsInLowerCase);
  for (const feature of features) bot.use(feature.install({ ...dependencies, menus }));
  return {
    grammy: bot,
    async initialise() {
      // bot.init() would retry forever; a start reports the error instead.
      bot.botInfo = await bot.api.getMe().catch((error) => {
        throw new Error(describeRefusal(error));
      });
      if (!bot.botInfo.can_connect_to_business)
        log.info({}, 'accounts cannot be connected: @BotFather or the Bot API server does not allow it');
      // A bot without a menu still works, and Telegram keeps the previous menu.
      await menus.publish().catch((error) => logError(log, 'warn', {}, error, 'command menu not set'));
      if (!dependencies.setsProfile) return;
      await publishProfile(bot.api, texts).catch((error) =>
        logError(log, 'warn', {}, error, 'profile not set'),
      );
    },
    fetchUpdates: (offset, waitSeconds, signal) =>
      updates.getUpdates(
        { offset, timeout: waitSeconds, allowed_updates: allowedUpdatesOf(bot.botInfo) },
        signal as Parameters<Api['getUpdates']>[1],
      ),
    async handle(update, confirm) {
      // A copy, so that two handlings of the same update have separate keys in the map.
      const own = { ...update };
      confirmations.set(own, confirm);
      try {
        await withRequest(`u${update.update_id}`, () => bot.handleUpdate(own));
        meter.update('handled');
      } catch (thrown) {
        logError(log, 'warn', { update: update.update_id }, thrown, 'update not handled to its end');
        // A second handling would meet the same refusal, such as a message to a user who blocked the bot.
        meter.update(isRefusal(thrown) ? 'handled' : 'later');
        if (!isRefusal(thrown)) throw thrown;
      }
    },
  };
}

type UpdateKind = Exclude<keyof Update, 'update_id'>;

/** The kinds of updates that every bot requests. */
const usualUpdates: readonly UpdateKind[] = ['message', 'callback_query', 'inline_query', 'my_chat_member'];

/**
 * The kinds of updates of connected accounts. An older server does not know them, so only a bot that can be connected
 * asks.
 */
const accountUpdates: readonly UpdateKind[] = [
  'business_connection',
  'business_message',
  'deleted_business_messages',
];

/** Returns the kinds of updates that this bot requests from Telegram. */
export function allowedUpdatesOf({
  can_connect_to_business,
}: Pick<UserFromGetMe, 'can_connect_to_business'>): readonly UpdateKind[] {
  return can_connect_to_business ? [...usualUpdates, ...accountUpdates] : usualUpdates;
}

/**
 * Returns true when Telegram refused a call, so that a retry would be refused too. grammY wraps the errors of features;
 * Telegram's response is inside.
 */
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
