// The package `linebreak` ships no types.
declare module 'linebreak' {
  /** Line break opportunities by UAX #14. */
  export default class LineBreaker {
    constructor(text: string);
    /** Returns the next break opportunity as a UTF-16 index; null after the last one, the text's end. */
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }
}
