/**
 * Returns a text without the controls that change the writing direction (UAX #9: embeddings, overrides, isolates). With
 * these controls a name can look like another one, such as `txt.exe` like `exe.txt`, or reverse the words around it.
 */
export function withoutBidiControls(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}

/**
 * Returns a foreign name as an isolate (UAX #9, FSI): it has the direction of its own first letter, and neither
 * reorders the text around it nor decides the direction of the paragraph.
 */
export function isolateName(name: string): string {
  return `\u2068${withoutBidiControls(name)}\u2069`;
}
