import { isLoopback } from '../lib/loopback.ts';
import { ConfigError } from './config-error.ts';
import { type Config, configSchema, secretNames, variableNames } from './config-schema.ts';
import { withSecretFiles } from './secret-files.ts';
import { misspelledVariables } from './unknown-variables.ts';

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
  const result = configSchema.safeParse(set);
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
  problems.push(...contradictionsOfLanguageModel(config));
  return problems;
}

/** Tokens that instructions, a short section and its reply need. */
const minTokensBesideThoughts = 4_096;

/**
 * Returns what is wrong with the variables of the language model. A price without the other one, or a budget without a
 * price, would count nothing.
 */
function contradictionsOfLanguageModel(config: Config): string[] {
  const { LLM_BASE_URL, LLM_MODEL, LLM_PRICE_IN, LLM_PRICE_OUT } = config;
  const budgets = [
    config.LLM_BUDGET_USER_DAY,
    config.LLM_BUDGET_USER_MONTH,
    config.LLM_BUDGET_DAY,
    config.LLM_BUDGET_MONTH,
  ];
  const hasPrice = LLM_PRICE_IN !== null && LLM_PRICE_OUT !== null;
  return [
    ...(LLM_BASE_URL === null && LLM_MODEL !== null
      ? ['LLM_BASE_URL is missing: it is the address of the language model']
      : []),
    ...(LLM_BASE_URL !== null && LLM_MODEL === null ? ['LLM_MODEL is missing: LLM_BASE_URL needs it'] : []),
    ...(config.LLM_CONTEXT_TOKENS - config.LLM_THINKING_TOKENS < minTokensBesideThoughts
      ? [`LLM_CONTEXT_TOKENS has to be at least ${minTokensBesideThoughts} more than LLM_THINKING_TOKENS`]
      : []),
    ...((LLM_PRICE_IN === null) !== (LLM_PRICE_OUT === null)
      ? ['LLM_PRICE_IN and LLM_PRICE_OUT have to be set together']
      : []),
    ...(!hasPrice && budgets.some((limit) => limit !== null)
      ? ['LLM_BUDGET_… needs LLM_PRICE_IN and LLM_PRICE_OUT']
      : []),
  ];
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
