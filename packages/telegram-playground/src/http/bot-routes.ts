import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { Core, MethodResult } from '../core.ts';
import type { Logger } from '../logger.ts';
import { BotApiError } from '../methods/bot-api-error.ts';
import { methods } from '../methods/index.ts';
import { Parameters } from '../methods/parameters.ts';
import type { CallRecord } from '../testing/calls.ts';
import { cutAfter, type Fault, type Faults } from '../testing/faults.ts';
import type { Flood } from '../testing/flood.ts';
import { fileResponse } from './file-response.ts';
import { drain, readParameters } from './request-body.ts';

/** Dependencies of the bot's routes. */
export interface BotRouteOptions {
  readonly core: Core;
  readonly token: string;
  readonly faults: Faults;
  readonly calls: CallRecord;
  /** Null: the bot has no rate limit. */
  readonly flood: Flood | null;
  readonly logger: Logger | undefined;
}

/** Returns the routes `/bot<token>/<method>` and `/file/bot<token>/<path>`, as on api.telegram.org. */
export function botRoutes({
  core,
  token,
  faults,
  calls,
  flood,
  logger,
}: BotRouteOptions): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.on(['GET', 'POST'], '/:bot{bot[^/]+}/:method', async (c) => {
    const { incoming, outgoing } = c.env;
    let parameters = new Parameters(new Map());
    let finish: (status: number) => void = () => undefined;
    try {
      if (c.req.param('bot') !== `bot${token}`) throw new BotApiError(401, 'Unauthorized');
      const name = c.req.param('method');
      const method = methods.get(name.toLowerCase());
      if (!method) throw new BotApiError(404, 'Not Found');

      const fault = faults.take(method.name);
      parameters = await readParameters(incoming, new URL(c.req.url).searchParams, core.files);
      finish = calls.begin(method.name, parameters.record());
      core.tally.call(chatOf(core, parameters), method.name);
      flood?.pass(method.name, parameters.record());
      const answer = await run(fault, () => method.run(core, parameters));
      if (fault) {
        await faults.suffer(fault, outgoing);
        return RESPONSE_ALREADY_SENT;
      }
      finish(200);
      return c.json({ ok: true, ...answer });
    } catch (error) {
      await drain(incoming);
      const refusal = error instanceof BotApiError ? error : new BotApiError(500, 'Internal Server Error');
      if (refusal !== error) logger?.error({ err: error, method: c.req.param('method') }, 'a method failed');
      finish(refusal.status);
      return refused(refusal);
    } finally {
      for (const upload of parameters.uploads()) await core.files.discard(upload);
    }
  });

  app.get('/file/:bot{bot[^/]+}/:path{.+}', async (c) => {
    try {
      if (c.req.param('bot') !== `bot${token}`) throw new BotApiError(401, 'Unauthorized');
      const fault = faults.take('download');
      if (fault && fault.kind !== 'cut') {
        await faults.suffer(fault, c.env.outgoing);
        return RESPONSE_ALREADY_SENT;
      }
      // Paths are looked up in the list of files, never on the disk.
      const file = core.state.filesByPath.get(c.req.param('path'));
      const range = c.req.header('range');
      const response =
        file &&
        (await fileResponse(
          core.files.pathOf(file),
          { method: c.req.method, range },
          { 'content-type': 'application/octet-stream' },
        ));
      if (!response) throw new BotApiError(404, 'Not Found');
      if (fault?.kind === 'cut' && response.body) {
        return new Response(cutAfter(response.body, fault.bytes, c.env.outgoing), response);
      }
      return response;
    } catch (error) {
      if (error instanceof BotApiError) return refused(error);
      throw error;
    }
  });

  return app;
}

/** Returns the chat that a call is about; undefined when there is none, as with getUpdates. */
function chatOf(core: Core, parameters: Parameters): number | undefined {
  const chatId = parameters.text('chat_id');
  if (chatId !== '') return Number(chatId);
  return (
    core.callbacks.chatOf(parameters.text('callback_query_id')) ??
    core.inlineQueries.chatOf(parameters.text('inline_query_id'))
  );
}

/** Runs a method, unless the call meets a fault that comes before its work. */
async function run(
  fault: Fault | undefined,
  work: () => MethodResult | Promise<MethodResult>,
): Promise<MethodResult | undefined> {
  const comesBefore = fault !== undefined && !('after' in fault && fault.after === true);
  return comesBefore ? undefined : work();
}

/** Returns a refusal in the Bot API's envelope. */
export function refused(error: BotApiError): Response {
  const body = {
    ok: false,
    error_code: error.status,
    description: error.description,
    ...(error.parameters && { parameters: error.parameters }),
  };
  return Response.json(body, {
    status: error.status,
    headers:
      error.parameters?.retry_after === undefined
        ? {}
        : { 'retry-after': String(error.parameters.retry_after) },
  });
}
