import type { DocumentContent } from '../domain/document.ts';

/** Returns the title of a document whose format demands one. */
export function titleOf({ title, source }: Pick<DocumentContent, 'title' | 'source'>): string {
  return title || source.fileName?.trim() || 'Dabir';
}
