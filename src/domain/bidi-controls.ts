/**
 * Returns a text without the controls that turn the writing direction around (UAX #9: embeddings, overrides, isolates).
 * With them a name can show something else than it is, such as `txt.exe` as `exe.txt`, or turn the words around it.
 */
export function withoutBidiControls(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}
