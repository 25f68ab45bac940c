import ts from 'typescript';

/**
 * Returns the names that a source file declares: variables, parameters, properties, methods, functions, types and keys
 * of objects. Names in quotes are left out, because they are other programs' words or sentences.
 */
export function declaredNames(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node) => {
    const { name } = node as { name?: ts.Node };
    // A shorthand property and an access use a name that is declared elsewhere; so does an import without `as`.
    const isUse =
      ts.isShorthandPropertyAssignment(node) ||
      ts.isPropertyAccessExpression(node) ||
      (ts.isImportSpecifier(node) && node.propertyName === undefined);
    if (!isUse && name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)))
      names.add(name.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** Returns the names that a source file exports where it declares them. */
export function exportedNames(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [name.text] : [],
      );
    const { name } = statement as ts.DeclarationStatement;
    return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
  });
}

/**
 * Returns the exported functions that do something, by their signature: asynchronous ones, and those that return
 * nothing, a promise, routes, handlers or middleware.
 */
export function exportedActions(source: ts.SourceFile): string[] {
  const doesSomething = /^(void|Promise<|Hono\b|Composer\b|MiddlewareHandler\b)/;
  return source.statements.filter(ts.isFunctionDeclaration).flatMap(({ name, type, modifiers = [] }) => {
    const has = (wanted: ts.SyntaxKind) => modifiers.some(({ kind }) => kind === wanted);
    if (name === undefined || !has(ts.SyntaxKind.ExportKeyword)) return [];
    return has(ts.SyntaxKind.AsyncKeyword) || doesSomething.test(type?.getText(source) ?? '')
      ? [name.text]
      : [];
  });
}
