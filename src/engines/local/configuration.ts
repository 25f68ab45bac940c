/** What the engine is told from outside; the names are those of the environment's variables. */
export type LocalEngineConfig = {
  /** Everything of the engine is below `<dataDir>/local`. */
  readonly dataDir: string;
  /** LOCAL_PYTHON: a command; null looks for one. */
  readonly python: string | null;
  /** LOCAL_MODEL: a model's name or a folder; null decides by the machine. */
  readonly model: string | null;
  /** LOCAL_COMPUTE_TYPE; null decides by the device. */
  readonly computeType: string | null;
  /** LOCAL_THREADS; null means all cores. */
  readonly threads: number | null;
  /** HF_ENDPOINT; null means the hub itself. */
  readonly huggingFaceEndpoint: string | null;
};
