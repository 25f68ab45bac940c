import { LanguageModelError } from '../../app/ports/language-model.ts';
import { createLanguageModel } from '../../language-model/language-model.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { languageModelSettings } from '../../runtime/language-model-settings.ts';
import { type Finding, ok, reasonOf, skipped, wrong } from './finding.ts';

const name = 'Language model';
const timeoutMs = 15_000;

/** Checks the address, the key and the name of the language model with a request without cost. */
export async function checkLanguageModel(config: Config): Promise<Finding[]> {
  const settings = languageModelSettings(config);
  if (settings === null)
    return [skipped(name, 'LLM_BASE_URL is not set: summaries and questions are not offered')];
  const model = createLanguageModel(settings);
  try {
    await model.probe(AbortSignal.timeout(timeoutMs));
    const { modelName, contextTokens, privacy } = model.profile;
    const place = privacy.destination === null ? 'on this machine' : `at ${privacy.destination}`;
    return [ok(name, `${modelName} ${place}, context ${contextTokens} tokens`)];
  } catch (error) {
    const advice =
      error instanceof LanguageModelError && error.kind === 'not_found'
        ? 'compare LLM_BASE_URL and LLM_MODEL with what the server shows'
        : 'check that the server runs, and compare LLM_BASE_URL and LLM_API_KEY with what it shows';
    return [wrong(name, reasonOf(error), advice)];
  } finally {
    await model.close();
  }
}
