import type { EngineProfile } from '../../domain/engine.ts';
import { engineNames } from '../../domain/engine-names.ts';

/** What the LOCAL engine is, whichever model it runs. */
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
    // faster-whisper prepares a part at once, at about 60 MB of memory a minute (an hour took 3.9 GB).
    partSeconds: 330,
    partBytes: Number.MAX_SAFE_INTEGER,
    formats: ['wav'],
    parallelParts: 1,
  },
  price: null,
  privacy: { destination: null, keeps: 'nothing' },
  // The largest model on a small machine without CUDA.
  slowestPace: 12,
};
