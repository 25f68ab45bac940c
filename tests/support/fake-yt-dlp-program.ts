import { spawn } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';

const given = process.argv.slice(2);
const option = (name: string) => given[given.indexOf(name) + 1] ?? '';
const say = (line: string) => void process.stdout.write(`${line}\n`);

/**
 * Behaves as yt-dlp 2026.10.26 does: the same lines, the same exit codes, a file in its folder, and all
 * traffic through the given proxy. The path of the page selects the case: `/talk`, `/large`, `/long`,
 * `/private`, `/silent`, `/endless`, `/inside` (whose video is at an internal address).
 */
export async function behave(insidePort: number): Promise<void> {
  const page = new URL(given.at(-1) ?? '');
  const fail = (why: string) => {
    process.stderr.write(`ERROR: [generic] page: ${why} (${page.href})\n`);
    process.exit(1);
  };
  if (given.at(-2) !== '--') return fail('the address could be taken for an option');
  say(`[generic] Extracting URL: ${page.href}`);
  if (page.pathname === '/silent') return beSilent();
  if (page.pathname === '/private') return fail('Private video. Sign in if you have been granted access');
  const video =
    page.pathname === '/inside' ? `http://127.0.0.2:${insidePort}/secret` : new URL('/video', page).href;
  const { status, body } = await fetched(video);
  if (status !== 200) return fail(`Unable to download webpage: HTTP Error ${status}`);
  say('[info] page: Downloading 1 format(s): 0');
  if (page.pathname === '/long') {
    return say(`[download] A talk does not pass filter (${option('--match-filters')}), skipping ..`);
  }
  const most = Number(option('--max-filesize'));
  if (page.pathname === '/large') {
    return say(`[download] File is larger than max-filesize (${most + 1} bytes > ${most} bytes). Aborting.`);
  }
  say('[download] Destination: media.mp3');
  if (page.pathname === '/endless') {
    return void setInterval(() => appendFileSync('media.mp3', Buffer.alloc(100_000)), 1);
  }
  say('[download]  15.9% of    6.28KiB at  Unknown B/s ETA Unknown');
  writeFileSync('media.mp3', body);
  say('[download] 100% of    6.28KiB in 00:00:00 at 2.60MiB/s');
  say(`title=A talk 1/2${process.env['OF_THE_WORKER'] ?? ''}`);
}

/** Hangs with a child process, as ffmpeg would be. */
function beSilent(): void {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  writeFileSync('pids', `${process.pid} ${child.pid}`);
  setInterval(() => undefined, 1000);
}

/** Requests a URL as a client of the proxy does. */
function fetched(address: string): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const proxy = new URL(option('--proxy'));
    const login = Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64');
    const headers = { host: new URL(address).host, 'proxy-authorization': `Basic ${login}` };
    request({ host: proxy.hostname, port: proxy.port, path: address, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });
}
