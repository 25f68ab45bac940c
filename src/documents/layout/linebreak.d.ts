// The package `linebreak` ships no types.
declare module 'linebreak' {
  /** Line break opportunities by UAX #14. */
  export default class LineBreaker {
    constructor(text: string);
    /** The next place where a line may end, as a UTF-16 index; null after the last one, which is the text's end. */
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }
}
