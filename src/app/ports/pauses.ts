import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';

/** Engines that an admin has paused. All workers on all machines follow. */
export type Pauses = {
  list(): Promise<readonly EnginePause[]>;
  /** Pauses an engine. Resolves to false when it was paused before. */
  pause(engine: EngineId, by: UserId): Promise<boolean>;
  /** Resumes an engine. Resolves to false when it was not paused. */
  resume(engine: EngineId): Promise<boolean>;
};

export type EnginePause = { readonly engine: EngineId; readonly by: UserId; readonly since: Date };
