import type { DocumentContent, DocumentFile, DocumentFormat } from '../../domain/document.ts';

/** A document to be written. */
export type Order = {
  readonly id: number;
  readonly content: Omit<DocumentContent, 'paragraphs'>;
  /** As `pack` packs them. */
  readonly paragraphs: readonly Uint8Array<ArrayBuffer>[];
  readonly format: DocumentFormat;
  readonly baseName: string;
};

/** The document, or what went wrong. */
export type Answer =
  | { readonly id: number; readonly file: DocumentFile }
  | { readonly id: number; readonly error: string };
