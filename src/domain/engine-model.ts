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
  /**
   * `used` by the running engine, `installed`, or `available` for download. `terms`: the operator has to agree to its terms
   * first. `forbidden`: by the operator.
   */
  readonly state: (typeof engineModelStates)[number];
  /** True if a file has no hash that was published, so that the first download decides. */
  readonly isPinnedByDownload: boolean;
};
