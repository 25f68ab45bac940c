/** Models of a service in order of preference. The first that the service takes is used from then on. */
export type ModelChoice = {
  /** Models to try: the one that the service took before, or all. */
  candidates(): readonly string[];
  /** Remembers a model that the service took. */
  taken(model: string): void;
  /** Forgets the remembered model when the service refuses it. */
  refused(model: string): void;
};

/**
 * Creates the choice for Scribe models. ElevenLabs ended `scribe_v1` on 2026-07-09, and services that resell it may
 * have nothing newer, so each stands in for the other.
 * @param configured the operator's model, which is tried first
 * @param warn tells operators of another model than theirs
 */
export function createScribeModelChoice(
  configured: string,
  warn: (message: string) => void = () => undefined,
): ModelChoice {
  const models = [...new Set([configured, 'scribe_v2', 'scribe_v1'])];
  let known: string | null = null;
  return {
    candidates: () => (known === null ? models : [known, ...models.filter((model) => model !== known)]),
    taken(model) {
      if (known === model) return;
      known = model;
      if (model !== configured)
        warn(`the service refuses the model ${configured}; ${model} is used from now on`);
    },
    refused(model) {
      if (known === model) known = null;
    },
  };
}

const lacking =
  /not (a )?(valid|known|found|supported|available|allowed)|unknown|unsupported|invalid|deprecat|removed|retired|no longer|not exist|one of|نامعتبر|معتبر نیست|یافت نشد|پشتیبانی|وجود ندارد/i;

/** Returns true for a service's words about a model that it does not have; an overloaded one is no such case. */
export function isAboutMissingModel(words: string): boolean {
  return /model|مدل/i.test(words) && lacking.test(words);
}
