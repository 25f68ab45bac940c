import { LanguageModelError, type LanguageModelFailure } from '../app/ports/language-model.ts';
import { DabirError } from '../domain/errors.ts';
import type { HttpResponse } from '../http/client.ts';
import { NoResponseError } from '../http/client.ts';
import { readRetryAfter } from '../http/failures.ts';

const outOfCredit =
  /insufficient_quota|insufficient (balance|funds|credit|quota)|out of credit|no credit|billing|payment required|credit balance|اعتبار|موجودی|شارژ/i;
const tooLong =
  /context.{0,20}(length|size|window)|exceed_context|maximum context|too many tokens|prompt is too long|reduce the length/i;
const filtered = /content[_ ](filter|policy|management)|safety|moderation/i;

const failureOfStatus: Readonly<Record<number, LanguageModelFailure>> = {
  401: 'unauthorized',
  402: 'out_of_credit',
  403: 'unauthorized',
  404: 'not_found',
  405: 'not_found',
  408: 'unavailable',
  409: 'unavailable',
  413: 'too_long',
  425: 'unavailable',
  429: 'rate_limited',
};

/**
 * Maps an unsuccessful response to a failure.
 * @param words the server's error text, without secrets
 */
export function failureOfResponse(
  { status, headers, text }: Pick<HttpResponse, 'status' | 'headers' | 'text'>,
  words: string,
): LanguageModelError {
  const kind = kindOf(status, text);
  if (status >= 300 && status < 400)
    return new LanguageModelError(
      'not_found',
      `the server's address leads elsewhere (${status}); set LLM_BASE_URL right`,
    );
  const hint = kind === 'not_found' ? ' (check LLM_BASE_URL and LLM_MODEL)' : '';
  return new LanguageModelError(
    kind,
    `the server answered ${status}${words === '' ? '' : `: ${words}`}${hint}`,
    {
      retryAfterMs: readRetryAfter(headers),
    },
  );
}

function kindOf(status: number, text: string): LanguageModelFailure {
  // OpenAI uses 429 both for the rate limit, which passes, and for a spent credit, which does not.
  if ([400, 403, 429].includes(status) && outOfCredit.test(text)) return 'out_of_credit';
  if ([400, 413, 422, 500].includes(status) && tooLong.test(text)) return 'too_long';
  if ([400, 403, 422].includes(status) && filtered.test(text)) return 'refused';
  const known = failureOfStatus[status];
  if (known !== undefined) return known;
  if (status >= 500) return 'unavailable';
  return status >= 300 && status < 400 ? 'not_found' : 'rejected';
}

/** Maps an error of the HTTP client; everything else is thrown again. */
export function failureOfConnection(thrown: unknown): LanguageModelError {
  if (thrown instanceof NoResponseError) {
    const kinds = { timeout: 'timed_out', connection: 'unavailable', size: 'response_unknown' } as const;
    return new LanguageModelError(kinds[thrown.reason], thrown.message);
  }
  if (thrown instanceof DabirError) return new LanguageModelError('unavailable', thrown.message);
  throw thrown;
}
