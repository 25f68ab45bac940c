import { z } from 'zod';

const optionalText = z.string().nullish().catch(null);
const count = z.number().int().nonnegative().nullish().catch(null);

/** A chat response, as far as it is used. Some gateways send the content in pieces. */
const chatResponseSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: optionalText,
        message: z.object({
          content: z
            .union([z.string(), z.array(z.object({ text: optionalText }))])
            .nullish()
            .catch(null),
          refusal: optionalText,
        }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: count, completion_tokens: count }).nullish().catch(null),
});

export type ChatReply = {
  readonly text: string;
  readonly finishReason: string | null;
  /** The model's own words of a refusal; null when it did not refuse. */
  readonly refusal: string | null;
  /** Null when the server does not count. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
};

/** Parses a chat response; null if it is none. */
export function readChatReply(json: unknown): ChatReply | null {
  const parsed = chatResponseSchema.safeParse(json);
  const choice = parsed.data?.choices[0];
  if (parsed.data === undefined || choice === undefined) return null;
  const { content, refusal } = choice.message;
  return {
    text: typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join(''),
    finishReason: choice.finish_reason ?? null,
    refusal: refusal || null,
    inputTokens: parsed.data.usage?.prompt_tokens ?? null,
    outputTokens: parsed.data.usage?.completion_tokens ?? null,
  };
}

/**
 * Finds the JSON object in a reply. Models put thoughts in front of it, and a Markdown fence around it.
 * @returns undefined when there is none
 */
export function findJson(text: string): unknown {
  const afterThoughts = text.slice(
    Math.max(0, text.lastIndexOf('</think>') + 8 * Number(text.includes('</think>'))),
  );
  const from = afterThoughts.indexOf('{');
  const to = afterThoughts.lastIndexOf('}');
  if (from < 0 || to < from) return undefined;
  try {
    return JSON.parse(afterThoughts.slice(from, to + 1));
  } catch {
    return undefined;
  }
}
