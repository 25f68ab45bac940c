import type { DocumentContent, DocumentFile, DocumentFormat } from '../../domain/document.ts';

/** A document to be written. */
export type Order = {
  readonly id: number;
  readonly content: DocumentContent;
  readonly format: DocumentFormat;
  readonly baseName: string;
};

/** The document, or what went wrong. */
export type Answer =
  | { readonly id: number; readonly file: DocumentFile }
  | { readonly id: number; readonly error: string };
