import type { LocalEngineConfig } from '../local/configuration.ts';

/** Configuration of what tells speakers apart; capital names are environment variables. */
export type SpeakerFinderConfig = Pick<LocalEngineConfig, 'dataDir' | 'python' | 'threads'> & {
  /** SPEAKERS: false leaves speakers out. */
  readonly isOn: boolean;
};
