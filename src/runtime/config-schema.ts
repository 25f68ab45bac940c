import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import {
  address,
  addressList,
  baseUrl,
  languageModels,
  nameSet,
  number,
  onOff,
  price,
  secret,
  telegramIds,
  timeZone,
  wholeNumber,
} from './config-fields.ts';
import { projectFolder } from './project-folder.ts';

/** Every variable, by its name in the environment; .env.example explains each in one line. */
export const configSchema = z.object({
  BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, 'does not look like a bot token (123456789:AA…); @BotFather gives one')
    .nullable()
    .default(null),
  TELEGRAM_API_ROOT: address(/^https?:\/\//, 'must begin with https:// or http://'),
  TELEGRAM_DOWNLOAD_LIMIT_MB: number(1, 4000, 0).or(z.literal(0)).default(0),
  TELEGRAM_LIMITS: onOff.default('on'),
  DATABASE_URL: address(/^postgres(ql)?:\/\//, 'must begin with postgresql://'),
  REDIS_URL: address(/^rediss?:\/\//, 'must begin with redis:// or rediss://'),
  DATA_DIR: z
    .string()
    .default('.data')
    // Relative to the checkout, independent of the working directory.
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
  LOCAL_LANGUAGE_MODELS: languageModels,
  LOCAL_FORBIDDEN_MODELS: nameSet,
  LOCAL_AGREED_LICENCES: nameSet,
  LOCAL_COMPUTE_TYPE: z.string().nullable().default(null),
  LOCAL_THREADS: wholeNumber(1, 256, 1).nullable().default(null),
  // A timer of Node holds 24 days.
  LOCAL_IDLE_MINUTES: number(0.01, 30_000, 30),
  SPEAKERS: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  HF_ENDPOINT: address(/^https?:\/\//, 'must begin with https:// or http://'),
  EBOO_TOKEN: secret,
  EBOO_BASE_URL: baseUrl('https://www.eboo.ir'),
  EBOO_PRICE_PER_MINUTE: price,
  EBOO_TIMEOUT_SECONDS: wholeNumber(1, 86400, 1800),
  EBOO_PARALLEL: wholeNumber(1, 64, 2),
  SCRIBE_TOKEN: secret,
  SCRIBE_BASE_URL: baseUrl('https://api.metisai.ir'),
  SCRIBE_MODEL: z.string().default('scribe_v2'),
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
  ELEVENLABS_DIARIZE: onOff.default('on'),
  ELEVENLABS_KEYTERMS: onOff.default('on'),
  ELEVENLABS_NO_VERBATIM: onOff.default('off'),
  ELEVENLABS_PRICE_PER_MINUTE: price,
  ELEVENLABS_TIMEOUT_SECONDS: wholeNumber(1, 86400, 1800),
  ELEVENLABS_PARALLEL: wholeNumber(1, 64, 2),
  LINKS: onOff.default('on'),
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
  MAX_OPEN_FILES: wholeNumber(1, 100_000, 500),
  MAX_OPEN_MINUTES: number(1, 1_000_000, 3_000),
  BURST_SECONDS: number(0, 60, 10),
  HISTORY_DAYS: number(0.01, 3650, 30),
  KEEP_TRANSCRIPTS_DAYS: number(0.01, 36_500, 0).nullable().default(null),
  BOT_PROFILE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  TIME_ZONE: timeZone.default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    })
    .default('info'),
  MISSPELLED_VARIABLES: z.enum(['warn', 'refuse'], { error: 'must be warn or refuse' }).default('warn'),
});

/** The name of every variable in `Config`. */
export const variableNames: readonly string[] = Object.keys(configSchema.shape);

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
] as const satisfies readonly (keyof typeof configSchema.shape)[];

/**
 * The validated configuration. Its names are those of the environment, so that one search finds
 * every use of a variable.
 */
export type Config = z.infer<typeof configSchema>;
