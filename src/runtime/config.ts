import { isIP } from 'node:net';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { withSecretFiles } from './secret-files.ts';
import { composeVariables, isForeign, misspelled, nearestName, suggestion } from './variable-names.ts';

/**
 * Folder of this checkout. Relative paths in the configuration start here, independent of the
 * working directory.
 */
const projectFolder = fileURLToPath(new URL('..', import.meta.url));

const number = (least: number, most: number, fallback: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)
    .default(fallback);

const wholeNumber = (least: number, most: number, fallback: number) =>
  z.coerce
    .number({ error: 'must be a whole number' })
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)
    .default(fallback);

const address = (schemes: RegExp, words: string) =>
  z.string().regex(schemes, words).refine(URL.canParse, 'is not a valid address').nullable().default(null);

const secret = z.string().nullable().default(null);

const baseUrl = (usual: string) =>
  z
    .string()
    .regex(/^https?:\/\//, 'must begin with https:// or http://')
    .refine(URL.canParse, 'is not a valid address')
    .default(usual)
    .transform((url) => url.replace(/\/+$/, ''));

const price = z.coerce
  .number({ error: 'must be a number' })
  .min(0, 'must not be negative')
  .nullable()
  .default(null);

const telegramIds = z
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
const addressList = z
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

const timeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}, 'is not a time zone (example: Asia/Tehran)');

