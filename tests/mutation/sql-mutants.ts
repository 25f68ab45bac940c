/** A change to one place of a routine that its tests should notice. */
export type Mutant = {
  /** Line of the file, from 1. */
  readonly line: number;
  /** The kind of change, for the report and for the sample. */
  readonly operator: string;
  readonly from: string;
  readonly to: string;
  /** The whole file with the change. */
  readonly text: string;
};

/** `depth` counts open parentheses and CASE expressions. */
type SqlToken = { readonly text: string; readonly start: number; readonly end: number; readonly depth: number };

const tokenPattern =
  /--.*$|'(?:[^']|'')*'|"[^"]*"|\$\$|\d+(?:\.\d+)?|\w+|:=|::|<>|<=|>=|=>|->>|->|\|\||[^\s\w]/gm;
const states = ['CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'];

const comparisons: Record<string, readonly string[]> = {
  '=': ['<>'],
  '<>': ['='],
  '<': ['<=', '>='],
  '>': ['>=', '<='],
  '<=': ['<', '>'],
  '>=': ['>', '<'],
};

/** Words after which `=` compares, or with SET assigns. */
const clauses = /^(SET|WHERE|AND|OR|ON|IF|ELSIF|WHEN|NOT|SELECT|HAVING|RETURN|THEN|ELSE)$/;
/** Words that end a condition of WHERE, ON or IF. */
const ends = /^(AND|OR|ORDER|LIMIT|GROUP|FOR|RETURNING|THEN|WHERE|UNION|JOIN|LEFT|LOOP|INTO|HAVING)$/;

