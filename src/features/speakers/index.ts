export { createSpeakerChanges } from './store/speaker-changes.ts';
export { createVoiceprints, type VoiceprintStore } from './store/voiceprints.ts';
