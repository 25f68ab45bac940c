import { type IParagraphOptions, type IRunOptions, type IStylesOptions, LineRuleType } from 'docx';
import { languageDirection } from '../layout/base-direction.ts';
import { fontName } from './font-table.ts';

const grey = '555555';

/** Sizes are in half points; Word has one for Latin text and one for complex scripts. */
const run = (size: number, more: IRunOptions = {}): IRunOptions => ({
  size,
  sizeComplexScript: size,
  ...more,
});
const bold = { bold: true, boldComplexScript: true };
/**
 * Spacing is in twentieths of a point; a line of 360 is one and a half lines. Without the rule, LibreOffice takes it
 * for 18 points, and lines of a larger font overlap.
 */
const spaced = (
  after: number,
  line: number,
  more: IParagraphOptions = {},
  before?: number,
): IParagraphOptions => ({
  spacing: { ...(before !== undefined && { before }), after, line, lineRule: LineRuleType.AUTO },
  ...more,
});

/**
 * Returns all formatting; the body refers only to styles and directions.
 * @param language BCP 47 tag of the document
 */
export function documentStyles(language: string): IStylesOptions {
  const font = { ascii: fontName, hAnsi: fontName, eastAsia: fontName, cs: fontName };
  const based = { basedOn: 'Normal', quickFormat: true } as const;
  return {
    default: {
      document: { run: { ...run(24), font, language: languages(language) }, paragraph: spaced(0, 276) },
      title: { run: run(36, { ...bold, font }), paragraph: spaced(120, 276) },
      // A speaker's name: Word and LibreOffice list the headings beside the text.
      heading1: {
        next: 'BodyText',
        run: run(22, { ...bold, color: '333333' }),
        paragraph: spaced(40, 300, { keepNext: true, outlineLevel: 0 }, 160),
      },
      strong: { run: bold },
    },
    paragraphStyles: [
      {
        id: 'Subtitle',
        name: 'Subtitle',
        ...based,
        run: run(20, { color: grey }),
        paragraph: spaced(240, 300, { contextualSpacing: true }),
      },
      { id: 'BodyText', name: 'Body Text', ...based, run: run(24), paragraph: spaced(160, 360) },
      {
        id: 'TableText',
        name: 'Table Text',
        ...based,
        run: run(22),
        paragraph: spaced(60, 320, {}, 60),
      },
      {
        id: 'TableHead',
        name: 'Table Head',
        ...based,
        basedOn: 'TableText',
        run: run(22, { ...bold, color: '333333' }),
      },
      {
        id: 'Header',
        name: 'header',
        ...based,
        run: run(18, { color: grey }),
        paragraph: { alignment: 'center' },
      },
      {
        id: 'Footer',
        name: 'footer',
        ...based,
        run: run(18, { color: grey }),
        paragraph: { alignment: 'center' },
      },
    ],
    characterStyles: [
      { id: 'Timestamp', name: 'Timestamp', run: run(18, { color: grey }) },
      {
        id: 'LowConfidence',
        name: 'Low Confidence',
        run: { underline: { type: 'dotted', color: 'C9A227' } },
      },
    ],
  };
}

/**
 * Returns the languages of a run: Word has one for Latin text, one for complex scripts and one for East Asian
 * text.
 */
function languages(language: string) {
  const tag = withRegion(language);
  const eastAsia = /^(ja|zh|yue|ko)\b/.test(language) ? { eastAsia: tag } : {};
  return languageDirection(language) === 'rtl'
    ? { value: 'en-US', bidirectional: tag, ...eastAsia }
    : { value: tag, bidirectional: hasComplexScript(language) ? tag : 'fa-IR', ...eastAsia };
}

/** Scripts that Word sets with the font, size and language of complex scripts, besides right-to-left ones. */
const complexScripts: ReadonlySet<string> = new Set([
  ...['Deva', 'Beng', 'Gujr', 'Guru', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Orya'],
  ...['Thai', 'Laoo', 'Khmr', 'Mymr', 'Tibt'],
]);

function hasComplexScript(language: string): boolean {
  return complexScripts.has(new Intl.Locale(language).maximize().script ?? '');
}

/** Adds the usual region, because Word identifies proofing languages by it: `fa-IR` for `fa`. */
function withRegion(tag: string): string {
  const locale = new Intl.Locale(tag);
  const region = locale.maximize().region;
  return locale.region !== undefined || region === undefined ? tag : `${tag}-${region}`;
}
