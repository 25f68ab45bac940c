import { ctcModels } from './ctc-models.ts';
import type { KnownModel } from './local-model.ts';
import { whisperModels } from './whisper-models.ts';

/** Every model that LOCAL knows by name. */
export const knownModels: readonly KnownModel[] = [...Object.values(whisperModels), ...ctcModels];