/** Every variable, by its name in the environment; .env.example explains each in one line. */
const environment = z.object({
  BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, 'does not look like a bot token (123456789:AA…); @BotFather gives one')
    .nullable()
    .default(null),
  TELEGRAM_API_ROOT: address(/^https?:\/\//, 'must begin with https:// or http://'),
  TELEGRAM_DOWNLOAD_LIMIT_MB: number(1, 4000, 0).or(z.literal(0)).default(0),
  TELEGRAM_LIMITS: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  DATABASE_URL: address(/^postgres(ql)?:\/\//, 'must begin with postgresql://'),
  REDIS_URL: address(/^rediss?:\/\//, 'must begin with redis:// or rediss://'),
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((path) => (isAbsolute(path) ? path : resolve(projectFolder, path))),
  UPDATES: z.enum(['polling', 'webhook'], { error: 'must be polling or webhook' }).nullable().default(null),
  PUBLIC_URL: address(/^https?:\/\//, 'must begin with https:// (or http://)').transform(
    (url) => url?.replace(/\/+$/, '') ?? null,
  ),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, 'must be 16 to 256 letters, digits, _ and - (as Telegram asks)')
    .nullable()
    .default(null),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').nullable().default(null),
  TRUSTED_PROXIES: addressList,
  ALLOW_PLAIN_HTTP: z.stringbool({ error: 'must be true or false' }).default(false),
  ADMIN_SEES_TRANSCRIPTS: z.stringbool({ error: 'must be true or false' }).default(false),
  WORKER_WEB_PORT: wholeNumber(0, 65535, 0).nullable().default(null),
  WEB_HOST: z.string().default('127.0.0.1'),
  WEB_PORT: wholeNumber(0, 65535, 8686),
  PLAYGROUND_HOST: z.string().default('127.0.0.1'),
  PLAYGROUND_PORT: wholeNumber(0, 65535, 8585),
  WORKER_LOCAL: wholeNumber(0, 64, 1),
  WORKER_REMOTE: wholeNumber(0, 256, 8),
  LOCAL_PYTHON: z.string().nullable().default(null),
  LOCAL_MODEL: z.string().nullable().default(null),
  LOCAL_COMPUTE_TYPE: z.string().nullable().default(null),
  LOCAL_THREADS: wholeNumber(1, 256, 1).nullable().default(null),
  HF_ENDPOINT: address(/^https?:\/\//, 'must begin with https:// or http://'),
  EBOO_TOKEN: secret,
  EBOO_BASE_URL: baseUrl('https://www.eboo.ir'),
  EBOO_PRICE_PER_MINUTE: price,
  EBOO_TIMEOUT_SECONDS: wholeNumber(1, 86400, 1800),
  EBOO_PARALLEL: wholeNumber(1, 64, 2),
  SCRIBE_TOKEN: secret,
  SCRIBE_BASE_URL: baseUrl('https://api.metisai.ir'),
  SCRIBE_MODEL: z.string().default('scribe_v1'),
  SCRIBE_PRICE_PER_MINUTE: price,
  SCRIBE_TIMEOUT_SECONDS: wholeNumber(1, 86400, 1800),
  SCRIBE_PARALLEL: wholeNumber(1, 64, 2),
  VIRA_TOKEN: secret,
  VIRA_BASE_URL: baseUrl('https://partai.gw.isahab.ir'),
  VIRA_MODEL: z.string().default('default'),
  VIRA_PRICE_PER_MINUTE: price,
  VIRA_TIMEOUT_SECONDS: wholeNumber(1, 86400, 300),
  VIRA_PARALLEL: wholeNumber(1, 64, 4),
  OPENAI_BASE_URL: baseUrl('https://api.openai.com'),
  OPENAI_API_KEY: secret,
  OPENAI_MODEL: z.string().default('whisper-1'),
  OPENAI_PRICE_PER_MINUTE: price,
  OPENAI_TIMEOUT_SECONDS: wholeNumber(1, 86400, 900),
  OPENAI_PARALLEL: wholeNumber(1, 64, 3),
  ELEVENLABS_API_KEY: secret,
  ELEVENLABS_BASE_URL: baseUrl('https://api.elevenlabs.io'),
  ELEVENLABS_MODEL: z.string().default('scribe_v2'),
  ELEVENLABS_PRICE_PER_MINUTE: price,
  ELEVENLABS_TIMEOUT_SECONDS: wholeNumber(1, 86400, 1800),
  ELEVENLABS_PARALLEL: wholeNumber(1, 64, 2),
  LINKS: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  LINK_MAX_MB: wholeNumber(1, 4000, 200),
  YT_DLP: z.string().refine(isAbsolute, 'must be the full path of the program').nullable().default(null),
  MAX_DURATION_MINUTES: number(1, 6000, 240),
  FFMPEG: z
    .enum(['auto', 'node-av', 'program'], { error: 'must be auto, node-av or program' })
    .default('auto'),
  DECODE_MEMORY_MB: wholeNumber(64, 65536, 512),
  DECODE_TIMEOUT_SECONDS: wholeNumber(1, 86400, 600),
  MAX_ATTEMPTS: wholeNumber(1, 20, 3),
  MAX_LOSSES: wholeNumber(1, 100, 10),
  JOB_DEADLINE_MINUTES: number(0.01, 10000, 720),
  LEASE_SECONDS: number(1, 600, 8),
  SHUTDOWN_GRACE_SECONDS: number(0, 3600, 5),
  ACCESS: z
    .enum(['open', 'invitation', 'allow-list'], { error: 'must be open, invitation or allow-list' })
    .default('open'),
  ALLOWED_IDS: telegramIds,
  ADMIN_IDS: telegramIds,
  MAX_MINUTES_A_DAY: wholeNumber(0, 1_000_000, 0).nullable().default(null),
  MAX_MINUTES_A_MONTH: wholeNumber(0, 1_000_000, 0).nullable().default(null),
  MAX_WAITING_FILES: wholeNumber(1, 100_000, 500),
  MAX_WAITING_MINUTES: number(1, 1_000_000, 3_000),
  HISTORY_DAYS: number(0.01, 3650, 30),
  KEEP_TRANSCRIPTS_DAYS: number(0.01, 36_500, 0).nullable().default(null),
  TIME_ZONE: timeZone.default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    })
    .default('info'),
  MISSPELLED_VARIABLES: z.enum(['warn', 'refuse'], { error: 'must be warn or refuse' }).default('warn'),
});

/** The name of every variable in `Config`. */
export const variableNames: readonly string[] = Object.keys(environment.shape);

/** Variables that no log may contain. Each may also be given as a file (`BOT_TOKEN_FILE`). */
export const secretNames = [
  'BOT_TOKEN',
  'DATABASE_URL',
  'REDIS_URL',
  'WEBHOOK_SECRET',
  'METRICS_TOKEN',
  'EBOO_TOKEN',
  'SCRIBE_TOKEN',
  'VIRA_TOKEN',
  'OPENAI_API_KEY',
  'ELEVENLABS_API_KEY',
] as const satisfies readonly (keyof typeof environment.shape)[];

/**
 * The validated configuration. Its names are those of the environment, so that one search finds
 * every use of a variable.
 */
export type Config = z.infer<typeof environment>;

