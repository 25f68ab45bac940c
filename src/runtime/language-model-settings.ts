import type { Config } from './config-schema.ts';

/** Returns the configuration of the language model; null when none is configured. */
export function languageModelSettings(config: Config) {
  const { LLM_BASE_URL: baseUrl, LLM_MODEL: modelName } = config;
  if (baseUrl === null || modelName === null) return null;
  const { LLM_PRICE_IN: perMillionIn, LLM_PRICE_OUT: perMillionOut, LLM_CURRENCY: currency } = config;
  return {
    baseUrl,
    modelName,
    apiKey: config.LLM_API_KEY,
    authScheme: config.LLM_AUTH_SCHEME,
    contextTokens: config.LLM_CONTEXT_TOKENS,
    thinkingTokens: config.LLM_THINKING_TOKENS,
    maxParallelCalls: config.LLM_PARALLEL,
    timeoutMs: config.LLM_TIMEOUT_SECONDS * 1000,
    price: perMillionIn === null || perMillionOut === null ? null : { perMillionIn, perMillionOut, currency },
    keeps: config.LLM_KEEPS,
  };
}

/** Returns the limits of money, in LLM_CURRENCY; null: no limit. */
export function languageModelBudget(config: Config) {
  return {
    userDay: config.LLM_BUDGET_USER_DAY,
    userMonth: config.LLM_BUDGET_USER_MONTH,
    allDay: config.LLM_BUDGET_DAY,
    allMonth: config.LLM_BUDGET_MONTH,
  };
}
