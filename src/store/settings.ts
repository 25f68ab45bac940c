import type { Settings } from '../app/ports/settings.ts';
import { isEngineId } from '../domain/engine-names.ts';
import type { Upload } from '../domain/transcription.ts';
import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';
import { documentChoiceSchema } from './rows.ts';

/** Stores the settings of users in PostgreSQL. */
export function createSettings(database: Database): Settings {
  /** Saves a choice. Creates the account of a user who has sent nothing yet. */
  const save = async (
    user: Upload['user'],
    choice: { speechLanguage: string | null } | { documents: object } | { defaultEngine: string | null },
  ) => {
    const { id, firstName, lastName, username, languageCode } = user;
    await database.setting.upsert({
      where: { userId: id },
      update: choice,
      create: {
        ...choice,
        user: {
          connectOrCreate: { where: { id }, create: { id, firstName, lastName, username, languageCode } },
        },
      },
    });
  };
  return {
    async speechLanguage(userId) {
      const setting = await database.setting.findUnique({
        where: { userId },
        select: { speechLanguage: true },
      });
      return setting?.speechLanguage ?? null;
    },
    setSpeechLanguage: (user, language) => save(user, { speechLanguage: language }),
    async defaultEngine(userId) {
      const setting = await database.setting.findUnique({
        where: { userId },
        select: { defaultEngine: true },
      });
      return isEngineId(setting?.defaultEngine) ? setting.defaultEngine : null;
    },
    setDefaultEngine: (user, engine) => save(user, { defaultEngine: engine }),
    async documents(userId) {
      const setting = await database.setting.findUnique({ where: { userId }, select: { documents: true } });
      return documentChoiceSchema.parse(setting?.documents ?? null);
    },
    setDocuments: (user, choice) => save(user, { documents: choice }),
    async reset(userId) {
      const unchosen = { defaultEngine: null, lastEngine: null, sameChoices: 0, speechLanguage: null };
      await database.setting.updateMany({
        where: { userId },
        data: { ...unchosen, documents: Prisma.DbNull },
      });
    },
  };
}
