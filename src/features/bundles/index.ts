export { offerBundle } from './offer.ts';
export { type Bundles, createBundles } from './store.ts';
