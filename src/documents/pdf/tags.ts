import type { Direction } from '../layout/direction.ts';

/** Standard structure types (ISO 32000-1, 14.8.4) of a document's blocks. */
export type BlockTag = 'H1' | 'H2' | 'P';

/** Types of elements within a block. */
type InlineTag = 'Span' | 'Link';

/** An element within a block. */
export type Inline = { readonly element: Element; readonly tag: InlineTag };

/** An element of pdfkit; its types lack the dictionary. */
type Element = PDFKit.PDFStructureElement & {
  readonly dictionary: { readonly data: Record<string, unknown> };
};

/**
 * Marks what is drawn with its place in the structure tree, as PDF/UA-1 (ISO 14289-1) demands: everything on a page is
 * content of an element, or an artifact.
 */
export class Tags {
  readonly #document: PDFKit.PDFDocument;
  readonly #root: Element;
  #block: { readonly element: Element; readonly tag: BlockTag } | null = null;
  #isOpen = false;

  constructor(document: PDFKit.PDFDocument, direction: Direction) {
    this.#document = document;
    this.#root = this.#element('Document');
    this.#root.dictionary.data['A'] = { O: 'Layout', WritingMode: direction === 'rtl' ? 'RlTb' : 'LrTb' };
    document.addStructure(this.#root);
  }

  /**
   * Begins a block. What `open` marks until `end` is its content, on any page.
   * @param language its language where it is not the document's
   */
  begin(tag: BlockTag, language: string | null): void {
    const element = this.#element(tag);
    if (language !== null) element.dictionary.data['Lang'] = new String(language);
    this.#root.add(element);
    this.#block = { element, tag };
  }

  /** Ends the block. */
  end(): void {
    this.close();
    this.#block?.element.end();
    this.#block = null;
  }

  /** Marks what is drawn next as content of the block. */
  open(): void {
    if (this.#isOpen || this.#block === null) return;
    this.#block.element.add(this.#document.markStructureContent(this.#block.tag));
    this.#isOpen = true;
  }

  /** Ends the marked content; the end of a page needs it. */
  close(): void {
    if (!this.#isOpen) return;
    this.#document.endMarkedContent();
    this.#isOpen = false;
  }

  /** Adds an element within the block, to which `draw` gives its content. */
  add(tag: InlineTag): Inline {
    const element = this.#element(tag);
    this.#block?.element.add(element);
    return { element, tag };
  }

  /**
   * Draws the content of an element within the block; `finish` may add what belongs to it, such as a link's annotation.
   */
  draw({ element, tag }: Inline, content: () => void, finish: (element: Element) => void = nothing): void {
    this.close();
    element.add(this.#document.markStructureContent(tag));
    content();
    this.#document.endMarkedContent();
    finish(element);
    element.end();
  }

  /** Draws what belongs to the page and not to the text. */
  artifact(subtype: 'Header' | 'Footer', draw: () => void): void {
    this.close();
    this.#document.addContent(`/Artifact <</Type /Pagination /Subtype /${subtype}>> BDC`);
    draw();
    this.#document.addContent('EMC');
  }

  #element(tag: string): Element {
    return this.#document.struct(tag) as Element;
  }
}

const nothing = (): undefined => undefined;
