import { escapeAttribute } from '../escape-xml.ts';

const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink';

/** The addresses to which a document leads; the package lists them beside the body (ECMA-376, part 2). */
export class Hyperlinks {
  readonly #relationships = new Map<string, string>();

  /** Returns the name of an address in the body. */
  relationshipOf(url: string): string {
    let name = this.#relationships.get(url);
    if (name === undefined) {
      name = `link${this.#relationships.size + 1}`;
      this.#relationships.set(url, name);
    }
    return name;
  }

  /** Returns the package's list of relationships with these. */
  addTo(relationships: string): string {
    const all = [...this.#relationships].map(
      ([url, name]) =>
        `<Relationship Id="${name}" Type="${type}" Target="${escapeAttribute(url)}" TargetMode="External"/>`,
    );
    return relationships.replace('</Relationships>', () => `${all.join('')}</Relationships>`);
  }
}
