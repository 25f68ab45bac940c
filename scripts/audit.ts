/**
 * `npm run audit` fails on an advisory of high or critical severity about the packages of a production
 * install, unless audit-allowed.json allows it with a reason and until a date. An unreachable registry is a
 * warning: the check has to pass on a machine without a network.
 *
 * `--allowed FILE` names another list. The project is the folder in which it is started.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';

/** Maximum term of an exception, in days. */
const maxAllowedDays = 90;

/** Time limit in ms. npm retries by itself; a registry that is silent for longer counts as unreachable. */
const timeoutMs = 60_000;

const allowedList = z.array(
  z.strictObject({
    advisory: z.string().regex(/^GHSA(-[0-9a-z]{4}){3}$/, 'must be an id such as GHSA-xxxx-xxxx-xxxx'),
    reason: z.string().min(20, 'must say in a sentence why it does not concern us'),
    until: z.iso.date('must be a date such as 2027-01-31'),
  }),
);
type Allowed = z.infer<typeof allowedList>;

/**
 * Output of `npm audit --json` (npm 10 and 11): an advisory is an object in `via`, a name there leads to
 * another.
 */
const report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(
        z.union([
          z.string(),
          z.object({
            source: z.number(),
            name: z.string(),
            title: z.string(),
            url: z.string(),
            severity: z.string(),
          }),
        ]),
      ),
    }),
  ),
});
/**
 * Its output when the registry's answer is missing or no report; npm's own errors have an `error.code`
 * instead.
 */
const noAnswer = z.object({
  message: z.string(),
  error: z.object({ code: z.undefined().optional() }).optional(),
});

const { values } = parseArgs({ options: { allowed: { type: 'string' } } });
const problems: string[] = [];
const today = new Date().toISOString().slice(0, 10);

const allowed = readAllowed();
const reply = await askNpm();
const parsed = report.safeParse(reply);
if (parsed.success) judge(parsed.data, allowed);
else if (reply === null) console.warn('Warning: npm audit gave no answer in time; nothing was checked.');
else if (noAnswer.safeParse(reply).success)
  console.warn(
    `Warning: the registry cannot be asked, nothing was checked: ${noAnswer.parse(reply).message}`,
  );
else problems.push(`npm audit answers something else than a report: ${JSON.stringify(reply).slice(0, 500)}`);

for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/** Reads the list; an invalid entry is a problem even when the registry is unreachable. */
function readAllowed(): Allowed {
  const path = values.allowed ?? new URL('audit-allowed.json', import.meta.url);
  const list = allowedList.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!list.success) {
    problems.push(
      ...list.error.issues.map(({ path, message }) => `audit-allowed.json, ${path.join('.')}: ${message}`),
    );
    return [];
  }
  const latest = new Date(Date.now() + maxAllowedDays * 86_400_000).toISOString().slice(0, 10);
  for (const { advisory, until } of list.data) {
    if (until > latest)
      problems.push(`audit-allowed.json allows ${advisory} for more than ${maxAllowedDays} days`);
  }
  return list.data;
}

/** Runs `npm audit`. Returns its output, null when it writes no JSON in time. */
async function askNpm(): Promise<unknown> {
  // On Windows npm is a shell script; under `npm run` it is a script of Node.
  const script = process.env['npm_execpath'];
  const [program, first] = script === undefined ? ['npm', []] : [process.execPath, [script]];
  const child = spawn(program, [...first, 'audit', '--omit=dev', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: script === undefined && process.platform === 'win32',
    timeout: timeoutMs,
  });
  child.once('error', () => undefined);
  try {
    return JSON.parse(await text(child.stdout)) as unknown;
  } catch {
    return null;
  }
}

function judge({ vulnerabilities }: z.infer<typeof report>, list: Allowed): void {
  const found = new Map(
    Object.values(vulnerabilities)
      .flatMap(({ via }) => via)
      .flatMap((advisory) => (typeof advisory === 'string' ? [] : [[advisory.source, advisory] as const])),
  );
  const ids = new Set<string>();
  for (const { source, name, severity, title, url } of found.values()) {
    const id = url.split('/').at(-1) ?? String(source);
    ids.add(id);
    const line = `${severity}: ${name}: ${title} (${url})`;
    const exception = list.find(({ advisory }) => advisory === id);
    if (severity !== 'high' && severity !== 'critical') console.log(line);
    else if (exception === undefined) problems.push(line);
    else if (exception.until < today) problems.push(`${line}; it was allowed until ${exception.until}`);
    else console.log(`${line}; allowed until ${exception.until}: ${exception.reason}`);
  }
  for (const { advisory } of list) {
    if (!ids.has(advisory)) console.warn(`Warning: ${advisory} is allowed, and no longer found: remove it.`);
  }
  if (problems.length === 0)
    console.log(`The audit found ${found.size} advisories, none that has to be acted on.`);
}
