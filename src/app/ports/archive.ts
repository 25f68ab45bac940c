/** An archive file, written while it grows. */
export type Archive = {
  /** Size so far, in bytes. */
  readonly size: number;
  /**
   * Adds an entry.
   * @param isPacked true for compressed formats such as DOCX, which are not compressed again
   */
  add(name: string, bytes: Uint8Array, isPacked: boolean): Promise<void>;
  /** Closes the archive. A second call changes nothing. */
  close(): Promise<void>;
};
