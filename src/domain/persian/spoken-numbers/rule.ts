/** Words of a text with only spaces between them. */
export type Row = readonly string[];
/** What a row's words from the first up to `end` (exclusive) become. Null leaves them as they are. */
export type Written = { readonly end: number; readonly text: string | null };
/** Reads one kind of number that begins at a word, or returns null. */
export type Rule = (row: Row, at: number) => Written | null;
