import type { UserId } from '../../domain/ids.ts';
import type { KnownVoice, Voice } from '../../domain/voice-match.ts';

/** `refused`: the user has not agreed that voices are remembered, or no longer. */
export type RememberResult = 'remembered' | 'full' | 'refused';

/** The voices that users have had remembered, as a worker uses them. */
export type Voiceprints = {
  /** Returns the voices of a user; none unless the user has agreed that they are remembered. */
  list(userId: UserId): Promise<readonly KnownVoice[]>;
  /** Remembers the voice of a speaker, in place of an older one of that name. */
  remember(userId: UserId, name: string, voice: Voice): Promise<RememberResult>;
  /** Stores that voices were recognised, since unused ones are deleted after a year. */
  recordUse(userId: UserId, names: readonly string[]): Promise<void>;
};
