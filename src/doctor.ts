/**
 * Command `npm run doctor [-- --json]`: checks everything that Dabir needs, and prints a line for
 * each with advice.
 */
import { parseArgs } from 'node:util';
import { examine } from './operations/doctor/examine.ts';
import { inOneLine } from './operations/doctor/finding.ts';
import { loadEnvironment } from './runtime/environment.ts';

const help = `npm run doctor [-- --json]

Looks at the configuration, PostgreSQL, Redis, Telegram, the engines, LOCAL, disks, clocks, ports and permissions, and
changes nothing. A line for each: ✓ well, ✗ wrong and what to do, – not used or not checked. No secret is printed: the
output may be shown to others.

  --json   the same as {"ok": …, "findings": [{"name", "state", "text", "advice"}, …]}
  --help   this text

Exit codes: 0 nothing is wrong, 1 something is, 2 wrong arguments`;

const options = readOptions();
if (options === null) process.exitCode = 2;
else if (options.help) process.stdout.write(`${help}\n`);
else {
  const findings = await examine(loadEnvironment());
  const isWell = findings.every(({ state }) => state !== 'wrong');
  const lines = options.json
    ? [JSON.stringify({ ok: isWell, findings }, null, 2)]
    : findings.map((finding) => inOneLine(finding));
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = isWell ? 0 : 1;
}

function readOptions() {
  try {
    return parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } }).values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message.split('\n')[0]} See --help.\n`);
    return null;
  }
}
