import type { EngineProfile } from '../../domain/engine.ts';
import { engineNames } from '../../domain/engine-names.ts';

/** Profile of the LOCAL engine, for every model. */
export const localProfile: EngineProfile = {
  id: 'local',
  kind: 'local',
  name: engineNames.local,
  can: {
    languages: 'any',
    detectsLanguage: true,
    times: 'words',
    confidences: true,
    speakers: false,
    hotwords: true,
    translation: false,
  },
  limits: {
    // faster-whisper prepares a whole chunk in memory, about 60 MB per minute (an hour took 3.9 GB).
    maxChunkSeconds: 330,
    maxChunkBytes: Number.MAX_SAFE_INTEGER,
    formats: ['wav'],
    maxParallelChunks: 1,
  },
  price: null,
  privacy: { destination: null, keeps: 'nothing' },
  // The real-time factor of the largest model on a small machine without CUDA.
  maxRealTimeFactor: 12,
};
