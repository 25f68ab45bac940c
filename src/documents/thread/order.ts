import type { DocumentContent, DocumentFormat } from '../../domain/document.ts';

/** A document to be written. */
export type DocumentOrder = {
  readonly content: Omit<DocumentContent, 'paragraphs'>;
  /** As `pack` packs them. */
  readonly paragraphs: readonly Uint8Array<ArrayBuffer>[];
  readonly format: DocumentFormat;
  readonly baseName: string;
};
