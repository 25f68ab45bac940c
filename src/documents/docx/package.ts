import { Document, Footer, Header, Packer, PageNumber, Paragraph, TextRun } from 'docx';
import type { DocumentContent, DocumentLook } from '../../domain/document.ts';
import { firstStrongDirection } from '../layout/direction.ts';
import { documentStyles } from './styles.ts';

/** Text of the paragraph that the body replaces. */
export const placeholder = 'the body comes here';

/** Page sizes in twentieths of a point (ISO 216; ANSI), with margins of 2.5 cm. */
const pageSizes: Record<DocumentLook['page'], { width: number; height: number }> = {
  a4: { width: 11_906, height: 16_838 },
  letter: { width: 12_240, height: 15_840 },
};
const margin = 1417;

/** Returns the width between the margins, in twentieths of a point. */
export function columnWidth({ page }: DocumentLook): number {
  return pageSizes[page].width - 2 * margin;
}

/** Makes a Word file with everything but the body. */
export async function createPackage(content: DocumentContent): Promise<Buffer> {
  const { title, direction, look } = content;
  const isRightToLeft = direction === 'rtl';
  const number = new TextRun({ children: [PageNumber.CURRENT], ...(isRightToLeft && { rightToLeft: true }) });
  const footer = new Footer({
    children: [new Paragraph({ style: 'Footer', bidirectional: isRightToLeft, children: [number] })],
  });
  const document = new Document({
    title,
    creator: 'Dabir',
    lastModifiedBy: 'Dabir',
    styles: documentStyles(content),
    sections: [
      {
        properties: {
          page: {
            size: pageSizes[look.page],
            margin: { top: margin, right: margin, bottom: margin, left: margin },
          },
          titlePage: true,
        },
        headers: { default: runningTitle(content) },
        footers: { default: footer, first: footer },
        children: [new Paragraph(placeholder)],
      },
    ],
  });
  return Packer.toBuffer(document);
}

/** Returns the header of all pages but the first, which shows the title itself. */
function runningTitle({ title, direction }: DocumentContent): Header {
  const isRightToLeft = (firstStrongDirection(title) ?? direction) === 'rtl';
  const run = new TextRun({ text: title, ...(isRightToLeft && { rightToLeft: true }) });
  return new Header({
    children: [new Paragraph({ style: 'Header', bidirectional: isRightToLeft, children: [run] })],
  });
}
