/** Configuration of the LOCAL engine. Capital names are environment variables. */
export type LocalEngineConfig = {
  /** The engine's files are in `<dataDir>/local`. */
  readonly dataDir: string;
  /** LOCAL_PYTHON: a command; null searches for one. */
  readonly python: string | null;
  /** LOCAL_MODEL: a model's name or a folder; null chooses by the machine. */
  readonly model: string | null;
  /** LOCAL_COMPUTE_TYPE; null chooses by the device. */
  readonly computeType: string | null;
  /** LOCAL_THREADS; null means all cores. */
  readonly threads: number | null;
  /** LOCAL_IDLE_MINUTES, in ms: the model leaves memory after this time without a file. */
  readonly idleMs: number;
  /** HF_ENDPOINT; null means the Hugging Face hub itself. */
  readonly huggingFaceEndpoint: string | null;
};
