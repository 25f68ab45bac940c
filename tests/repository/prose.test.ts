import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The words that give a sentence away (CONTRIBUTING.md, "Style sheet"). */
const refused =
  /\b(any more|whoever|whatever|anew|thereof|so many|meanwhile|is told of|what helps|by which door)\b/i;

/** Returns the comments of a TypeScript file, each as `line: text`. */
function commentsOf(path: string, text: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const comments = new Map<number, string>();
  const collect = (node: ts.Node) => {
    for (const { pos, end } of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
      comments.set(pos, text.slice(pos, end));
    ts.forEachChild(node, collect);
  };
  collect(source);
  return [...comments].map(
    ([pos, comment]) => `${path}:${source.getLineAndCharacterOfPosition(pos).line + 1}: ${comment}`,
  );
}

test('no comment has a word that the style sheet refuses', () => {
  const sources = files.filter((path) => path.endsWith('.ts') && !path.startsWith('tests/fixtures/'));
  const comments = sources.flatMap((path) => commentsOf(path, read(path)));
  expect(comments.length).toBeGreaterThan(2_000);
  expect(comments.filter((comment) => refused.test(comment))).toEqual([]);
});

test('no page of the docs has a word that the style sheet refuses', () => {
  // CONTRIBUTING.md lists the words, and a decision keeps the words of its date.
  const pages = files.filter(
    (path) => path.endsWith('.md') && path !== 'CONTRIBUTING.md' && !/^docs\/decisions\/0/.test(path),
  );
  const lines = pages.flatMap((path) =>
    read(path)
      .split('\n')
      .map((line) => `${path}: ${line}`),
  );
  expect(lines.filter((line) => refused.test(line))).toEqual([]);
});
