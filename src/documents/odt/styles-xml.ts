import type { DocumentContent, DocumentLook } from '../../domain/document.ts';
import { escapeXml } from '../escape-xml.ts';
import { baseDirection, languageDirection } from '../layout/base-direction.ts';
import type { Direction } from '../layout/direction.ts';
import { titleOf } from '../title-of.ts';
import { startOf } from './package.ts';

/** The styles of paragraphs, by their names in the file; LibreOffice knows all of them. */
export const paragraphStyles = ['Title', 'Subtitle', 'Heading_20_1', 'Text_20_body'] as const;
export type StyleName = (typeof paragraphStyles)[number];

/** Returns the name of a style in a direction. */
export function variantOf(style: StyleName, direction: Direction): string {
  return `${style}-${direction}`;
}

const font = 'Tahoma';
const grey = '#555555';
const pageSizes: Record<DocumentLook['page'], readonly [string, string]> = {
  a4: ['21cm', '29.7cm'],
  letter: ['21.59cm', '27.94cm'],
};

/** Returns the styles, the page, its running title and its number. */
export function stylesXml(content: DocumentContent): string {
  const { direction, language, look } = content;
  const [width, height] = pageSizes[look.page];
  const mode = direction === 'rtl' ? 'rl-tb' : 'lr-tb';
  const isPersian = /^fa\b/.test(language) && !look.hasLatinDigits;
  const digits = isPersian ? '۱, ۲, ۳, ...' : '1';
  const number =
    '<text:p text:style-name="Footer"><text:page-number text:select-page="current">1</text:page-number></text:p>';
  const title = titleOf(content);
  const header = `<text:p text:style-name="${baseDirection(title, direction) === direction ? 'Header' : 'Header-other'}">${escapeXml(title)}</text:p>`;
  const otherMode = mode === 'rl-tb' ? 'lr-tb' : 'rl-tb';
  return `${startOf('document-styles')}<office:font-face-decls><style:font-face style:name="${font}" svg:font-family="${font}" style:font-family-generic="swiss" style:font-pitch="variable"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties style:writing-mode="page"/><style:text-properties ${fonts} ${sizes(12)} ${languages(language)}/></style:default-style>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
${paragraphStyle('Text_20_body', 'Text body', 'fo:margin-bottom="8pt" fo:line-height="150%" fo:orphans="2" fo:widows="2"', sizes(12))}
${paragraphStyle('Title', 'Title', 'fo:margin-bottom="6pt" fo:line-height="115%" fo:keep-with-next="always"', `${sizes(18)} ${bold}`)}
${paragraphStyle('Subtitle', 'Subtitle', 'fo:margin-bottom="2pt" fo:line-height="125%"', `${sizes(10)} fo:color="${grey}"`)}
${paragraphStyle('Heading_20_1', 'Heading 1', 'fo:margin-top="8pt" fo:margin-bottom="2pt" fo:keep-with-next="always"', `${sizes(11)} ${bold} fo:color="#333333"`, 'start', ' style:default-outline-level="1" style:next-style-name="Text_20_body"')}
${paragraphStyle('Header', 'Header', '', `${sizes(9)} fo:color="${grey}"`, 'center')}
<style:style style:name="Header-other" style:family="paragraph" style:parent-style-name="Header"><style:paragraph-properties style:writing-mode="${otherMode}"/></style:style>
${paragraphStyle('Footer', 'Footer', '', `${sizes(9)} fo:color="${grey}"`, 'center')}
${textStyle('Strong_20_Emphasis', 'Strong Emphasis', bold)}
${textStyle('Internet_20_link', 'Internet link', 'fo:color="#1a5fb4" style:text-underline-style="solid" style:text-underline-color="font-color"')}
${textStyle('Timestamp', 'Timestamp', `${sizes(9)} fo:color="${grey}"`)}
${textStyle('Low_20_Confidence', 'Low Confidence', 'style:text-underline-style="dotted" style:text-underline-color="#c9a227"')}
</office:styles>
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="${width}" fo:page-height="${height}" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm" fo:margin-left="2.5cm" fo:margin-right="2.5cm" style:writing-mode="${mode}" style:num-format="${digits}"/><style:header-style><style:header-footer-properties fo:min-height="1cm" fo:margin-bottom="0.3cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="1cm" fo:margin-top="0.3cm"/></style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"><style:header>${header}</style:header><style:header-first><text:p text:style-name="Header"/></style:header-first><style:footer>${number}</style:footer><style:footer-first>${number}</style:footer-first></style:master-page></office:master-styles>
</office:document-styles>`;
}

const fonts = `style:font-name="${font}" style:font-name-asian="${font}" style:font-name-complex="${font}"`;
const bold = 'fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"';

/** Returns a font size in points for Latin, East Asian and complex scripts. */
function sizes(size: number): string {
  return `fo:font-size="${size}pt" style:font-size-asian="${size}pt" style:font-size-complex="${size}pt"`;
}

function languages(tag: string): string {
  const { language, region = 'none' } = new Intl.Locale(tag).maximize();
  const own = (kind: '' | '-asian' | '-complex') => {
    const prefix = kind === '' ? 'fo' : 'style';
    return `${prefix}:language${kind}="${language}" ${prefix}:country${kind}="${region}"`;
  };
  if (/^(ja|zh|yue|ko)\b/.test(tag)) return `${own('')} ${own('-asian')}`;
  return languageDirection(tag) === 'rtl'
    ? `fo:language="en" fo:country="US" ${own('-complex')}`
    : `${own('')} ${own('-complex')}`;
}

function paragraphStyle(
  name: string,
  display: string,
  paragraph: string,
  text: string,
  align: 'start' | 'center' = 'start',
  more = '',
): string {
  return `<style:style style:name="${name}" style:display-name="${display}" style:family="paragraph" style:parent-style-name="Standard" style:class="text"${more}><style:paragraph-properties fo:text-align="${align}" ${paragraph}/><style:text-properties ${text}/></style:style>`;
}

function textStyle(name: string, display: string, text: string): string {
  return `<style:style style:name="${name}" style:display-name="${display}" style:family="text"><style:text-properties ${text}/></style:style>`;
}
