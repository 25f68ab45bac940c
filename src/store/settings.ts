import type { Settings } from '../app/ports.ts';
import type { Database } from './client.ts';

/** People's own choices on PostgreSQL. */
export function createSettings(database: Database): Settings {
  return {
    async speechLanguage(userId) {
      const setting = await database.setting.findUnique({
        where: { userId },
        select: { speechLanguage: true },
      });
      return setting?.speechLanguage ?? null;
    },
    async setSpeechLanguage({ id, firstName, lastName, username, languageCode }, language) {
      // Whoever chooses before they send anything gets their account now.
      await database.setting.upsert({
        where: { userId: id },
        update: { speechLanguage: language },
        create: {
          speechLanguage: language,
          user: {
            connectOrCreate: { where: { id }, create: { id, firstName, lastName, username, languageCode } },
          },
        },
      });
    },
  };
}
