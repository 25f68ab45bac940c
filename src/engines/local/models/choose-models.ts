import type { CtcModel } from './local-model.ts';

/** What the operator and the machine say about the languages' own models. */
export type ModelRules = {
  /** By language, the only model to use; `whisper`, as no model is named, for none. */
  readonly fixed: ReadonlyMap<string, string>;
  readonly forbidden: ReadonlySet<string>;
  /** Names of models to whose terms the operator has agreed. */
  readonly agreed: ReadonlySet<string>;
  /** Memory of the machine, in bytes. */
  readonly memoryBytes: number;
};

/** Returns true if the operator allows this model. */
export function isAllowed({ name, licence }: CtcModel, { forbidden, agreed }: ModelRules): boolean {
  return !forbidden.has(name) && (!licence.mustBeAgreed || agreed.has(name));
}

/**
 * Chooses the model of each language: the fixed one, else of those that suit the machine one that the operator brought,
 * else the one with the lowest word error. Languages without a model are Whisper's.
 * @param models known ones in the order of their accuracy; brought ones have no repository
 */
export function chooseModels(models: readonly CtcModel[], rules: ModelRules): Map<string, CtcModel> {
  const chosen = new Map<string, CtcModel>();
  const isBrought = (model: CtcModel) => model.repository === '';
  const ranked = [...models.filter(isBrought), ...models.filter((model) => !isBrought(model))];
  for (const language of new Set(ranked.flatMap(({ languages }) => languages))) {
    const fixed = rules.fixed.get(language);
    const model = ranked.find(
      (candidate) =>
        candidate.languages.includes(language) &&
        isAllowed(candidate, rules) &&
        (fixed === undefined ? candidate.minMachineBytes <= rules.memoryBytes : candidate.name === fixed),
    );
    if (model !== undefined) chosen.set(language, model);
  }
  return chosen;
}

/**
 * Returns the models to download: those that are fixed, and of those whose terms were agreed to the best one for each
 * language. A model without unclear terms is downloaded only when it is fixed, because it takes hundreds of megabytes.
 */
export function wantedModels(known: readonly CtcModel[], rules: ModelRules): CtcModel[] {
  const asked = known.filter(
    ({ name, languages }) =>
      rules.agreed.has(name) || languages.some((language) => rules.fixed.get(language) === name),
  );
  return [...new Set(chooseModels(asked, rules).values())];
}
