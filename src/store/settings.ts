import sql, { type Sql } from 'sql-template-tag';
import type { Settings } from '../app/ports/settings.ts';
import { isEngineId } from '../domain/engine-names.ts';
import type { UserId } from '../domain/ids.ts';
import type { Upload } from '../domain/transcription.ts';
import type { Database } from './client.ts';
import { documentChoiceSchema } from './rows.ts';

/** Stores the settings of users in PostgreSQL. */
export function createSettings(database: Database): Settings {
  /** Creates the account of a user who has sent nothing yet. */
  const upsertUser = ({
    id,
    firstName,
    lastName,
    username,
    languageCode,
  }: Upload['user']) => database.execute`
    INSERT INTO "user" (id, "firstName", "lastName", username, "languageCode")
    VALUES (${id}::bigint, ${firstName}, ${lastName}, ${username}, ${languageCode}) ON CONFLICT DO NOTHING`;
  const save = async (user: Upload['user'], column: Sql, value: string | boolean | null) => {
    await upsertUser(user);
    await database.execute`
      INSERT INTO setting ("userId", ${column}) VALUES (${user.id}::bigint, ${value})
      ON CONFLICT ("userId") DO UPDATE SET ${column} = EXCLUDED.${column}`;
  };
  const read = async (userId: UserId) => {
    const [row] = await database.query<Row[]>`
      SELECT "speechLanguage", "defaultEngine", documents, "offersBundles" FROM setting WHERE "userId" = ${userId}::bigint`;
    return row;
  };
  return {
    async speechLanguage(userId) {
      return (await read(userId))?.speechLanguage ?? null;
    },
    setSpeechLanguage: (user, language) => save(user, sql`"speechLanguage"`, language),
    async defaultEngine(userId) {
      const setting = await read(userId);
      return isEngineId(setting?.defaultEngine) ? setting.defaultEngine : null;
    },
    setDefaultEngine: (user, engine) => save(user, sql`"defaultEngine"`, engine),
    async documents(userId) {
      return documentChoiceSchema.parse((await read(userId))?.documents ?? null);
    },
    setDocuments: (user, choice) => save(user, sql`documents`, JSON.stringify(choice)),
    async offersBundles(userId) {
      return (await read(userId))?.offersBundles ?? true;
    },
    setOffersBundles: (user, offers) => save(user, sql`"offersBundles"`, offers),
    async reset(userId) {
      await database.execute`
        UPDATE setting SET "defaultEngine" = NULL, "lastEngine" = NULL, "speechLanguage" = NULL,
               documents = NULL, "offersBundles" = true
         WHERE "userId" = ${userId}::bigint`;
    },
  };
}

type Row = {
  readonly speechLanguage: string | null;
  readonly defaultEngine: string | null;
  readonly documents: unknown;
  readonly offersBundles: boolean;
};
