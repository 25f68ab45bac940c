import type { Core, Method } from '../core.ts';
import { badRequest } from './bot-api-error.ts';

/** Limits of setMyName, setMyDescription and setMyShortDescription, in code points. */
const maxLengths = { name: 64, description: 512, short_description: 120 } as const;

type Field = keyof typeof maxLengths;

/** The texts of each playground, by field and language; they end with it. */
const profiles = new WeakMap<Core, Map<string, string>>();

const getter =
  (field: Field): Method =>
  (core, parameters) => {
    const texts = profiles.get(core);
    const own = texts?.get(`${field}/${readLanguage(parameters.text('language_code'))}`);
    return { result: { [field]: own ?? texts?.get(`${field}/`) ?? '' } };
  };

const setter =
  (field: Field): Method =>
  (core, parameters) => {
    const text = parameters.text(field);
    if ([...text].length > maxLengths[field]) throw badRequest(`${field} is too long`);
    const texts = profiles.get(core) ?? new Map<string, string>();
    profiles.set(core, texts);
    texts.set(`${field}/${readLanguage(parameters.text('language_code'))}`, text);
    return { result: true };
  };

/** The methods for what users see before they start the bot. */
export const profileMethods = {
  getMyName: getter('name'),
  setMyName: setter('name'),
  getMyDescription: getter('description'),
  setMyDescription: setter('description'),
  getMyShortDescription: getter('short_description'),
  setMyShortDescription: setter('short_description'),
} as const;

function readLanguage(code: string): string {
  if (code !== '' && !/^[a-z]{2}$/.test(code)) throw badRequest('invalid language code specified');
  return code;
}
