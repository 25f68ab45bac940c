import { expect, test } from 'vitest';
import { loadConfig } from '../../src/runtime/config.ts';
import { languageModelBudget, languageModelSettings } from '../../src/runtime/language-model-settings.ts';
import { shownConfiguration } from '../../src/runtime/shown-configuration.ts';

const set = {
  LLM_BASE_URL: 'https://gateway.example.org/models/m/x-s_R7OXVU9yI4tPZYHgK/v1/',
  LLM_MODEL: 'm',
  LLM_API_KEY: 'a-key-of-the-gateway',
};

test('without an address there is no language model', () => {
  expect(languageModelSettings(loadConfig({}))).toBeNull();
  expect(languageModelSettings(loadConfig({ LLM_API_KEY: 'a-key' }))).toBeNull();
});

test('the settings of a language model have defaults, and an address without a slash at its end', () => {
  expect(languageModelSettings(loadConfig(set))).toEqual({
    baseUrl: set.LLM_BASE_URL.slice(0, -1),
    modelName: 'm',
    apiKey: set.LLM_API_KEY,
    authScheme: null,
    contextTokens: 8192,
    thinkingTokens: 0,
    maxParallelCalls: 2,
    timeoutMs: 300_000,
    price: null,
    keeps: 'unknown',
  });
});

test('prices and budgets are in one currency', () => {
  const config = loadConfig({
    ...set,
    LLM_PRICE_IN: '20000',
    LLM_PRICE_OUT: '80000.5',
    LLM_CURRENCY: 'IRT',
    LLM_BUDGET_USER_DAY: '0',
    LLM_BUDGET_MONTH: '5000000',
  });
  const price = { perMillionIn: 20_000, perMillionOut: 80_000.5, currency: 'IRT' };
  expect(languageModelSettings(config)?.price).toEqual(price);
  expect(languageModelBudget(config)).toEqual({
    userDay: 0,
    userMonth: null,
    allDay: null,
    allMonth: 5_000_000,
  });
});

test('admins see neither the address nor the key of the language model', () => {
  const shown = JSON.stringify(shownConfiguration(loadConfig(set)));
  expect(shown).not.toContain('x-s_R7OXVU9yI4tPZYHgK');
  expect(shown).not.toContain(set.LLM_API_KEY);
});