/** Thrown with everything that is wrong with the configuration, in one readable message. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
  }
}

/** Names of variables that the program, or the Compose file beside it, reads. */
const ownNames = new Set([
  ...variableNames,
  ...secretNames.map((name) => `${name}_FILE`),
  ...composeVariables,
]);

/**
 * Checks the names in the file `.env`: a name that nothing reads is a mistake.
 * @throws ConfigError that lists each unknown name with the one that was probably meant
 */
export function checkFileNames(names: Iterable<string>): void {
  const problems = [...names]
    .filter((name) => !ownNames.has(name) && !isForeign(name))
    .map((name) => `.env sets ${name}, which nothing reads${suggestion(nearestName(name, ownNames))}`);
  if (problems.length > 0) throw new ConfigError(problems);
}

/**
 * Returns a sentence about each variable of the environment that is probably a misspelled name of
 * ours. All others belong to other programs.
 */
export function misspelledVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => !ownNames.has(name) && !isForeign(name))
    .flatMap((name) => {
      const meant = misspelled(name, ownNames);
      return meant === null ? [] : [`nothing reads the variable ${name}${suggestion(meant)}`];
    });
}

/**
 * Reads the configuration. An empty value counts as not set.
 * @param env `process.env`, or any other set of variables
 * @throws ConfigError that lists every problem at once; it never repeats a value, which might be a secret.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { env: whole, problems } = withSecretFiles(env, secretNames);
  const set = Object.fromEntries(
    variableNames.flatMap((name) => {
      const value = whole[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const result = environment.safeParse(set);
  const all = [
    ...problems,
    ...(result.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []),
    ...(result.success ? contradictions(result.data) : []),
    ...(set['MISSPELLED_VARIABLES'] === 'refuse' ? misspelledVariables(env) : []),
  ];
  if (!result.success || all.length > 0) throw new ConfigError(all);
  return result.data;
}

/** Returns what is wrong with a combination of values that are each valid. */
function contradictions(config: Config): string[] {
  const problems: string[] = [];
  if (config.UPDATES === 'webhook' && config.PUBLIC_URL === null)
    problems.push('PUBLIC_URL is missing: with UPDATES=webhook, Telegram delivers to it');
  const openly = config.ALLOW_PLAIN_HTTP;
  if (!isLoopback(config.WEB_HOST) && config.TRUSTED_PROXIES.length === 0 && !openly)
    problems.push(
      'WEB_HOST opens the web server to the network without TLS; put a proxy in front and name it in ' +
        'TRUSTED_PROXIES, or set ALLOW_PLAIN_HTTP=true',
    );
  if (config.BOT_TOKEN === null && !isLoopback(config.PLAYGROUND_HOST) && !openly)
    problems.push(
      'PLAYGROUND_HOST opens the chat page to the network, where anybody can act as any user; ' +
        'if you want that, set ALLOW_PLAIN_HTTP=true',
    );
  return problems;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

/** A configuration with the variables that a production role requires. */
export type RoleConfig = Config & { readonly BOT_TOKEN: string; readonly DATABASE_URL: string };

/**
 * Checks that a process that runs on its own has the variables that it needs.
 * @throws ConfigError
 */
export function requireRole(config: Config): RoleConfig {
  const { BOT_TOKEN, DATABASE_URL } = config;
  const problems = [
    ...(BOT_TOKEN === null ? ['BOT_TOKEN is missing (npm start runs without one, in the playground)'] : []),
    ...(DATABASE_URL === null ? ['DATABASE_URL is missing (npm start has an embedded database)'] : []),
  ];
  if (BOT_TOKEN === null || DATABASE_URL === null) throw new ConfigError(problems);
  return { ...config, BOT_TOKEN, DATABASE_URL };
}

/** Returns the root of the Bot API, without a slash at its end. */
export function telegramApiRoot(config: Config): string {
  return (config.TELEGRAM_API_ROOT ?? 'https://api.telegram.org').replace(/\/+$/, '');
}

/**
 * Returns the maximum size of a download in bytes: by default 20 MB from Telegram's own server and
 * 2,000 MB from a self-hosted one (Bot API, "Local Bot API Server").
 */
export function downloadLimitBytes(config: Config): number {
  const { TELEGRAM_DOWNLOAD_LIMIT_MB: limit, TELEGRAM_API_ROOT: root } = config;
  const megabytes = limit > 0 ? limit : root === null ? 20 : 2000;
  return megabytes * 2 ** 20;
}
