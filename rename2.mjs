// node rename2.mjs list.txt: lines `file#name new` (every declaration of that name in the file) or `file:line#name new`.
import ts from 'typescript';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
const root = process.cwd();
const parsed = ts.getParsedCommandLineOfConfigFile(path.join(root, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic() {} });
const host = {
  getScriptFileNames: () => parsed.fileNames, getScriptVersion: () => '0',
  getScriptSnapshot: (f) => { const t = ts.sys.fileExists(f) ? ts.sys.readFile(f) : undefined; return t === undefined ? undefined : ts.ScriptSnapshot.fromString(t); },
  getCurrentDirectory: () => root, getCompilationSettings: () => parsed.options, getDefaultLibFileName: (o) => ts.getDefaultLibFilePath(o),
  fileExists: ts.sys.fileExists, readFile: ts.sys.readFile, readDirectory: ts.sys.readDirectory, directoryExists: ts.sys.directoryExists, getDirectories: ts.sys.getDirectories,
};
const service = ts.createLanguageService(host);
const program = service.getProgram();
const checker = program.getTypeChecker();
const nodeAt = (source, pos) => { let found; const v = (n) => { if (pos >= n.getStart(source) && pos < n.end) { found = n; ts.forEachChild(n, v); } }; v(source); return found; };
const edits = new Map(); // file -> Map(start -> {length, prop, local, plain})
const done = new Set();
const queue = [];
for (const line of readFileSync(process.argv[2], 'utf8').split('\n')) {
  const text = line.split('//')[0].trim();
  if (!text) continue;
  const [from, to] = text.split(/\s+/);
  const [place, name] = from.split('#').length > 2 ? [from.split('#')[0], '#' + from.split('#')[2]] : from.split('#');
  const [file, at] = place.split(':');
  const full = path.join(root, file);
  const source = program.getSourceFile(full);
  if (!source) { console.error('NO FILE', from); continue; }
  let hits = 0;
  const visit = (n) => {
    const id = n.name;
    if (id && (ts.isIdentifier(id) || ts.isPrivateIdentifier(id)) && id.text === name && !ts.isPropertyAccessExpression(n) && !ts.isImportSpecifier(n) && !ts.isShorthandPropertyAssignment(n)) {
      const lineOf = source.getLineAndCharacterOfPosition(id.getStart(source)).line + 1;
      if (at === undefined || Number(at) === lineOf) { hits += 1; queue.push([full, id.getStart(source), to]); }
    }
    ts.forEachChild(n, visit);
  };
  visit(source);
  if (hits === 0) console.error('NOT FOUND', from);
}
while (queue.length > 0) {
  const [file, pos, to] = queue.shift();
  const key = `${file}:${pos}:${to}`;
  if (done.has(key)) continue;
  done.add(key);
  const source = program.getSourceFile(file);
  const decl = nodeAt(source, pos);
  const p = decl.parent;
  if (ts.isVariableDeclaration(p) || ts.isParameter(p) || ts.isBindingElement(p)) {
    const other = checker.resolveName(to, decl, ts.SymbolFlags.Value, false);
    const d = other?.valueDeclaration;
    if (d && !d.getSourceFile().fileName.includes('/typescript/lib/')) {
      const l = source.getLineAndCharacterOfPosition(pos).line + 1;
      console.error(`CLASH? ${path.relative(root, file)}:${l} ${decl.text} -> ${to} (also ${path.relative(root, d.getSourceFile().fileName)}:${d.getSourceFile().getLineAndCharacterOfPosition(d.getStart()).line + 1})`);
    }
  }
  const locations = service.findRenameLocations(file, pos, false, false, { providePrefixAndSuffixTextForRename: true });
  if (!locations) { console.error('CANNOT', file, pos); continue; }
  for (const l of locations) {
    if (/support\/prisma\/|node_modules/.test(l.fileName)) continue;
    const by = edits.get(l.fileName) ?? edits.set(l.fileName, new Map()).get(l.fileName);
    const e = by.get(l.textSpan.start) ?? { length: l.textSpan.length };
    const kind = l.suffixText ? 'prop' : l.prefixText ? 'local' : 'plain';
    if (e[kind] !== undefined && e[kind] !== to) console.error('TWO NAMES', path.relative(root, l.fileName), l.textSpan.start, e[kind], to);
    e[kind] = to; e[kind + 'Fix'] = l.suffixText ?? l.prefixText;
    by.set(l.textSpan.start, e);
    if (kind === 'prop') {
      const s = program.getSourceFile(l.fileName);
      const n = nodeAt(s, l.textSpan.start);
      if (ts.isBindingElement(n.parent) && n.parent.name === n) queue.push([l.fileName, l.textSpan.start, to]);
      else if (ts.isShorthandPropertyAssignment(n.parent)) {
        const d = checker.getShorthandAssignmentValueSymbol(n.parent)?.valueDeclaration;
        if (d?.name && ts.isIdentifier(d.name) && !/node_modules/.test(d.getSourceFile().fileName)) queue.push([d.getSourceFile().fileName, d.name.getStart(), to]);
      }
    }
  }
}
for (const [f, by] of edits) {
  let t = readFileSync(f, 'utf8');
  for (const [start, e] of [...by].sort((a, b) => b[0] - a[0])) {
    let n;
    if (e.prop !== undefined && (e.local !== undefined || e.plain !== undefined)) { const l = e.local ?? e.plain; n = e.prop === l ? l : `${e.prop}: ${l}`; }
    else if (e.prop !== undefined) n = e.prop + e.propFix;
    else if (e.local !== undefined) n = e.localFix + e.local;
    else n = e.plain;
    t = t.slice(0, start) + n + t.slice(start + e.length);
  }
  writeFileSync(f, t);
}
console.log(`${edits.size} files, ${[...edits.values()].reduce((s, m) => s + m.size, 0)} places`);
