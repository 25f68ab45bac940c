import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** A string in the code: `parts` are the texts between the `${…}` of a template, or a single part. */
export type SourceString = {
  readonly parts: readonly string[];
  readonly node: ts.Node;
  /** Path from the folder of the project, with `/`. */
  readonly file: string;
  /** `file:line`. */
  readonly place: string;
};

/**
 * Returns every string and template of the TypeScript files that match a pattern, from the folder of the
 * project.
 * @throws Error when the pattern matches no TypeScript file: a check of nothing would always pass
 */
export function sourceStrings(pattern: string): SourceString[] {
  const root = new URL('../../', import.meta.url);
  const files = globSync(pattern, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.includes('generated'));
  if (files.length === 0) throw new Error(`no TypeScript file matches ${pattern}`);
  return files.flatMap((file) => stringsOf(file, readFileSync(new URL(file, root), 'utf8')));
}

/** Returns every string and template of one file. */
export function stringsOf(file: string, code: string): SourceString[] {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const found: SourceString[] = [];
  const add = (node: ts.Node, parts: readonly string[]) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push({ parts, node, file, place: `${file}:${line + 1}` });
  };
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node)) add(node, [node.text]);
    if (ts.isTemplateExpression(node)) {
      add(node, [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Methods whose texts users read. */
const speaking =
  /^(reply|answerCallbackQuery|answerInlineQuery|editMessageText|editMessageCaption|sendMessage|sendText)$/;
/** Properties whose texts users read. */
const read = /^(text|caption|title|description|message_text|input_field_placeholder|label|placeholder)$/;

/** Returns true for a text that users would read as it stands, without a translation. */
export function isSentence({ parts, node }: SourceString): boolean {
  const words = parts.join(' ');
  if (/[\u0620-\u064a\u066e-\u06d3]/.test(words)) return true;
  if (!/\p{L}{2}/u.test(words)) return false;
  const { parent } = node;
  if (ts.isCallExpression(parent)) return speaking.test(calledName(parent.expression));
  return ts.isPropertyAssignment(parent) && parent.initializer === node && read.test(parent.name.getText());
}

function calledName(callee: ts.Expression): string {
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}
