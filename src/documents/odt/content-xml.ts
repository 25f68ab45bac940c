import { type DocumentContent, type DocumentParagraph, paragraphText } from '../../domain/document.ts';
import { escapeAttribute, escapeXml } from '../escape-xml.ts';
import { baseDirection, languageDirection } from '../layout/base-direction.ts';
import type { Direction } from '../layout/direction.ts';
import { withIsolates } from '../layout/isolates.ts';
import { type TextSpan, textSpans } from '../text-spans.ts';
import { timeOf } from '../time-of.ts';
import { startOf } from './package.ts';
import { paragraphStyles, type StyleName, variantOf } from './styles-xml.ts';

/** Yields the text. Each paragraph has its style in the variant of its direction. */
export function* writeContentXml(content: DocumentContent): Generator<string> {
  yield `${startOf('document-content')}<office:automatic-styles>${variants()}</office:automatic-styles><office:body><office:text>`;
  const { title, facts, direction } = content;
  if (title !== '') yield paragraphXml('Title', escapeXml(title), baseDirection(title, direction));
  for (const { label, value } of facts) {
    const inner = `<text:span text:style-name="Strong_20_Emphasis">${escapeXml(label)}:</text:span> \u2068${escapeXml(value)}\u2069`;
    yield paragraphXml('Subtitle', inner, baseDirection(label, direction));
  }
  let previous: string | null = null;
  for (const paragraph of content.paragraphs) {
    const { speaker, heading } = paragraph;
    if (heading !== undefined) {
      const side = baseDirection(heading, direction);
      yield `<text:h text:style-name="${variantOf('Heading_20_1', side)}" text:outline-level="1">${escapeXml(heading)}</text:h>\n`;
    }
    const base = baseDirection(paragraphText(paragraph), languageDirection(content.language));
    if (speaker !== null && speaker !== previous) {
      // The name stands on the side on which the text begins.
      yield `<text:h text:style-name="${variantOf('Heading_20_1', base)}" text:outline-level="1">${escapeXml(withDirection(speaker, base))}</text:h>\n`;
    }
    previous = speaker;
    yield paragraphXml('Text_20_body', bodyXml(paragraph, content, base), base);
  }
  yield '</office:text></office:body></office:document-content>';
}

/** Isolates a name whose direction is not that of its paragraph. */
function withDirection(name: string, base: Direction): string {
  return baseDirection(name, base) === base ? name : `\u2068${name}\u2069`;
}

function bodyXml(paragraph: DocumentParagraph, content: DocumentContent, base: Direction): string {
  const time =
    content.look.hasTimes && !paragraph.isAside
      ? `<text:span text:style-name="Timestamp">${timeOf(paragraph, content)}</text:span> `
      : '';
  return (
    time +
    textSpans(paragraph, content)
      .map((span) => spanXml(span, base))
      .join('')
  );
}

function spanXml({ text, isLowConfidence, url }: TextSpan, base: Direction): string {
  const inner = escapeXml(withIsolates(text, base));
  if (url !== null)
    return `<text:a xlink:type="simple" xlink:href="${escapeAttribute(url)}" text:style-name="Internet_20_link">${inner}</text:a>`;
  return isLowConfidence ? `<text:span text:style-name="Low_20_Confidence">${inner}</text:span>` : inner;
}

function paragraphXml(style: StyleName, inner: string, direction: Direction): string {
  return `<text:p text:style-name="${variantOf(style, direction)}">${inner}</text:p>\n`;
}

/** Returns each paragraph style in both directions. LibreOffice takes `start` for left. */
function variants(): string {
  return paragraphStyles
    .flatMap((style) =>
      (['rtl', 'ltr'] as const).map(
        (direction) =>
          `<style:style style:name="${variantOf(style, direction)}" style:family="paragraph" style:parent-style-name="${style}"><style:paragraph-properties ${direction === 'rtl' ? 'fo:text-align="right" style:writing-mode="rl-tb"' : 'fo:text-align="left" style:writing-mode="lr-tb"'}/></style:style>`,
      ),
    )
    .join('');
}
