export { offerBundle } from './offer.ts';
export { type Bundles, bundleRule, createBundles, isOfferDue } from './store.ts';
