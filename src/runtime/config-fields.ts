/** The forms of values in the environment, each with the sentence for a wrong one. */
import { isIP } from 'node:net';
import { z } from 'zod';

export const number = (min: number, max: number, fallback: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)
    .default(fallback);

export const wholeNumber = (min: number, max: number, fallback: number) =>
  z.coerce
    .number({ error: 'must be a whole number' })
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)
    .default(fallback);

export const address = (schemes: RegExp, words: string) =>
  z.string().regex(schemes, words).refine(URL.canParse, 'is not a valid address').nullable().default(null);

export const onOff = z.enum(['on', 'off'], { error: 'must be on or off' });

export const secret = z.string().nullable().default(null);

export const baseUrl = (usual: string) =>
  z
    .string()
    .regex(/^https?:\/\//, 'must begin with https:// or http://')
    .refine(URL.canParse, 'is not a valid address')
    .default(usual)
    .transform((url) => url.replace(/\/+$/, ''));

export const price = z.coerce
  .number({ error: 'must be a number' })
  .min(0, 'must not be negative')
  .nullable()
  .default(null);

export const telegramIds = z
  .string()
  .regex(/^\s*\d{1,15}(\s*[,\s]\s*\d{1,15})*\s*$/, 'must be Telegram ids (numbers), separated by commas')
  .transform(
    (text) =>
      new Set(
        text
          .split(/[,\s]+/)
          .filter(Boolean)
          .map(Number),
      ),
  )
  .default(() => new Set<number>());

/** A list of addresses and networks, such as `127.0.0.1, 10.0.0.0/8`. */
export const addressList = z
  .string()
  .default('')
  .transform((list) => list.split(',').flatMap((entry) => entry.trim() || []))
  .refine((entries) => entries.every(isAddress), 'must be addresses or networks, such as 10.0.0.0/8');

function isAddress(entry: string): boolean {
  const [host = '', bits, ...rest] = entry.split('/');
  const version = isIP(host);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

export const timeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}, 'is not a time zone (example: Asia/Tehran)');

/** Names of models, separated by commas. */
export const nameSet = z
  .string()
  .regex(/^\s*[\w.-]+(\s*[,\s]\s*[\w.-]+)*\s*$/, 'must be names, separated by commas')
  .transform((text): ReadonlySet<string> => new Set(text.split(/[,\s]+/).filter(Boolean)))
  .default(() => new Set<string>());

/** Pairs of a language and the name of its model, such as `fa=shenava-rizeh, ckb=whisper`. */
export const languageModels = z
  .string()
  .regex(
    /^\s*[a-z]{2,3}=[\w.-]+(\s*[,\s]\s*[a-z]{2,3}=[\w.-]+)*\s*$/,
    'must be languages and models, such as fa=shenava-rizeh',
  )
  .transform(
    (text): ReadonlyMap<string, string> =>
      new Map(
        text
          .split(/[,\s]+/)
          .filter(Boolean)
          .map((pair) => {
            const [language = '', model = ''] = pair.split('=');
            return [language, model] as const;
          }),
      ),
  )
  .default(() => new Map<string, string>());
