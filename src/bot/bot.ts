import { Bot, GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import { textLanguages } from '../texts/texts.ts';
import { type BotContext, type BotDependencies, languageOf } from './context.ts';
import { audioFeature } from './features/audio.ts';
import { cancelFeature } from './features/cancel.ts';
import { engineChoiceFeature } from './features/engine-choice.ts';
import { queueFeature } from './features/queue.ts';
import { startFeature } from './features/start.ts';
import { unhandledFeature } from './features/unhandled.ts';

export type DabirBot = {
  /** Asks Telegram who we are and puts up the command menus. Rejects with an Error in one sentence. */
  initialise(): Promise<void>;
  /**
   * Handles one update. Resolves as soon as the update counts as handled: at its end, or when what it brought is
   * safe in the database. Rejects when it must be delivered again.
   */
  handle(update: Update): Promise<void>;
  readonly grammy: Bot<BotContext>;
};

const commands = ['start', 'help', 'queue', 'cancel'] as const;

/** The bot: what people send goes to the features, in this order; the first that knows it takes it. */
export function createBot(token: string, apiRoot: string, dependencies: BotDependencies): DabirBot {
  const { texts, log } = dependencies;
  const bot = new Bot<BotContext>(token, { client: { apiRoot, timeoutSeconds: 60 } });
  const onCommit = new WeakMap<Update, () => void>();
  bot.use((ctx, next) => {
    ctx.say = (key, variables) => texts(languageOf(ctx), key, variables);
    ctx.committed = () => onCommit.get(ctx.update)?.();
    return next();
  });
  bot.use(
    startFeature(),
    queueFeature(dependencies),
    cancelFeature(dependencies),
    audioFeature(dependencies),
    engineChoiceFeature(dependencies),
    unhandledFeature(),
  );
  return {
    grammy: bot,
    async initialise() {
      // bot.init() would try for ever; a start has to say what is wrong.
      bot.botInfo = await bot.api.getMe().catch((error) => {
        throw new Error(describeRefusal(error));
      });
      for (const language of textLanguages) {
        const menu = commands.map((command) => ({
          command,
          description: texts(language, `command-${command}`),
        }));
        await bot.api.setMyCommands(menu, { language_code: language });
        if (language === 'fa') await bot.api.setMyCommands(menu);
      }
    },
    handle(update) {
      return new Promise<void>((resolve, reject) => {
        let committed = false;
        onCommit.set(update, () => {
          committed = true;
          resolve();
        });
        bot.handleUpdate(update).then(resolve, (thrown) => {
          const { message } = thrown as Error;
          log.warn({ update: update.update_id, committed, cause: message }, 'update not handled to its end');
          // What Telegram itself refuses (a person who blocked the bot) it will refuse again.
          if (isRefusal(thrown)) resolve();
          else reject(thrown);
        });
      });
    },
  };
}

/** grammY wraps what a feature throws; inside is Telegram's answer, if it was one. */
function isRefusal(thrown: unknown): boolean {
  const inner = thrown instanceof Error && 'error' in thrown ? thrown.error : thrown;
  const cause = inner instanceof Error && inner.cause instanceof Error ? inner.cause : inner;
  return cause instanceof GrammyError && cause.error_code >= 400 && cause.error_code < 429;
}

function describeRefusal(error: unknown): string {
  if (error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)) {
    return 'Telegram does not know this BOT_TOKEN. Copy it again from @BotFather.';
  }
  if (error instanceof GrammyError) return `Telegram answered: ${error.description}.`;
  return 'Telegram could not be reached. Check the network, or set TELEGRAM_API_ROOT.';
}
