import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { createSignInLink } from '../../src/app/admin/sign-in.ts';
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import { servedAdmin } from './admin-browser.ts';
import { type ScriptedDabir, token } from './scripted-dabir.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * Signs in to the admin page as an admin does. A complaint of the browser (policy, scripts) or a request to
 * another host fails the test until its end.
 */
export async function signInWithBrowser(
  browser: Browser,
  { shared }: ScriptedDabir,
  userId: number,
  options: BrowserContextOptions,
): Promise<Page> {
  const config = requireRole(
    loadConfig({ BOT_TOKEN: token, DATABASE_URL: 'postgresql://nobody@127.0.0.1/none', TIME_ZONE: 'UTC' }),
  );
  const base = await servedAdmin(config, shared);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(base).origin)) complaints.push(`asked ${request.url()}`);
  });
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(`${base}/enter/${await createSignInLink(shared.adminPage.signIns, userId)}`);
  await page.locator('main button').click();
  await page.waitForURL(/\/admin\/now$/);
  return page;
}

/** Returns the problems that axe-core rates as serious or worse, by rule. */
export async function seriousProblems(page: Page): Promise<string[]> {
  // The page's policy allows only its own scripts, so axe-core is injected past it.
  const client = await page.context().newCDPSession(page);
  await client.send('Runtime.evaluate', { expression: await readFile(axePath, 'utf8') });
  const { result } = await client.send('Runtime.evaluate', {
    // Of what passes, only one element of each rule is collected.
    expression:
      'axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa"], resultTypes: ["violations"] }).then(({ violations }) => JSON.stringify(violations))',
    awaitPromise: true,
  });
  await client.detach();
  const violations = JSON.parse(String(result.value)) as {
    id: string;
    impact: string;
    nodes: { html: string }[];
  }[];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** Returns how much the page is wider than the window, in pixels. */
export async function widthBeyondWindow(page: Page): Promise<number> {
  return Number(await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)'));
}
