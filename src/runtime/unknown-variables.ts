import { ConfigError } from './config-error.ts';
import { secretNames, variableNames } from './config-schema.ts';
import { composeVariables, isForeign, misspelled, nearestName, suggestion } from './variable-names.ts';

/** Names of variables that the program, or the Compose file beside it, reads. */
const ownNames = new Set([
  ...variableNames,
  ...secretNames.map((name) => `${name}_FILE`),
  ...composeVariables,
]);

/**
 * Checks the names in the file `.env`: a name that nothing reads is a mistake.
 * @throws ConfigError that lists each unknown name with the one that was probably meant
 */
export function checkFileNames(names: Iterable<string>): void {
  const problems = [...names]
    .filter((name) => !ownNames.has(name) && !isForeign(name))
    .map((name) => `.env sets ${name}, which nothing reads${suggestion(nearestName(name, ownNames))}`);
  if (problems.length > 0) throw new ConfigError(problems);
}

/**
 * Returns a sentence about each variable of the environment that is probably a misspelled name of
 * ours. All others belong to other programs.
 */
export function misspelledVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => !ownNames.has(name) && !isForeign(name))
    .flatMap((name) => {
      const meant = misspelled(name, ownNames);
      return meant === null ? [] : [`nothing reads the variable ${name}${suggestion(meant)}`];
    });
}
