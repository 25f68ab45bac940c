import { mkdir } from 'node:fs/promises';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seriousProblems, signInWithBrowser, widthBeyondWindow } from '../support/admin-page.ts';
import { describeWithChromium, launchChromium } from '../support/chromium.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';

describeWithChromium('what operators see of the whole', () => {
  let browser: Browser;
  let dabir: ScriptedDabir;
  let operator: Person;

  beforeAll(async () => {
    [browser, dabir] = await Promise.all([launchChromium(), startScriptedDabir()]);
    operator = await dabir.person('Mina', 'fa');
    const { note } = await operator.asksFor('tone.ogg', { kind: 'voice' });
    await operator.ending(note);
    await dabir.shared.accounts.setRole(operator.id, 'ADMIN');
  });
  afterAll(async () => {
    await browser?.close();
    await dabir?.close();
  });

  const signIn = (options: BrowserContextOptions) => signInWithBrowser(browser, dabir, operator.id, options);

  test.each([
    ['Persian, light', 'fa-light', { locale: 'fa-IR', colorScheme: 'light' } as const],
    ['English, dark', 'en-dark', { locale: 'en-GB', colorScheme: 'dark' } as const],
    [
      'Persian, dark, on a phone',
      'fa-phone',
      { locale: 'fa-IR', colorScheme: 'dark', viewport: { width: 380, height: 800 } } as const,
    ],
    [
      'English, light, on a phone',
      'en-phone',
      { locale: 'en-GB', colorScheme: 'light', viewport: { width: 380, height: 800 } } as const,
    ],
  ])('anybody can use every page: %s', async (_name, picture, options) => {
    const page = await signIn(options);
    for (const name of ['people', 'engines', 'system', 'audit']) {
      await page.goto(new URL(`/admin/${name}`, page.url()).href);
      await page.locator('h1').waitFor();
      for (const details of await page.locator('details').all())
        await details.locator('summary').first().click();
      expect(await seriousProblems(page), name).toEqual([]);
      expect(await widthBeyondWindow(page), name).toBe(0);
      if (process.env['ADMIN_PICTURES']) {
        await mkdir(process.env['ADMIN_PICTURES'], { recursive: true });
        await page.screenshot({
          path: `${process.env['ADMIN_PICTURES']}/${name}-${picture}.png`,
          fullPage: true,
        });
      }
    }
  });

  test('an engine is tried out, and the page tells what came of it by itself', async () => {
    const page = await signIn({ locale: 'en-GB' });
    await page.getByRole('link', { name: 'Engines' }).click();
    dabir.engine.next({ says: ['salaam'] });
    await page.getByRole('button', { name: 'Test it local' }).click();
    await page.locator('#engine-local [data-test="passed"]').waitFor();
    await page.getByText('salaam').waitFor();
  });

  test('charts are drawn for a day, a week and a month; without scripts there is the table', async () => {
    const page = await signIn({ locale: 'en-GB' });
    await page.getByRole('link', { name: 'System' }).click();
    for (const span of ['Day', 'Week', 'Month']) {
      await page.getByRole('link', { name: span, exact: true }).click();
      await page.locator('.chart canvas').nth(3).waitFor();
      expect(await page.locator('.chart canvas').count(), span).toBe(4);
    }
    const plain = await signIn({ locale: 'en-GB', javaScriptEnabled: false });
    await plain.getByRole('link', { name: 'System' }).click();
    await plain.getByText('As a table').click();
    expect(await plain.locator('#points tbody tr').count()).toBeGreaterThanOrEqual(48);
  });
});
