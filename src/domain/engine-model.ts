/** States of a model on the machine of a worker. Each has a text in both languages, `admin-model-state-<state>`. */
export const engineModelStates = ['used', 'installed', 'available', 'terms', 'forbidden'] as const;

/** A model that an engine can run on its own machine, for admins. */
export type EngineModel = {
  readonly name: string;
  /** ISO 639-1 codes; `any`: those of Whisper. */
  readonly languages: 'any' | readonly string[];
  /** Size of its files, in bytes; null: unknown. */
  readonly bytes: number | null;
  /** The first known word error, in words of 100, with the recordings and its source in English; null: not known. */
  readonly accuracy: {
    readonly wordErrorPercent: number;
    readonly language: string;
    readonly on: string;
    readonly source: string;
  } | null;
  readonly licence: string;
  /** True if its terms are unclear, so that an admin agrees to them when they install it. */
  readonly mustBeAgreed: boolean;
  /** True for a model that can be downloaded; the operator brings the others. */
  readonly isDownloadable: boolean;
  /**
   * `used` by the running engine, `installed`, or `available` for download. `terms`: the operator has to agree to its
   * terms first. `forbidden`: by the operator.
   */
  readonly state: (typeof engineModelStates)[number];
  /** True if a file has no hash that was published, so that the first download decides. */
  readonly isPinnedByDownload: boolean;
  /** What is happening to it, or why that failed; absent: nothing. */
  readonly change?: ModelChange;
};

/** A change of a model that an admin wants. */
export type ModelChange =
  | {
      readonly kind: 'installing';
      /** Share of the current stage (download, check) that is done, 0 to 1; null while unknown. */
      readonly fraction: number | null;
    }
  | { readonly kind: 'removing' }
  /** It could not be downloaded, and is tried again. `reason` is for admins, in English, on one line. */
  | { readonly kind: 'waiting'; readonly reason: string }
  /** It is not tried again. */
  | { readonly kind: 'failed'; readonly reason: string };
