import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithChromium, launchChromium } from '../support/chromium.ts';
import { PrivateChat } from '../support/private-chat.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { secretaryJourney } from './secretary-journey.ts';

describeWithChromium('the chat page', () => {
  let dabir: ScriptedDabir;
  let browser: Browser;
  beforeAll(async () => {
    dabir = await startScriptedDabir({ others: [] });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await dabir?.close();
  });

  test.each([
    ['fa', 'fa-IR', 'سارا', 'امید'],
    ['en', 'en-GB', 'Sara', 'Omid'],
  ])(
    'a secretary in %s: connected, three notes of a friend, an answer drafted by voice, changed and sent, disconnected',
    async (language, locale, name, friendName) => {
      const owner = await dabir.person(name, language);
      const friend = await dabir.person(friendName, language);
      const context = await browser.newContext({ permissions: ['microphone'], locale });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      await secretaryJourney(page, dabir, [owner, friend], friendName, async () => undefined);
      expect(complaints).toEqual([]);
      const chat = await PrivateChat.open(dabir.playground.url, owner, friend);
      // Three notes, the one answer, and the note after the end.
      expect((await chat.messages()).map(({ from }) => from?.id)).toEqual([
        ...[friend.id, friend.id, friend.id, owner.id, friend.id],
      ]);
      expect(friend.answers()).toEqual([]);
      const notes = await dabir.shared.database.transcription.count({
        where: { userId: owner.id, purpose: 'note' },
      });
      expect(notes).toBe(3);
      await context.close();
    },
  );
});
