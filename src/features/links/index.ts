export { type LinkRules, publicWeb } from './address/rules.ts';
export { createAudioSources } from './audio-sources.ts';
export { createLinks, type LinkRefusal, type Links } from './check-links.ts';
export { createLinkSource, type LinkSettings } from './fetch/link-source.ts';
export { createFileNames } from './store.ts';
