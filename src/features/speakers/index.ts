export { createSpeakerChanges, type SpeakerChanges } from './store/speaker-changes.ts';
export { createVoiceprints, type Voiceprints } from './store/voiceprints.ts';
