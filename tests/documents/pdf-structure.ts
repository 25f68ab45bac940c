import { unpackPdf } from './files.ts';

/** An element of a PDF's structure tree; `contents` counts its own marked contents. */
export type Element = {
  readonly tag: string;
  readonly language: string | null;
  readonly contents: number;
  readonly children: readonly Element[];
};

/** Returns the objects of a PDF by their numbers, with unpacked streams. */
function objectsOf(pdf: Uint8Array): Map<string, string> {
  const found = unpackPdf(pdf).matchAll(/^(\d+) 0 obj\n(.*?)\nendobj/gms);
  return new Map(Array.from(found, ([, number = '', body = '']) => [number, body]));
}

/** Returns the root of the structure tree, the element `Document`. */
export function structureOf(pdf: Uint8Array): Element {
  const objects = objectsOf(pdf);
  const root = [...objects.values()].find((body) => body.includes('/Type /StructTreeRoot')) ?? '';
  return elementOf(/\/K \[(\d+) 0 R\]/.exec(root)?.[1] ?? '', objects);
}

function elementOf(number: string, objects: ReadonlyMap<string, string>): Element {
  const body = objects.get(number) ?? '';
  const kids = /\/K \[(.*)\]/s.exec(body)?.[1] ?? '';
  const references = kids.match(/<<.*?>>/gs) ?? [];
  const direct = kids.replace(/<<.*?>>/gs, '');
  return {
    tag: /\/S \/(\w+)/.exec(body)?.[1] ?? '',
    language: /\/Lang \((.*?)\)/.exec(body)?.[1] ?? null,
    contents:
      references.filter((one) => one.includes('/MCR')).length +
      (direct.replace(/\d+ 0 R/g, '').match(/\d+/g)?.length ?? 0),
    children: Array.from(direct.matchAll(/(\d+) 0 R/g), ([, child = '']) => elementOf(child, objects)),
  };
}

/** Returns all elements, each before its children. */
export function elementsOf(element: Element): Element[] {
  return [element, ...element.children.flatMap(elementsOf)];
}

/**
 * Returns what PDF/UA-1 forbids and can be seen in the file itself, for machines without veraPDF: text or rules outside
 * marked content, contents without an element, headings that skip a level, missing metadata.
 */
export function tagProblems(pdf: Uint8Array): string[] {
  const file = unpackPdf(pdf);
  const problems: string[] = [];
  for (const needed of ['/Marked true', '/DisplayDocTitle true', '/Lang (', '<pdfuaid:part>1<', '/Tabs /S'])
    if (!file.includes(needed)) problems.push(`no ${needed}`);
  let marked = 0;
  for (const body of objectsOf(pdf).values()) {
    if (!body.includes(' Tj')) continue;
    const open: string[] = [];
    for (const [operator] of body.matchAll(/\/\w+ <<(?:[^<>]|<[^<]*?>)*>> BDC|\bEMC\b|> Tj|\bre$/gm)) {
      if (operator === 'EMC') open.pop();
      else if (operator.endsWith('BDC')) open.push(operator);
      else if (!open.some((one) => one.includes('/MCID') || one.startsWith('/Artifact')))
        problems.push('text or a rule outside of marked content');
    }
    if (open.length > 0) problems.push('marked content without an end');
    marked += body.match(/\/MCID \d+/g)?.length ?? 0;
  }
  const elements = elementsOf(structureOf(pdf));
  const owned = elements.reduce((sum, { contents }) => sum + contents, 0);
  if (owned !== marked) problems.push(`${marked} contents, ${owned} of them in the tree`);
  let level = 0;
  for (const { tag } of elements) {
    if (!/^H\d$/.test(tag)) continue;
    const own = Number(tag.slice(1));
    if (own > level + 1) problems.push(`${tag} after H${level}`);
    level = own;
  }
  return problems;
}
