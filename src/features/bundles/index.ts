export { offerBundle } from './offer.ts';
export { type Bundles, createBundles, isOfferDue } from './store.ts';
