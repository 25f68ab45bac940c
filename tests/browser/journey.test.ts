import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithChromium, launchChromium } from '../support/chromium.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { journey } from './journey.ts';

describeWithChromium('the chat page', () => {
  let dabir: ScriptedDabir;
  let browser: Browser;
  beforeAll(async () => {
    // On a busy machine three recordings take longer than ten seconds.
    dabir = await startScriptedDabir({ settings: { BURST_SECONDS: '60' } });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await dabir?.close();
  });

  test.each([
    ['fa', 'fa-IR', 'سارا'],
    ['en', 'en-GB', 'Sara'],
  ])(
    'a user’s journey in %s: three voice notes, one cancelled and two in one document, a correction, a search, an export, an erasure',
    async (language, locale, name) => {
      const person = await dabir.person(name, language);
      const context = await browser.newContext({ permissions: ['microphone'], locale });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${dabir.playground.url}/#${person.id}`);
      await journey(page, dabir, person, async () => undefined);
      expect(complaints).toEqual([]);
      expect(await dabir.shared.database.transcription.count({ where: { userId: person.id } })).toBe(0);
      await context.close();
    },
  );
});
