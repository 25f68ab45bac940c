/** What a document shows; writers add nothing and leave nothing out. */
export type DocumentContent = {
  readonly title: string;
  /** `rtl` sets the title and labels from the right; paragraphs decide for themselves by their first strong letter. */
  readonly direction: 'rtl' | 'ltr';
  /** BCP 47 tag for language attributes, such as `fa`. */
  readonly language: string;
  /** Lines under the title, already in the person's language: date, duration, engine. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly paragraphs: readonly string[];
};

export const documentFormats = ['txt', 'docx', 'pdf'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** A finished file. */
export type DocumentFile = {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
};