/** Returns all mutants of a routine. @param source text of a file in prisma/routines */
export function mutantsOf(source: string): Mutant[] {
  const tokens = tokenise(source);
  const found: Mutant[] = [];
  const replace = (operator: string, start: number, end: number, to: string) => {
    found.push({
      line: source.slice(0, start).split('\n').length,
      operator,
      from: source.slice(start, end).replaceAll(/\s+/g, ' ').trim(),
      to: to.trim(),
      text: source.slice(0, start) + to + source.slice(end),
    });
  };
  const at = (index: number) => tokens[index]?.text ?? '';
  for (const [index, token] of tokens.entries()) {
    const { text, start, end } = token;
    const swap = (operator: string, to: string) => replace(operator, start, end, to);
    const through = (operator: string, last: number, to: string) =>
      replace(operator, start, tokens[last]?.end ?? end, to);
    if (comparisons[text] && !(text === '=' && assigns(tokens, index)))
      for (const to of comparisons[text]) swap('comparison', to);
    if (text === 'AND') swap('logic', 'OR');
    if (text === 'OR' && at(index + 1) !== 'REPLACE') swap('logic', 'AND');
    if (text === 'IS' && at(index + 1) === 'NOT') through('null', index + 1, 'IS');
    else if (text === 'IS') swap('null', 'IS NOT');
    if (text === 'NOT' && at(index - 1) !== 'IS') swap('not', '');
    if (text === 'IF' && at(index - 1) !== 'END') conditionAlways(index);
    if (/^\d+$/.test(text) && !/^(PERFORM|SELECT|LIMIT)$/.test(at(index - 1))) swap('number', String(Number(text) + 1));
    if ((text === '+' || text === '-') && /[\w")]$/.test(at(index - 1)))
      swap('arithmetic', text === '+' ? '-' : '+');
    if (text === '*' && /[\w")]$/.test(at(index - 1)) && !/SELECT|\(/.test(at(index - 1))) swap('arithmetic', '/');
    if (text === 'true' || text === 'false') swap('boolean', String(text === 'false'));
    const state = states.indexOf(text.slice(1, -1));
    if (text.startsWith("'") && state >= 0) swap('state', `'${states[(state + 1) % states.length]}'`);
    if (text === 'GREATEST') swap('function', 'LEAST');
    if (text === 'LEAST') swap('function', 'GREATEST');
    if (text === 'COALESCE') swapArguments(index);
    if (text === 'FOR' && at(index + 1) === 'UPDATE')
      through('lock', at(index + 2) === 'SKIP' ? index + 3 : index + 1, '');
    if (text === 'SKIP') through('skip locked', index + 1, '');
    if (text === 'DESC') swap('order', '');
    if (text === 'ORDER') orderBackwards(index);
    if (text === 'LIMIT') through('limit', clauseEnd(tokens, index) - 1, '');
    if (text === 'CONFLICT' && at(index - 1) === 'ON')
      replace('on conflict', tokens[index - 1]?.start ?? 0, tokens[clauseEnd(tokens, index, /^RETURNING$/) - 1]?.end ?? 0, '');
    if (/^(WHERE|AND|OR|ON)$/.test(text) && at(index + 1) !== 'CONFLICT') dropCondition(index);
    if (text === 'SET') dropAssignments(index);
    if (beginsStatement(tokens, index)) dropStatement(index);
  }
  return found;

  function conditionAlways(index: number) {
    const then = findAt(tokens, index, 'THEN');
    if (then < 0) return;
    const [from, to] = [tokens[index + 1]?.start ?? 0, tokens[then - 1]?.end ?? 0];
    for (const value of ['true', 'false']) replace('condition', from, to, value);
  }

  function swapArguments(index: number) {
    const last = closing(tokens, index + 1);
    const comma = tokens.findIndex(
      ({ text, depth }, other) => other > index && other < last && text === ',' && depth === (tokens[index]?.depth ?? 0) + 1,
    );
    if (comma < 0) return;
    const slice = (from: number, to: number) => source.slice(tokens[from]?.start ?? 0, tokens[to]?.end ?? 0);
    const [first, second] = [slice(index + 2, comma - 1), slice(comma + 1, last - 1)];
    const [from, to] = [tokens[index + 2]?.start ?? 0, tokens[last - 1]?.end ?? 0];
    replace('coalesce', from, to, `${second}, ${first}`);
  }

  function orderBackwards(index: number) {
    const last = clauseEnd(tokens, index, /^(LIMIT|FOR|ROWS)$/) - 1;
    if (at(last) === 'DESC') return;
    replace('order', tokens[last]?.end ?? 0, tokens[last]?.end ?? 0, ' DESC');
  }

  function dropCondition(index: number) {
    const { text, start } = tokens[index] ?? { text: '', start: 0 };
    const last = clauseEnd(tokens, index, ends) - 1;
    const end = tokens[last]?.end ?? 0;
    if (text === 'AND' || text === 'OR') replace('condition dropped', start, end, '');
    else replace('condition dropped', tokens[index + 1]?.start ?? 0, end, 'true');
  }

  function dropAssignments(index: number) {
    const last = clauseEnd(tokens, index, /^(WHERE|FROM|RETURNING)$/);
    const depth = tokens[index]?.depth ?? 0;
    const commas = tokens.flatMap((token, other) =>
      other > index && other < last && token.text === ',' && token.depth === depth ? [other] : [],
    );
    if (commas.length === 0) return;
    const bounds = [index, ...commas, last];
    for (const [nth, from] of bounds.slice(0, -1).entries()) {
      const to = bounds[nth + 1] ?? last;
      const first = nth === 0;
      replace(
        'assignment dropped',
        tokens[first ? from + 1 : from]?.start ?? 0,
        tokens[first ? to : to - 1]?.end ?? 0,
        '',
      );
    }
  }

  function dropStatement(index: number) {
    const { text, start } = tokens[index] ?? { text: '', start: 0 };
    const last = tokens.findIndex((token, other) => other > index && token.text === ';');
    if (last < 0) return;
    // The RETURN at the end of a function has to stay.
    const isAtEnd = at(last + 1) === 'END' && !/^(IF|LOOP|CASE)$/.test(at(last + 2));
    if ((text === 'RETURN' && isAtEnd) || text === 'GET') return;
    replace('statement dropped', start, tokens[last]?.end ?? 0, 'NULL;');
  }
}

/** Reads the tokens of the body, without comments. */
function tokenise(source: string): SqlToken[] {
  const quoted = source.indexOf('$$');
  const body = quoted >= 0 ? quoted : source.search(/^ {2}RETURN /m);
  const tokens: SqlToken[] = [];
  let depth = 0;
  for (const { 0: text, index } of source.matchAll(tokenPattern)) {
    if (index < body || text.startsWith('--') || text === '$$') continue;
    if (text === ')' || (text === 'END' && isEndOfCase(source, index))) depth -= 1;
    tokens.push({ text, start: index, end: index + text.length, depth });
    if (text === '(' || (text === 'CASE' && isExpression(source, index))) depth += 1;
  }
  return tokens;
}

/** Returns whether this CASE is an expression. The statement begins a line, and has each WHEN on its own. */
function isExpression(source: string, index: number): boolean {
  const isStatement = /\n\s*$/.test(source.slice(0, index)) && /^CASE [^\n]*\n\s*WHEN/.test(source.slice(index));
  return !isStatement && !/END\s+$/.test(source.slice(0, index));
}

/** Returns whether this END closes a CASE expression, and no block. */
function isEndOfCase(source: string, index: number): boolean {
  return !/^END(\s+(IF|LOOP|CASE)\b|\s*\$\$)/.test(source.slice(index));
}

/** Returns whether `=` at this index assigns: SET is the last clause before it. */
function assigns(tokens: readonly SqlToken[], index: number): boolean {
  const depth = tokens[index]?.depth ?? 0;
  for (let other = index - 1; other >= 0; other -= 1) {
    const token = tokens[other];
    if (token === undefined || token.depth < depth || token.text === ';') return false;
    if (token.depth === depth && clauses.test(token.text)) return token.text === 'SET';
  }
  return false;
}

/** Returns the index after the clause that begins at `index`: of the first token of its depth that `end` fits, or that closes it. */
function clauseEnd(tokens: readonly SqlToken[], index: number, end = ends): number {
  const depth = tokens[index]?.depth ?? 0;
  const found = tokens.findIndex(
    (token, other) =>
      other > index + 1 &&
      (token.depth < depth || token.text === ';' || (token.depth === depth && end.test(token.text))),
  );
  return found < 0 ? tokens.length : found;
}

function findAt(tokens: readonly SqlToken[], index: number, text: string): number {
  const depth = tokens[index]?.depth ?? 0;
  return tokens.findIndex((token, other) => other > index && token.depth === depth && token.text === text);
}

/** Returns the index of the parenthesis that closes the one at `open`. */
function closing(tokens: readonly SqlToken[], open: number): number {
  const depth = tokens[open]?.depth ?? 0;
  return tokens.findIndex((token, other) => other > open && token.text === ')' && token.depth === depth);
}

/** Returns whether a statement of PL/pgSQL that can be left out begins here. */
function beginsStatement(tokens: readonly SqlToken[], index: number): boolean {
  const token = tokens[index];
  if (token === undefined || token.depth !== 0) return false;
  if (!/^(;|BEGIN|THEN|ELSE|LOOP)$/.test(tokens[index - 1]?.text ?? '')) return false;
  return /^(PERFORM|UPDATE|DELETE|INSERT|RETURN|RAISE|CONTINUE)$/.test(token.text) || tokens[index + 1]?.text === ':=';
}
