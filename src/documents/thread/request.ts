import type { DocumentContent, DocumentFormat } from '../../domain/document.ts';
import type { PackedLot } from './packed-paragraphs.ts';

/** A request to write a document in some formats. */
export type DocumentRequest = {
  readonly content: Omit<DocumentContent, 'paragraphs'>;
  readonly paragraphs: readonly PackedLot[];
  readonly formats: readonly DocumentFormat[];
  readonly baseName: string;
};
