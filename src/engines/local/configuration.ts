/** Configuration of the LOCAL engine. Capital names are environment variables. */
export type LocalEngineConfig = {
  /** The engine's files are in `<dataDir>/local`. */
  readonly dataDir: string;
  /** LOCAL_PYTHON: a command; null searches for one. */
  readonly python: string | null;
  /** LOCAL_MODEL: a model's name or a folder; null chooses by the machine. */
  readonly model: string | null;
  /** LOCAL_LANGUAGE_MODELS: by language, the only model of its own; `whisper` for none. */
  readonly languageModels: ReadonlyMap<string, string>;
  /** LOCAL_FORBIDDEN_MODELS: names of models of languages that are never used. */
  readonly forbiddenModels: ReadonlySet<string>;
  /** LOCAL_AGREED_LICENCES: names of models to whose terms the operator has agreed. */
  readonly agreedLicences: ReadonlySet<string>;
  /** LOCAL_COMPUTE_TYPE; null chooses by the device. */
  readonly computeType: string | null;
  /** LOCAL_THREADS; null means all cores. */
  readonly threads: number | null;
  /** LOCAL_IDLE_MINUTES, in ms: the model leaves memory after this time without a file. */
  readonly idleMs: number;
  /** HF_ENDPOINT; null means the Hugging Face hub itself. */
  readonly huggingFaceEndpoint: string | null;
};
