import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import {
  addUsage,
  type Completion,
  type CompletionRequest,
  type LanguageModel,
  LanguageModelError,
  type LanguageModelProfile,
  noUsage,
  type TokenUsage,
} from '../app/ports/language-model.ts';
import { maxTokensOf } from '../domain/tokens.ts';
import { createHttpClient, type HttpClient, type HttpResponse } from '../http/client.ts';
import { wordsOf } from '../http/error-words.ts';
import { shapeOf } from '../http/shape.ts';
import { isLoopback } from '../lib/loopback.ts';
import { failureOfConnection, failureOfResponse } from './call-failures.ts';
import {
  type ChatRequest,
  chatBody,
  type Dialect,
  dialectAfter,
  firstDialect,
  replySchemaOf,
} from './chat-request.ts';
import { type ChatReply, findJson, readChatReply } from './chat-response.ts';
import { listModelNames } from './model-list.ts';
import { secretsOfServer } from './server-secrets.ts';
import type { LanguageModelSettings } from './settings.ts';

/** Timeout of requests that are answered at once, in ms. */
const shortMs = 15_000;
/** Calls for one reply: the first, and one that repairs it. */
const maxReplies = 2;
/** Maximum length of what is said about an unusable reply, in UTF-16 units. */
const maxFaultLength = 300;

/**
 * Creates the language model behind an OpenAI-compatible server. What the server refuses (a schema, a field) is not sent
 * again while the process runs.
 */
export function createLanguageModel(settings: LanguageModelSettings): LanguageModel {
  const { modelName, thinkingTokens } = settings;
  const baseUrl = withVersion(settings.baseUrl);
  const client = createHttpClient({
    baseUrl,
    headers: authorizationOf(settings, new URL(baseUrl).hostname),
    secrets: secretsOfServer(baseUrl, settings.apiKey),
    timeoutMs: settings.timeoutMs,
  });
  let dialect = firstDialect;

  /** Sends a request, in the next dialect when the server refuses the one before. */
  const ask = async (request: ChatRequest, signal: AbortSignal): Promise<ChatReply> => {
    for (;;) {
      const sent = dialect;
      const response = await requestChat(client, request, sent, signal);
      if (response.status >= 200 && response.status < 300) return replyOf(response, client);
      const next = dialectAfter(sent, response.status, response.text);
      if (next === null) throw failureOfResponse(response, client.clean(wordsOf(response)));
      // Another call may have been faster.
      if (dialect === sent) dialect = next;
    }
  };

  return {
    profile: profileOf(settings, baseUrl),
    async complete<Value>(
      request: CompletionRequest<Value>,
      signal: AbortSignal,
    ): Promise<Completion<Value>> {
      const code = String(randomInt(1_000, 10_000));
      const maxOutputTokens = request.maxOutputTokens + thinkingTokens;
      let usage: TokenUsage = noUsage;
      let fault: Fault | null = null;
      for (let replies = 0; replies < maxReplies; replies += 1) {
        const asked: ChatRequest = {
          ...request,
          modelName,
          maxOutputTokens,
          code,
          fault: fault?.words ?? null,
        };
        const reply = await ask(asked, signal).catch((thrown: unknown) => {
          throw withUsage(thrown, usage);
        });
        usage = addUsage(usage, usageOf(reply, asked));
        if (reply.refusal !== null || reply.finishReason === 'content_filter')
          throw new LanguageModelError('refused', 'the model refuses the text', { usage });
        if (reply.finishReason === 'length')
          throw new LanguageModelError('cut_off', `the reply reached ${maxOutputTokens} tokens`, { usage });
        const read = readValue(reply.text, request.schema, code);
        if ('value' in read) return { value: read.value, usage };
        fault = read;
      }
      throw new LanguageModelError(fault?.kind ?? 'response_unknown', client.clean(fault?.words ?? ''), {
        usage,
      });
    },
    async probe(signal) {
      const response = await client
        .ask({ method: 'GET', path: '/models', timeoutMs: shortMs }, signal)
        .catch((thrown: unknown) => {
          signal.throwIfAborted();
          throw failureOfConnection(thrown);
        });
      // Some gateways have an address for each model, and no list.
      if (response.status === 404 || response.status === 405) return;
      if (response.status < 200 || response.status >= 300)
        throw failureOfResponse(response, client.clean(wordsOf(response)));
      const names = listModelNames(response.json);
      if (names !== null && !names.has(modelName) && !names.has(`${modelName}:latest`))
        throw new LanguageModelError('not_found', `the server's list does not have the model ${modelName}`);
    },
    close: () => client.close(),
  };
}

