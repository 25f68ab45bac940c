import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DabirError } from '../../src/domain/errors.ts';
import { seriousProblems, signInWithBrowser, widthBeyondWindow } from '../support/admin-page.ts';
import { describeWithChromium, launchChromium } from '../support/chromium.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

const voice = { kind: 'voice' } as const;
/** Maximum bytes over the line for the first page with its styles, scripts and fonts. */
const firstPageBudget = 100_000;

describeWithChromium('the admin page', () => {
  let browser: Browser;
  let dabir: ScriptedDabir;
  let adminUser: Person;
  let sara: Person;

  beforeAll(async () => {
    [browser, dabir] = await Promise.all([launchChromium(), startScriptedDabir()]);
    adminUser = await dabir.person('Mina', 'fa');
    await adminUser.says('/queue');
    await adminUser.reads(adminUser.word('queue-empty'));
    await dabir.shared.accounts.setRole(adminUser.id, 'ADMIN');
    sara = await dabir.person('سارا', 'fa');
  });
  afterAll(async () => {
    await browser?.close();
    await dabir?.close();
  });

  const signIn = (options: BrowserContextOptions) => signInWithBrowser(browser, dabir, adminUser.id, options);

  test('the table of the admin page changes while a file runs, and the file can be cancelled from it', async () => {
    const page = await signIn({ locale: 'fa-IR' });
    dabir.engine.next({ holds: true, progress: [0.4] });
    const { note } = await sara.asksFor('tone.ogg', voice);
    const row = page.locator('tbody tr').first();
    await row.getByText('در حال اجرا').waitFor();
    await row.getByText('سارا').waitFor();
    await row.getByRole('button').click();
    await page.waitForURL(/\/admin\/now\/\d+$/);
    await sara.reads(sara.word('status-cancelled'), note);
    await page.getByRole('link', { name: 'بازگشت' }).click();
    await page.locator('tbody tr').first().getByText('لغوشده').waitFor();
  });

  test('on the admin page a failed file is retried, and its sender is blocked and unblocked', async () => {
    const omid = await dabir.person('امید', 'fa');
    dabir.engine.next({ fails: new DabirError('engine_rejected', 'scripted') });
    const { note } = await omid.asksFor('tone.ogg', voice);
    expect(await omid.ending(note)).toMatch(/^✗/);
    const page = await signIn({ locale: 'fa-IR' });
    const row = page.locator('tbody tr', { hasText: 'امید' }).first();
    await row.getByRole('button', { name: 'تلاش دوباره' }).click();
    await until(async () => (await omid.ending(note)).startsWith('✓'));

    await page.getByRole('link', { name: 'کاربران' }).click();
    await page.getByRole('link', { name: 'امید' }).click();
    await page.getByText('مسدود کردن').first().click();
    await page.getByText('یک بار به او خبر داده می‌شود').waitFor();
    await page.getByRole('button', { name: 'مسدود کردن' }).click();
    await page.getByRole('button', { name: 'رفع مسدودی' }).waitFor();
    await omid.says('/queue');
    await omid.reads(omid.word('access-blocked'));
    await page.getByRole('button', { name: 'رفع مسدودی' }).click();
    await page.getByText('مسدود کردن').first().waitFor();
  });

  test.each([
    ['Persian, light', { locale: 'fa-IR', colorScheme: 'light' } as const, 'rtl'],
    ['Persian, dark', { locale: 'fa-IR', colorScheme: 'dark' } as const, 'rtl'],
    ['English, light', { locale: 'en-GB', colorScheme: 'light' } as const, 'ltr'],
    [
      'English, dark, on a phone',
      { locale: 'en-GB', colorScheme: 'dark', viewport: { width: 380, height: 800 } } as const,
      'ltr',
    ],
  ])('the admin page is accessible: %s', async (_name, options, direction) => {
    await sara.status(await sara.sends('tone.ogg', voice));
    const page = await signIn(options);
    expect(await page.locator('html').getAttribute('dir')).toBe(direction);
    expect(await seriousProblems(page)).toEqual([]);
    // Nothing is wider than the screen.
    expect(await widthBeyondWindow(page)).toBe(0);
    await page.locator('tbody a').first().click();
    await page.waitForURL(/\/now\/\d+$/);
    expect(await seriousProblems(page)).toEqual([]);
  });

  test('the first admin page is small, and readable without scripts', async () => {
    const note = await sara.sends('tone.ogg', voice);
    await sara.status(note);
    const page = await signIn({ locale: 'en-GB', javaScriptEnabled: false });
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
    await page.getByPlaceholder('Number').fill('nothing like it');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('No files here').waitFor();

    const fresh = await signIn({ locale: 'fa-IR' });
    const sizes = await fresh.evaluate(
      '[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].map(({ encodedBodySize }) => encodedBodySize)',
    );
    const total = (sizes as number[]).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(20_000);
    expect(total).toBeLessThan(firstPageBudget);
  });
});
