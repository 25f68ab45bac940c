import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import * as harfbuzz from 'harfbuzzjs';
import type { Direction } from '../layout/direction.ts';
import { type Family, fontPath, type Weight } from './families.ts';

/** A glyph as HarfBuzz places it, from left to right. Lengths are in thousandths of the font size. */
export type RawGlyph = {
  readonly id: number;
  /** UTF-16 index of the first character of its cluster. */
  readonly cluster: number;
  readonly advance: number;
  readonly offsetX: number;
  readonly offsetY: number;
};

/** Extent of the ink above and below the baseline, in thousandths of the font size. */
export type Ink = { readonly above: number; readonly below: number };

const characters = harfbuzz.ClusterLevel.MONOTONE_CHARACTERS;
const buffer = new harfbuzz.Buffer();

/** One font file: its coverage, its glyphs and their shaping. */
export class Face {
  readonly #bytes: Uint8Array;
  readonly #font: harfbuzz.Font;
  readonly #features: harfbuzz.Feature[];
  readonly #covered: Set<number>;
  readonly #scale: number;
  readonly #inks = new Map<number, Ink>();
  readonly #widths = new Map<number, number>();
  #embeddable: Font | null = null;

  constructor(bytes: Uint8Array, isSetSolid: boolean) {
    this.#bytes = bytes;
    this.#features = isSetSolid ? [new harfbuzz.Feature('kern', 0)] : [];
    const face = new harfbuzz.Face(new harfbuzz.Blob(bytes));
    this.#font = new harfbuzz.Font(face);
    this.#covered = new Set(face.collectUnicodes());
    this.#scale = 1000 / face.upem;
  }

  /** Returns true if the font has a glyph for a code point. */
  covers(codePoint: number): boolean {
    return this.#covered.has(codePoint);
  }

  /**
   * Shapes text of one direction, given in logical order; brackets of right-to-left text are mirrored.
   * @param script ISO 15924 code for text without letters, which takes the script around it; null to detect it
   */
  shape(text: string, direction: Direction, script: string | null, language: string): RawGlyph[] {
    buffer.clearContents();
    buffer.setClusterLevel(characters);
    buffer.addText(text);
    buffer.setDirection(harfbuzz.Direction[direction === 'rtl' ? 'RTL' : 'LTR']);
    if (script !== null) buffer.setScript(script);
    buffer.setLanguage(language);
    buffer.guessSegmentProperties();
    harfbuzz.shape(this.#font, buffer, this.#features);
    return buffer
      .getGlyphInfosAndPositions()
      .map(({ codepoint, cluster, xAdvance = 0, xOffset = 0, yOffset = 0 }) => ({
        id: codepoint,
        cluster,
        advance: xAdvance * this.#scale,
        offsetX: xOffset * this.#scale,
        offsetY: yOffset * this.#scale,
      }));
  }

  /** Returns the width of a glyph by the font, in thousandths of the font size. */
  width(glyph: number): number {
    let width = this.#widths.get(glyph);
    if (width === undefined) {
      width = this.#font.glyphHAdvance(glyph) * this.#scale;
      this.#widths.set(glyph, width);
    }
    return width;
  }

  /** Returns the extent of a glyph's ink. */
  ink(glyph: number): Ink {
    let ink = this.#inks.get(glyph);
    if (ink === undefined) {
      const { yBearing = 0, height = 0 } = this.#font.glyphExtents(glyph) ?? {};
      ink = { above: yBearing * this.#scale, below: -(yBearing + height) * this.#scale };
      this.#inks.set(glyph, ink);
    }
    return ink;
  }

  /** The glyph of the space, which is invisible. */
  get blank(): number {
    return this.#font.nominalGlyph(0x20) ?? 0;
  }

  /** A glyph with ink: that of the full stop. */
  get inked(): number {
    return this.#font.nominalGlyph(0x2e) ?? this.blank;
  }

  /** The same font for pdfkit, which embeds a subset of it. Parsed at the first use. */
  get embeddable(): Font {
    if (this.#embeddable === null) {
      const font = create(Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength));
      if (font.type === 'TTC' || font.type === 'DFont') throw new Error('font collections are not supported');
      // A subset may hold a glyph more than once; the short `loca` table would overflow at 128 kB.
      (font as Font & { loca: { version: number } }).loca.version = 1;
      this.#embeddable = font as Font;
    }
    return this.#embeddable;
  }
}

const faces = new Map<string, Face>();

/** Opens the font of a family; it is read and parsed once per process. Returns null if it is not installed. */
export function openFace(family: Family, weight: Weight): Face | null {
  const path = fontPath(family, weight);
  if (path === null) return null;
  let face = faces.get(path);
  if (face === undefined) {
    face = new Face(readFileSync(path), family.isSetSolid);
    faces.set(path, face);
  }
  return face;
}
