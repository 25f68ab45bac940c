import type { DocumentContent, DocumentFormat } from '../../domain/document.ts';

/** A request to write one document. */
export type DocumentOrder = {
  readonly content: Omit<DocumentContent, 'paragraphs'>;
  /** Packed by `pack`. */
  readonly paragraphs: readonly Uint8Array<ArrayBuffer>[];
  readonly format: DocumentFormat;
  readonly baseName: string;
};
