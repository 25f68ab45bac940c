/** Id of a bundle: uploads that arrived together and may become one document. */
export type BundleId = number;

/** Which uploads join a bundle. */
export type BundleRule = {
  /** Maximum time between two uploads of the same bundle, in ms. */
  readonly withinMs: number;
  /** Maximum number of uploads in a bundle. */
  readonly maxFiles: number;
};
