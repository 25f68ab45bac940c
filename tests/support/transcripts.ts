import type { Person } from './person.ts';
import type { ScriptedDabir } from './scripted-dabir.ts';
import { until } from './until.ts';

/** Returns helpers around a person's transcript and what they see of it later. */
export function transcriptsOf(dabir: () => ScriptedDabir, person: () => Person) {
  const contentOf = async (messageId: number) => {
    const message = person().chat.get(messageId);
    return message === undefined ? '' : new TextDecoder().decode(await person().opens(message));
  };
  return {
    /** Sends a file with this transcript; returns the messages that came. */
    async transcript(...says: string[]) {
      dabir().engine.next({ says });
      const { note, status } = await person().asksFor('tone.ogg', { kind: 'voice' });
      await person().ending(note);
      const files = await until(() => {
        const found = person()
          .answers(note)
          .filter(({ document }) => document !== undefined);
        return found.length === 3 ? found : null;
      });
      const text = await person().status(note);
      return { note, status, text, files };
    },
    /** Waits until this document has these words. */
    fileSays: (messageId: number, words: string) =>
      until(async () => (await contentOf(messageId)).includes(words) || undefined),
    /** Waits until this message has these words. */
    shown: (messageId: number, words: string) =>
      until(
        () => person().chat.get(messageId)?.text?.includes(words) || undefined,
        () => person().transcript(),
      ),
    /** Returns the text that confirms a correction. */
    done: (wrong: string, right: string, places: number) =>
      person().word('correct-done', {
        wrong: `\u2068${wrong}\u2069`,
        right: `\u2068${right}\u2069`,
        places,
      }),
  };
}
