import { z } from 'zod';

/** State of a bot at Telegram, for the `doctor` command. */
export type BotState = {
  readonly username: string;
  readonly webhook: {
    /** The webhook's address; null when the bot polls. */
    readonly url: string | null;
    readonly pendingUpdates: number;
    readonly lastError: { readonly at: Date; readonly message: string } | null;
  };
  /** False when the server lacks a method that Dabir calls: a self-hosted Bot API server that is too old. */
  readonly knowsMethods: boolean;
  /**
   * The server's clock minus this machine's, in ms, to about half a second, because the server
   * reports whole seconds. Null when it sends no date.
   */
  readonly clockAheadMs: number | null;
};

/** Thrown when Telegram refuses a call; the message is Telegram's own description. */
export class TelegramRefusal extends Error {
  override readonly name = 'TelegramRefusal';
  readonly status: number;
  constructor(status: number, description: string) {
    super(description);
    this.status = status;
  }
}

/** The newest method that Dabir calls (Bot API 7.0 of December 2023). */
const newestMethod = 'deleteMessages';

const timeoutMs = 10_000;

/**
 * Asks Telegram for the bot, its webhook and the time. Changes nothing.
 * @throws TelegramRefusal, or the error of the connection; neither contains the token
 */
export async function readBotState(token: string, apiRoot: string): Promise<BotState> {
  const call = (method: string) => ask(`${apiRoot}/bot${token}/${method}`);
  const askedAt = Date.now();
  const me = await call('getMe');
  const here = (askedAt + Date.now()) / 2;
  const { username } = meSchema.parse(successful(me));
  const webhook = webhookSchema.parse(successful(await call('getWebhookInfo')));
  // Called without parameters, a known method is refused with 400, and an unknown one with 404.
  const newest = await call(newestMethod);
  const date = Date.parse(me.date ?? '');
  return {
    username,
    webhook: {
      url: webhook.url === '' ? null : webhook.url,
      pendingUpdates: webhook.pending_update_count,
      lastError:
        webhook.last_error_date === undefined
          ? null
          : { at: new Date(webhook.last_error_date * 1000), message: webhook.last_error_message ?? '' },
    },
    knowsMethods: newest.status !== 404,
    // A date in whole seconds is half a second behind on average.
    clockAheadMs: Number.isNaN(date) ? null : date + 500 - here,
  };
}

const meSchema = z.object({ username: z.string() });
const webhookSchema = z.object({
  url: z.string().default(''),
  pending_update_count: z.number(),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
});
const responseSchema = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  description: z.string().optional(),
});

type BotApiResponse = {
  readonly status: number;
  readonly date: string | null;
  readonly body: z.infer<typeof responseSchema>;
};

async function ask(url: string): Promise<BotApiResponse> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
  const text = await response.text();
  const parsed = responseSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new TelegramRefusal(response.status, 'the server there is no Bot API server');
  return { status: response.status, date: response.headers.get('date'), body: parsed.data };
}

function successful({ status, body }: BotApiResponse): unknown {
  if (!body.ok) throw new TelegramRefusal(status, body.description ?? `status ${status}`);
  return body.result;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
