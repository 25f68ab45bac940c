import { Document, Footer, Header, Packer, PageNumber, Paragraph, TextRun } from 'docx';
import { strFromU8, unzipSync } from 'fflate';
import type { DocumentContent, DocumentLook } from '../../domain/document.ts';
import { escapeXml } from '../escape-xml.ts';
import { baseDirection } from '../layout/base-direction.ts';
import { fontTable } from './font-table.ts';
import { documentStyles } from './styles.ts';

/** Text of the paragraph that the body replaces. */
const bodyPlaceholder = 'the body comes here';
/** Text that the document's title replaces. */
const titlePlaceholder = 'the title comes here';

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

/** An entry of a Word file: XML before its body and after it. `after` is null for the entries without a body. */
export type PackageEntry = { readonly name: string; readonly before: string; readonly after: string | null };

/** What the package depends on, besides the title and the dates. */
type Kind = Pick<DocumentContent, 'direction' | 'language'> & {
  readonly page: DocumentLook['page'];
  readonly titleDirection: DocumentContent['direction'];
};

/** Kinds of packages that are kept, some 50 kB each; the library takes 20 ms for one. */
const maxKinds = 16;
const packages = new Map<string, Promise<readonly PackageEntry[]>>();

/** Returns the entries of a Word file, all but its body. */
export async function createPackageEntries({
  title,
  direction,
  language,
  look,
  source,
}: DocumentContent): Promise<PackageEntry[]> {
  const titleDirection = baseDirection(title, direction);
  const kind = { direction, language, page: look.page, titleDirection };
  const key = Object.values(kind).join(' ');
  let entries = packages.get(key);
  if (entries === undefined) {
    if (packages.size >= maxKinds) packages.clear();
    entries = makeEntries(kind);
    packages.set(key, entries);
  }
  const created = new Date(source.sentAt).toISOString();
  return (await entries).map((entry) =>
    entry.name === 'docProps/core.xml' || entry.name === 'word/header1.xml'
      ? { ...entry, before: filled(entry.before, title, created, language) }
      : entry,
  );
}

/** Sets the title, the language, and the time of the upload as the document's: the same content makes the same file. */
function filled(xml: string, title: string, created: string, language: string): string {
  return xml
    .replaceAll(titlePlaceholder, () => escapeXml(title))
    .replace(/(<dcterms:\w+ [^>]*>)[^<]*/g, (_, tag: string) => tag + created)
    .replace('</cp:coreProperties>', `<dc:language>${language}</dc:language></cp:coreProperties>`);
}

async function makeEntries(kind: Kind): Promise<readonly PackageEntry[]> {
  return Object.entries(unzipSync(await createPackage(kind))).map(([name, bytes]) => {
    const xml = strFromU8(bytes);
    if (name === 'word/document.xml') return { name, ...aroundBody(xml, kind) };
    return { name, before: name === 'word/fontTable.xml' ? fontTable(xml) : xml, after: null };
  });
}

/** Splits `document.xml` at the library's placeholder paragraph. */
function aroundBody(xml: string, { direction }: Kind): { before: string; after: string } {
  const start = xml.lastIndexOf('<w:p>', xml.indexOf(bodyPlaceholder));
  const end = xml.indexOf('</w:p>', start) + '</w:p>'.length;
  // The library has no right-to-left sections; the schema requires `bidi` before `docGrid`, or last.
  const section = xml.slice(end);
  const next = section.includes('<w:docGrid') ? '<w:docGrid' : '</w:sectPr>';
  const after = direction === 'rtl' ? section.replace(next, `<w:bidi/>${next}`) : section;
  return { before: xml.slice(0, start), after };
}

/** Makes a Word file with placeholders. */
function createPackage({ direction, language, page, titleDirection }: Kind): Promise<Buffer> {
  const isRightToLeft = direction === 'rtl';
  const number = new TextRun({ children: [PageNumber.CURRENT], ...(isRightToLeft && { rightToLeft: true }) });
  const footer = new Footer({
    children: [new Paragraph({ style: 'Footer', bidirectional: isRightToLeft, children: [number] })],
  });
  const document = new Document({
    title: titlePlaceholder,
    creator: 'Dabir',
    lastModifiedBy: 'Dabir',
    styles: documentStyles(language),
    sections: [
      {
        properties: {
          page: {
            size: pageSizes[page],
            margin: { top: margin, right: margin, bottom: margin, left: margin },
          },
          titlePage: true,
        },
        headers: { default: runningTitle(titleDirection) },
        footers: { default: footer, first: footer },
        children: [new Paragraph(bodyPlaceholder)],
      },
    ],
  });
  return Packer.toBuffer(document);
}

/** Returns the header of all pages but the first, which shows the title itself. */
function runningTitle(direction: DocumentContent['direction']): Header {
  const isRightToLeft = direction === 'rtl';
  const run = new TextRun({ text: titlePlaceholder, ...(isRightToLeft && { rightToLeft: true }) });
  return new Header({
    children: [new Paragraph({ style: 'Header', bidirectional: isRightToLeft, children: [run] })],
  });
}