async function requestChat(
  client: HttpClient,
  request: ChatRequest,
  dialect: Dialect,
  signal: AbortSignal,
): Promise<HttpResponse> {
  try {
    const json = chatBody(request, dialect);
    return await client.ask({ method: 'POST', path: '/chat/completions', json }, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    throw failureOfConnection(thrown);
  }
}

/** @throws LanguageModelError for a response that is no chat reply; an error in it may be temporary */
function replyOf(response: HttpResponse, client: HttpClient): ChatReply {
  const reply = readChatReply(response.json);
  if (reply !== null) return reply;
  const { json } = response;
  if (typeof json !== 'object' || json === null)
    throw new LanguageModelError(
      'unavailable',
      `the response is no JSON object: ${client.clean(wordsOf(response))}`,
    );
  if ('error' in json && json.error)
    throw new LanguageModelError(
      'unavailable',
      `the server reports an error: ${client.clean(wordsOf(response))}`,
    );
  throw new LanguageModelError(
    'response_unknown',
    `the response has an unknown form: ${client.clean(shapeOf(json))}`,
  );
}

/** Why a reply cannot be used. The words hold no text of the reply. */
type Fault = { readonly kind: 'response_unknown' | 'too_long'; readonly words: string };

function readValue<Value>(
  text: string,
  schema: z.ZodType<Value>,
  code: string,
): { readonly value: Value } | Fault {
  const json = findJson(text);
  if (json === undefined) {
    const what = text.trim() === '' ? 'it was empty' : 'it was no JSON object';
    return { kind: 'response_unknown', words: what };
  }
  const parsed = replySchemaOf(schema).safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'the object'}: ${message}`,
    );
    return { kind: 'response_unknown', words: issues.join('; ').slice(0, maxFaultLength).toWellFormed() };
  }
  if (parsed.data.code.trim() !== code)
    return {
      kind: 'too_long',
      words:
        '"code" was not the number from the first line, so that the request was cut (raise the context of the server, or lower LLM_CONTEXT_TOKENS)',
    };
  return { value: parsed.data.result as Value };
}

/** Returns the tokens of a call; where the server does not count them, an upper bound. */
function usageOf(reply: ChatReply, { instructions, data }: ChatRequest): TokenUsage {
  return {
    inputTokens: reply.inputTokens ?? maxTokensOf(instructions) + maxTokensOf(data),
    outputTokens: reply.outputTokens ?? maxTokensOf(reply.text),
  };
}

/** Returns an error with the tokens of the calls before it. */
function withUsage(thrown: unknown, usage: TokenUsage): unknown {
  if (!(thrown instanceof LanguageModelError)) return thrown;
  return new LanguageModelError(thrown.kind, thrown.message, {
    retryAfterMs: thrown.retryAfterMs,
    usage: addUsage(usage, thrown.usage),
  });
}

/** Adds the version to an address without a path, such as that of Ollama. */
function withVersion(baseUrl: string): string {
  return new URL(baseUrl).pathname === '/' ? `${baseUrl.replace(/\/+$/, '')}/v1` : baseUrl;
}

/** ArvanCloud's gateway takes its keys in a scheme of its own. */
function authorizationOf(
  { apiKey, authScheme }: LanguageModelSettings,
  host: string,
): Readonly<Record<string, string>> {
  if (apiKey === null) return {};
  const scheme = authScheme ?? (/(^|\.)arvancloud(ai)?\.ir$/.test(host) ? 'apikey' : 'Bearer');
  return { authorization: `${scheme} ${apiKey}` };
}

function profileOf(settings: LanguageModelSettings, baseUrl: string): LanguageModelProfile {
  const { modelName, contextTokens, thinkingTokens, maxParallelCalls, price, keeps } = settings;
  const { hostname, host } = new URL(baseUrl);
  const isOwn = isLoopback(hostname);
  return {
    modelName,
    contextTokens,
    thinkingTokens,
    maxParallelCalls,
    price,
    privacy: { destination: isOwn ? null : host, keeps: isOwn ? 'nothing' : keeps },
  };
}
