import type { DocumentContent } from '../../domain/document.ts';
import { escapeXml } from '../escape-xml.ts';
import { titleOf } from '../title-of.ts';

/** Internals of pdfkit's document that its types leave out. */
type PdfkitInternals = {
  readonly _root: {
    readonly data: Record<string, unknown> & { ViewerPreferences: { data: Record<string, unknown> } };
  };
  appendXML(xml: string): void;
  _addInfo(): void;
};

/**
 * Sets what makes the file PDF/UA-1: its metadata (XMP), and the direction in which pages are turned. pdfkit's own
 * metadata do not escape the title.
 */
export function writeMetadata(document: PDFKit.PDFDocument, content: DocumentContent): void {
  const internals = document as unknown as PdfkitInternals;
  internals._root.data.ViewerPreferences.data['Direction'] = content.direction === 'rtl' ? 'R2L' : 'L2R';
  internals._addInfo = () => internals.appendXML(metadata(content));
}

function metadata(content: DocumentContent): string {
  const created = `${new Date(content.source.sentAt).toISOString().split('.')[0]}Z`;
  return `<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(titleOf(content))}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>${content.language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${created}</xmp:CreateDate>
<xmp:CreatorTool>Dabir</xmp:CreatorTool>
<pdf:Producer>Dabir</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>`;
}

/** Sets the label of each page to the number that is printed on it, where its digits are not those of the viewer. */
export function setPageLabels(document: PDFKit.PDFDocument, labels: readonly string[]): void {
  if (labels[0] === '1') return;
  const root = (document as unknown as PdfkitInternals)._root.data;
  root['PageLabels'] = { Nums: labels.flatMap((label, page) => [page, { P: new String(label) }]) };
}
