import type { DocumentContent } from '../../domain/document.ts';
import { escapeXml } from '../escape-xml.ts';
import { titleOf } from '../title-of.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespaces = (names: readonly (readonly [string, string])[]) =>
  names.map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`).join(' ');
const odf = 'urn:oasis:names:tc:opendocument:xmlns';
const all = namespaces([
  ['office', `${odf}:office:1.0`],
  ['style', `${odf}:style:1.0`],
  ['text', `${odf}:text:1.0`],
  ['fo', `${odf}:xsl-fo-compatible:1.0`],
  ['svg', `${odf}:svg-compatible:1.0`],
  ['meta', `${odf}:meta:1.0`],
  ['dc', 'http://purl.org/dc/elements/1.1/'],
  ['xlink', 'http://www.w3.org/1999/xlink'],
]);

/** Returns the start tag of a file of the package. */
export function startOf(root: 'document-content' | 'document-styles' | 'document-meta'): string {
  return `${declaration}<office:${root} ${all} office:version="1.3">`;
}

export const manifestXml = `${declaration}<manifest:manifest xmlns:manifest="${odf}:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.text"/>
${['content', 'styles', 'meta'].map((name) => `<manifest:file-entry manifest:full-path="${name}.xml" manifest:media-type="text/xml"/>\n`).join('')}</manifest:manifest>
`;

/** Returns the document's properties. */
export function metaXml(content: DocumentContent): string {
  const created = new Date(content.source.sentAt).toISOString().replace('Z', '');
  return `${startOf('document-meta')}<office:meta><meta:generator>Dabir</meta:generator><dc:title>${escapeXml(titleOf(content))}</dc:title><dc:language>${content.language}</dc:language><meta:creation-date>${created}</meta:creation-date><dc:date>${created}</dc:date></office:meta></office:document-meta>`;
}
