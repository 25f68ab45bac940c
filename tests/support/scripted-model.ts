import { type Received, Refusal, type Service, startService } from './services/service.ts';

const key = 'sk-language-model-0123456789';

/** A call as the model reads it: what to do, and the lines of the transcript by their numbers. */
export type ModelCall = {
  readonly instructions: string;
  readonly data: string;
  readonly lines: ReadonlyMap<number, string>;
};

/** Returns the reply of the model to a call: a value for its schema, or a Refusal of the server. */
type Answer = (call: ModelCall) => unknown;

/** A language model on this machine that answers as a test says, and is strict about its requests. */
export type ScriptedModel = Service & {
  /** Every call that was answered, in order. */
  readonly calls: ModelCall[];
  /** Sets the answers from now on. */
  answers(answer: Answer): void;
  /** The next calls are not answered until `release`. */
  hold(): void;
  release(): void;
  /** Number of calls that have arrived. */
  arrived(): number;
  /** The variables that configure it. */
  readonly settings: Readonly<Record<string, string>>;
};

/** Starts a language model with the API of OpenAI's chat completions. */
export async function startScriptedModel(): Promise<ScriptedModel> {
  const calls: ModelCall[] = [];
  let answer: Answer = () => ({});
  let held: PromiseWithResolvers<void> | null = null;
  let arrived = 0;
  const service = await startService(
    ({ path }) => path,
    (request) => {
      const call = readCall(request);
      arrived += 1;
      const content = JSON.stringify({
        code: /Code: (\d+)/.exec(call.instructions)?.[1],
        result: answer(call),
      });
      calls.push(call);
      return {
        status: 200,
        body: {
          choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 1_000, completion_tokens: 100 },
        },
      };
    },
  );
  return {
    ...service,
    calls,
    answers: (next) => {
      answer = next;
    },
    hold() {
      const holding = Promise.withResolvers<void>();
      held = holding;
      service.odd('*', async ({ response, answer: reply }) => {
        await held?.promise;
        response
          .writeHead(reply.status, { 'content-type': 'application/json' })
          .end(JSON.stringify(reply.body));
      });
    },
    release() {
      held?.resolve();
      held = null;
      service.odd(null);
    },
    arrived: () => arrived,
    settings: {
      LLM_BASE_URL: service.url,
      LLM_API_KEY: key,
      LLM_MODEL: 'scripted',
      LLM_CONTEXT_TOKENS: '8000',
    },
  };
}

type ChatBody = {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: { readonly type: string };
};

function readCall(request: Received): ModelCall {
  if (request.headers['authorization'] !== `Bearer ${key}`)
    throw new Refusal({ status: 401, body: { error: { message: 'Incorrect API key provided' } } });
  const { model, messages } = request.json as ChatBody;
  const [system, data] = messages;
  if (request.path !== '/v1/chat/completions' || model !== 'scripted')
    throw new Refusal({ status: 404, body: { error: { message: 'not found' } } });
  if (system?.role !== 'system' || data?.role !== 'user')
    throw new Refusal({
      status: 400,
      body: { error: { message: 'a system and a user message are needed' } },
    });
  const lines = [...data.content.matchAll(/^\[(\d+)\] (.*)$/gm)].map(
    ([, number, text = '']) => [Number(number), text] as const,
  );
  return { instructions: system.content, data: data.content, lines: new Map(lines) };
}
