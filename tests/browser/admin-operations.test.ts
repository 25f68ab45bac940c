import { mkdir } from 'node:fs/promises';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DabirError } from '../../src/domain/errors.ts';
import { seriousProblems, signInWithBrowser, widthBeyondWindow } from '../support/admin-page.ts';
import { describeWithChromium, launchChromium } from '../support/chromium.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';

describeWithChromium('the operations pages', () => {
  let browser: Browser;
  let dabir: ScriptedDabir;
  let adminUser: Person;
  let change: number;

  beforeAll(async () => {
    [browser, dabir] = await Promise.all([launchChromium(), startScriptedDabir()]);
    adminUser = await dabir.person('Mina', 'fa');
    dabir.engine.next({ fails: new DabirError('engine_rejected', 'scripted') });
    const failing = await adminUser.asksFor('tone.mp3');
    await adminUser.ending(failing.note);
    dabir.engine.next({ fails: new DabirError('engine_failed', 'scripted') });
    const { note } = await adminUser.asksFor('tone.ogg', { kind: 'voice' });
    await adminUser.ending(note);
    const { shared } = dabir;
    const { id } = await shared.database.transcription.findFirstOrThrow({ orderBy: { id: 'desc' } });
    const line = {
      at: new Date(),
      process: 'worker:here:1',
      transcription: Number(id),
      details: 'cause=timeout',
    };
    await shared.logLines.add([
      { ...line, level: 40, message: 'answer not sent' },
      { ...line, level: 30, message: 'ended' },
    ]);
    // A delivery that was given up, a paused engine, and a change that has not begun.
    await shared.database.transcription.update({
      where: { id },
      data: { deliverGaveUpAt: new Date(), deliverError: 'Forbidden: bot was blocked by the user' },
    });
    await shared.pauses.pause('vira', adminUser.id);
    const filter = { state: 'FAILED', engine: null, kind: null, search: '' } as const;
    change = await shared.bulkChanges.add('retry', filter, adminUser.id, 1, 3_600_000);
    await dabir.shared.accounts.setRole(adminUser.id, 'ADMIN');
  });
  afterAll(async () => {
    await browser?.close();
    await dabir?.close();
  });

  const signIn = (options: BrowserContextOptions) => signInWithBrowser(browser, dabir, adminUser.id, options);

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
  ])('every operations page is accessible: %s', async (_name, picture, options) => {
    const page = await signIn(options);
    const file = await page.locator('tbody a').first().getAttribute('href');
    for (const [name, path] of [
      ...['now', 'users', 'engines', 'system', 'sessions', 'answers', 'audit'].map((one) => [
        one,
        `/admin/${one}`,
      ]),
      ['lines', '/admin/lines?all=yes'],
      ['file', file],
      ['bulk', '/admin/bulk-changes/new?state=FAILED&action=retry'],
      ['change', `/admin/bulk-changes/${change}`],
    ] as const) {
      await page.goto(new URL(path ?? '', page.url()).href);
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

  test('an engine is tested on the admin page, which shows the result without a reload', async () => {
    const page = await signIn({ locale: 'en-GB' });
    await page.getByRole('link', { name: 'Engines' }).click();
    dabir.engine.next({ says: ['salaam'] });
    await page.getByRole('button', { name: 'Test local' }).click();
    await page.locator('#engine-local [data-test="passed"]').waitFor();
    await page.getByText('salaam').waitFor();
  });

  test('charts of the admin page cover a day, a week and a month; without scripts there is a table', async () => {
    const page = await signIn({ locale: 'en-GB' });
    await page.getByRole('link', { name: 'System' }).click();
    for (const span of ['Day', 'Week', 'Month']) {
      await page.getByRole('link', { name: span, exact: true }).click();
      await page.locator('.chart canvas').nth(3).waitFor();
      expect(await page.locator('.chart canvas').count(), span).toBe(4);
    }
    const plain = await signIn({ locale: 'en-GB', javaScriptEnabled: false });
    await plain.getByRole('link', { name: 'System' }).click();
    await plain.getByText('As table').click();
    expect(await plain.locator('#points tbody tr').count()).toBeGreaterThanOrEqual(48);
  });
});
