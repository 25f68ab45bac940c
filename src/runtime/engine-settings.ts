import type { LocalEngineConfig } from '../engines/local/configuration.ts';
import type { EngineSettings } from '../engines/registry.ts';
import type { SpeakerFinderConfig } from '../engines/speakers/configuration.ts';
import type { Config } from './config-schema.ts';

/** Returns the configuration of the LOCAL engine. */
export function localEngineConfig(config: Config): LocalEngineConfig {
  return {
    dataDir: config.DATA_DIR,
    python: config.LOCAL_PYTHON,
    model: config.LOCAL_MODEL,
    languageModels: config.LOCAL_LANGUAGE_MODELS,
    forbiddenModels: config.LOCAL_FORBIDDEN_MODELS,
    agreedLicences: config.LOCAL_AGREED_LICENCES,
    computeType: config.LOCAL_COMPUTE_TYPE,
    threads: config.LOCAL_THREADS,
    idleMs: config.LOCAL_IDLE_MINUTES * 60_000,
    huggingFaceEndpoint: config.HF_ENDPOINT,
  };
}

/** Returns the configuration of what tells speakers apart; it shares LOCAL's Python. */
export function speakerFinderConfig(config: Config): SpeakerFinderConfig {
  const { DATA_DIR: dataDir, LOCAL_PYTHON: python, LOCAL_THREADS: threads } = config;
  return { dataDir, python, threads, isOn: config.SPEAKERS === 'on' };
}

/** Returns the configuration of every engine. */
export function engineSettings(config: Config): EngineSettings {
  return {
    local: localEngineConfig(config),
    eboo: {
      token: config.EBOO_TOKEN,
      baseUrl: config.EBOO_BASE_URL,
      model: '',
      pricePerMinute: config.EBOO_PRICE_PER_MINUTE,
      timeoutMs: config.EBOO_TIMEOUT_SECONDS * 1000,
      maxParallelChunks: config.EBOO_PARALLEL,
    },
    scribe: {
      token: config.SCRIBE_TOKEN,
      baseUrl: config.SCRIBE_BASE_URL,
      model: config.SCRIBE_MODEL,
      pricePerMinute: config.SCRIBE_PRICE_PER_MINUTE,
      timeoutMs: config.SCRIBE_TIMEOUT_SECONDS * 1000,
      maxParallelChunks: config.SCRIBE_PARALLEL,
    },
    vira: {
      token: config.VIRA_TOKEN,
      baseUrl: config.VIRA_BASE_URL,
      model: config.VIRA_MODEL,
      pricePerMinute: config.VIRA_PRICE_PER_MINUTE,
      timeoutMs: config.VIRA_TIMEOUT_SECONDS * 1000,
      maxParallelChunks: config.VIRA_PARALLEL,
    },
    openai: {
      token: config.OPENAI_API_KEY,
      baseUrl: config.OPENAI_BASE_URL,
      model: config.OPENAI_MODEL,
      pricePerMinute: config.OPENAI_PRICE_PER_MINUTE,
      timeoutMs: config.OPENAI_TIMEOUT_SECONDS * 1000,
      maxParallelChunks: config.OPENAI_PARALLEL,
    },
    elevenlabs: {
      token: config.ELEVENLABS_API_KEY,
      baseUrl: config.ELEVENLABS_BASE_URL,
      model: config.ELEVENLABS_MODEL,
      pricePerMinute: config.ELEVENLABS_PRICE_PER_MINUTE,
      timeoutMs: config.ELEVENLABS_TIMEOUT_SECONDS * 1000,
      maxParallelChunks: config.ELEVENLABS_PARALLEL,
      diarize: config.ELEVENLABS_DIARIZE === 'on',
      keyterms: config.ELEVENLABS_KEYTERMS === 'on',
      noVerbatim: config.ELEVENLABS_NO_VERBATIM === 'on',
    },
  };
}
