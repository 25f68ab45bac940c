import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/**
 * True with `--short`: a bench then takes sizes that show within seconds that it works. Its times mean nothing;
 * its counts do. `tests/benchmarks` runs every bench so.
 */
export const isShort = process.argv.includes('--short');

/**
 * Reads the sizes and the other options of a bench from the command line, `--name value` each.
 * @param usual size by option, as in the published figures
 * @param short smaller sizes for `--short`, of the options that it changes
 * @throws TypeError for an unknown option
 */
export function readSizes<Name extends string>(
  usual: Readonly<Record<Name, number>>,
  short: Readonly<Partial<Record<Name, number>>>,
): Record<Name, number> {
  return readOptions(usual, short, {}).sizes;
}

/**
 * Reads the sizes, as `readSizes` does, and other options, which are described as for `parseArgs`.
 * @param allowPositionals true for a bench that takes words without `--name`
 */
export function readOptions<Name extends string, const Options extends ParseArgsOptionsConfig>(
  usual: Readonly<Record<Name, number>>,
  short: Readonly<Partial<Record<Name, number>>>,
  options: Options,
  allowPositionals = false,
) {
  const names = Object.keys(usual) as Name[];
  const ofSizes = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
  const { values, positionals } = parseArgs({
    options: { ...options, ...ofSizes, short: { type: 'boolean' } },
    allowPositionals,
  });
  const given: Readonly<Record<string, unknown>> = values;
  const sizes = Object.fromEntries(
    names.map((name) => [name, Number(given[name] ?? (isShort ? short[name] : undefined) ?? usual[name])]),
  ) as Record<Name, number>;
  return {
    sizes,
    values: values as ReturnType<typeof parseArgs<{ options: Options }>>['values'],
    positionals,
  };
}
