import {
  Document,
  Footer,
  type IParagraphOptions,
  type IRunOptions,
  type IStylesOptions,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import type { DocumentContent } from '../domain/document.ts';
import { type Direction, firstStrongDirection } from './layout/direction.ts';
import { directionRuns } from './layout/direction-runs.ts';

/** On Windows and wherever Word is; it has Persian and Latin letters. Other programs put their own in its place. */
const font = 'Tahoma';
/** A4 with margins of 2.5 cm, in twentieths of a point. */
const page = {
  size: { width: 11_906, height: 16_838 },
  margin: { top: 1417, right: 1417, bottom: 1417, left: 1417 },
};

/**
 * A Word file with real styles. Each paragraph is right-to-left or not by its first strong character, and each run
 * says so too: Word takes the font, the size and the language for complex scripts only in runs marked so. The content
 * must be clean (`cleanContent`).
 */
export async function writeDocx(content: DocumentContent): Promise<Uint8Array> {
  const languages = runLanguages(content);
  const paragraph = (style: string, parts: readonly Part[]) =>
    makeParagraph(style, parts, content.direction, languages);
  const document = new Document({
    title: content.title,
    creator: 'Dabir',
    lastModifiedBy: 'Dabir',
    styles: documentStyles(languages),
    sections: [
      {
        properties: { page },
        footers: { default: pageNumberFooter(content.direction) },
        children: [
          paragraph('Title', [{ text: content.title }]),
          ...content.facts.map(({ label, value }) =>
            paragraph('Facts', [{ text: `${label}: `, bold: true }, { text: value }]),
          ),
          ...content.paragraphs.map((text) => paragraph('BodyText', [{ text }])),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

type Part = { readonly text: string; readonly bold?: boolean };
type RunLanguages = { readonly value: string; readonly bidirectional: string };

/** Word keeps two languages for a run: one for Latin text and one for complex scripts. */
function runLanguages({ language, direction }: DocumentContent): RunLanguages {
  const tag = withRegion(language);
  return direction === 'rtl'
    ? { value: 'en-US', bidirectional: tag }
    : { value: tag, bidirectional: 'fa-IR' };
}

/** Word knows its proofing languages by region: `fa-IR` for `fa`. */
function withRegion(tag: string): string {
  const locale = new Intl.Locale(tag);
  const region = locale.maximize().region;
  return locale.region !== undefined || region === undefined ? tag : `${tag}-${region}`;
}

function makeParagraph(
  style: string,
  parts: readonly Part[],
  fallback: Direction,
  language: RunLanguages,
): Paragraph {
  const direction = firstStrongDirection(parts.map((part) => part.text).join('')) ?? fallback;
  const children = parts.flatMap(({ text, bold = false }) =>
    directionRuns(text, firstStrongDirection(text) ?? direction).map(
      (run) =>
        new TextRun({
          text: run.text,
          ...(bold ? { bold, boldComplexScript: bold } : {}),
          ...runDirection(run.direction),
          language,
        }),
    ),
  );
  return new Paragraph({ style, bidirectional: direction === 'rtl', children });
}

function runDirection(direction: Direction): { rightToLeft?: boolean } {
  return direction === 'rtl' ? { rightToLeft: true } : {};
}

function pageNumberFooter(direction: Direction): Footer {
  const number = new TextRun({ children: [PageNumber.CURRENT], ...runDirection(direction) });
  return new Footer({
    children: [
      new Paragraph({ alignment: 'center', bidirectional: direction === 'rtl', children: [number] }),
    ],
  });
}

/** Sizes in half points, spacing in twentieths of a point; a line of 360 is one and a half. */
function documentStyles(language: RunLanguages): IStylesOptions {
  const run = (size: number, more: IRunOptions = {}) => ({ size, sizeComplexScript: size, ...more });
  const spaced = (after: number, line: number): IParagraphOptions => ({ spacing: { after, line } });
  const fonts = { ascii: font, hAnsi: font, eastAsia: font, cs: font };
  return {
    default: {
      document: { run: { ...run(24), font: fonts, language }, paragraph: spaced(0, 276) },
      title: {
        run: run(36, { bold: true, boldComplexScript: true, font: fonts }),
        paragraph: spaced(120, 276),
      },
    },
    paragraphStyles: [
      {
        id: 'Facts',
        name: 'Facts',
        basedOn: 'Normal',
        run: run(20, { color: '555555' }),
        paragraph: spaced(0, 300),
      },
      {
        id: 'BodyText',
        name: 'Body Text',
        basedOn: 'Normal',
        quickFormat: true,
        run: run(24),
        paragraph: spaced(160, 360),
      },
    ],
  };
}
