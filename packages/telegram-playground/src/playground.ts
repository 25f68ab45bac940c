import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Core } from './core.ts';
import { botRoutes, refused } from './http/bot-routes.ts';
import { isLoopback, requireLoopbackName } from './http/local-only.ts';
import { pageRoutes } from './http/page-routes.ts';
import type { Logger } from './logger.ts';
import { BotApiError } from './methods/bot-api-error.ts';
import { methods } from './methods/index.ts';
import { Parameters } from './methods/parameters.ts';
import { openCore } from './open-core.ts';
import { personRoutes } from './people/routes.ts';
import { type Call, CallRecord } from './testing/calls.ts';
import type { ChatCounts } from './testing/counts.ts';
import { type FaultSwitch, Faults } from './testing/faults.ts';
import { Flood, type FloodOptions, type FloodReport } from './testing/flood.ts';

/** Options of a playground. */
export interface PlaygroundOptions {
  /** A folder of its own; its journal and files survive restarts. */
  readonly dataDir: string;
  /** Address to listen on; a loopback one also refuses requests under foreign host names. */
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** The token that the bot has to use. */
  readonly token: string;
  readonly botUsername?: string;
  /** Acts like a Bot API server in --local mode: getFile names files on this machine, of any size. */
  readonly isLocal?: boolean;
  /** False: nobody can connect the bot to their account, as at Telegram before BotFather allows it. */
  readonly connectsToBusiness?: boolean;
  readonly logger?: Logger;
  /** Enforces Telegram's rate limits; without it the bot has none. */
  readonly flood?: FloodOptions;
}

/** A running playground. */
export interface Playground {
  /** URL of the chat page, such as `http://127.0.0.1:8081`. */
  readonly url: string;
  /** URL that a bot uses instead of `https://api.telegram.org`. */
  readonly apiRoot: string;
  readonly token: string;
  readonly faults: FaultSwitch;
  /** Returns the latest calls of the bot, oldest first. */
  calls(): readonly Call[];
  /**
   * Returns what is on a chat's screen, and the sounds and calls for it since the start.
   * @param chatId a person's or a group's
   */
  counts(chatId: number): ChatCounts;
  /** Returns statistics of the bot's calls; null without rate limits. */
  flood(): FloodReport | null;
  /** Ends streams and polls, stops listening and flushes the journal; takes less than a second. */
  close(): Promise<void>;
}

/** Response headers by which no uploaded content can run; the page itself adds what it needs. */
const everyAnswer = {
  'content-security-policy': "script-src 'none'; object-src 'self'; base-uri 'none'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** Time limit for the headers of a request, in ms. */
const headersMs = 10_000;

/**
 * Starts a local Telegram: a Bot API server for the bot, and a chat page for people. Rejects with the
 * original error (`EADDRINUSE`, `EACCES` …) when the port can't be opened; then nothing was touched.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { host, port, token, logger } = options;
  let handle: ReturnType<typeof getRequestListener> | undefined;
  const server = createServer({ connectionsCheckingInterval: 1_000 }, (incoming, outgoing) => {
    for (const [name, value] of Object.entries(everyAnswer)) outgoing.setHeader(name, value);
    if (handle) void handle(incoming, outgoing);
    else outgoing.writeHead(503, { 'retry-after': '1' }).end();
  });
  // Two gigabytes take a while, and an idle connection must not be closed under a bot that is about to use
  // it.
  server.requestTimeout = 0;
  server.headersTimeout = headersMs;
  server.keepAliveTimeout = 65_000;
  // The port first: a second playground on the same folder fails here, before it touches the journal.
  await listen(server, host, port);
  try {
    const core = await openCore(options);
    const faults = new Faults();
    const calls = new CallRecord();
    const flood = options.flood === undefined ? null : new Flood(options.flood);
    const app = routes(core, { token, faults, calls, flood, logger, loopback: isLoopback(host) });
    core.webhook.onReply = (method, parameters) => void replyFromWebhook(core, method, parameters, logger);
    handle = getRequestListener(app.fetch, { overrideGlobalObjects: false });
    core.webhook.restart();

    const url = `http://${reachableName(host)}:${(server.address() as AddressInfo).port}`;
    return {
      url,
      apiRoot: url,
      token,
      faults,
      calls: () => calls.list(),
      counts: (chatId) => core.tally.countsOf(core.state, chatId),
      flood: () => flood?.report() ?? null,
      close: () => close(server, core, faults),
    };
  } catch (error) {
    server.close();
    throw error;
  }
}

function routes(
  core: Core,
  options: {
    readonly token: string;
    readonly faults: Faults;
    readonly calls: CallRecord;
    readonly flood: Flood | null;
    readonly logger: Logger | undefined;
    readonly loopback: boolean;
  },
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  if (options.loopback) app.use(requireLoopbackName());
  app.route('/', botRoutes({ core, ...options }));
  app.route('/playground', personRoutes({ core, ...options }));
  app.route('/', pageRoutes(path.join(import.meta.dirname, 'page')));
  app.notFound(() => refused(new BotApiError(404, 'Not Found')));
  app.onError((error) => {
    options.logger?.error({ err: error }, 'the playground failed');
    return refused(new BotApiError(500, 'Internal Server Error'));
  });
  return app;
}

/** Returns a host name under which the server can be reached. */
function reachableName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function close(server: Server, core: Core, faults: Faults): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  faults.clear();
  core.webhook.close();
  core.updates.close();
  core.callbacks.close();
  core.inlineQueries.close();
  core.events.close();
  // A connection is idle only some moments after its last answer; those that are busy after half a second are
  // cut.
  const idle = setInterval(() => server.closeIdleConnections(), 10);
  const cut = setTimeout(() => server.closeAllConnections(), 500);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
  core.journal.close();
}

/** Runs a call that the bot made by answering a webhook: it never gets the result. */
async function replyFromWebhook(
  core: Core,
  method: string,
  parameters: Record<string, unknown>,
  logger: Logger | undefined,
): Promise<void> {
  const found = methods.get(method.toLowerCase());
  // Telegram accepts neither getting methods here nor those about the webhook itself.
  if (!found || /^(?:get|setwebhook|deletewebhook)/i.test(method)) return;
  try {
    await found.run(core, Parameters.fromJson(parameters));
  } catch (error) {
    logger?.warn({ err: error, method: found.name }, 'a call in a webhook answer was refused');
  }
}
