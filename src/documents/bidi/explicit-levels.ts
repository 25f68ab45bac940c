import { B, BN, FSI, L, LRE, LRI, LRO, ON, PDF, PDI, R, RLE, RLI, RLO } from './classes.ts';
import { firstStrongClass } from './first-strong.ts';
import type { Isolates } from './match-isolates.ts';

/** Maximum explicit depth (BD2). */
const maxDepth = 125;

/**
 * Sets the explicit level of each character (X1 to X8), and applies overrides to `classes`.
 * @param base level of the paragraph
 */
export function setExplicitLevels(
  classes: Uint8Array,
  levels: Uint8Array,
  matches: Isolates,
  base: number,
): void {
  const stack = [{ level: base, override: ON, isIsolate: false }];
  let overflowIsolates = 0;
  let overflowEmbeddings = 0;
  let validIsolates = 0;
  let top = { level: base, override: ON, isIsolate: false };
  const push = (isRightToLeft: boolean, override: number, isIsolate: boolean): boolean => {
    const level = isRightToLeft ? (top.level + 1) | 1 : (top.level + 2) & ~1;
    if (level > maxDepth || overflowIsolates > 0 || overflowEmbeddings > 0) return false;
    top = { level, override, isIsolate };
    stack.push(top);
    return true;
  };
  const pop = () => {
    stack.pop();
    top = stack.at(-1) ?? top;
  };
  for (let at = 0; at < classes.length; at++) {
    const type = classes[at] ?? L;
    levels[at] = top.level;
    if (type === RLE || type === LRE || type === RLO || type === LRO) {
      const override = type === RLO ? R : type === LRO ? L : ON;
      const isPushed = push(type === RLE || type === RLO, override, false);
      if (!isPushed && overflowIsolates === 0) overflowEmbeddings++;
    } else if (type === RLI || type === LRI || type === FSI) {
      if (top.override !== ON) classes[at] = top.override;
      const isRightToLeft = type === FSI ? startsRightToLeft(classes, at, matches) : type === RLI;
      if (push(isRightToLeft, ON, true)) validIsolates++;
      else overflowIsolates++;
    } else if (type === PDI) {
      if (overflowIsolates > 0) overflowIsolates--;
      else if (validIsolates > 0) {
        overflowEmbeddings = 0;
        while (!top.isIsolate) pop();
        pop();
        validIsolates--;
      }
      levels[at] = top.level;
      if (top.override !== ON) classes[at] = top.override;
    } else if (type === PDF) {
      if (overflowIsolates > 0) continue;
      if (overflowEmbeddings > 0) overflowEmbeddings--;
      else if (!top.isIsolate && stack.length >= 2) pop();
    } else if (type === B) levels[at] = base;
    else if (type !== BN && top.override !== ON) classes[at] = top.override;
  }
}

/** Returns true if the text of an FSI is right-to-left (X5c). */
function startsRightToLeft(classes: Uint8Array, start: number, matches: Isolates): boolean {
  const end = (matches[start] ?? -1) < 0 ? classes.length : (matches[start] ?? 0);
  const strong = firstStrongClass(classes, start + 1, end, matches);
  return strong !== null && strong !== L;
}
