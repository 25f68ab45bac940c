import type { TestDatabase } from './test-database.ts';

/**
 * Returns a function that tells whether the answer to a user's file is sent as a whole: no delivery waits. A database
 * that is away says that it is not.
 */
export function isAllSentIn(database: TestDatabase) {
  return async (userId: number, messageId: number): Promise<boolean> => {
    const unsent = database.transcription.count({
      where: { userId, messageId, deliverAfter: { not: null } },
    });
    return unsent.then(
      (count) => count === 0,
      () => false,
    );
  };
}
