import type { Method } from '../core.ts';
import type { State } from '../state/state.ts';
import { badRequest } from './bot-api-error.ts';
import type { Parameters } from './parameters.ts';

/**
 * The texts of a bot's profile: the parameter's name, its maximum length (setMyName, setMyDescription,
 * setMyShortDescription), and the refusal of a longer one. Telegram documents the lengths, not the refusals.
 */
const fields = {
  name: { maxLength: 64, refusal: 'BOT_TITLE_INVALID' },
  description: { maxLength: 512, refusal: 'DESCRIPTION_TOO_LONG' },
  short_description: { maxLength: 120, refusal: 'ABOUT_TOO_LONG' },
} as const;

type Field = keyof typeof fields;

/** The methods for the bot's name and descriptions. */
export const profileMethods: Readonly<Record<string, Method>> = {
  setMyName: setter('name'),
  setMyDescription: setter('description'),
  setMyShortDescription: setter('short_description'),
  getMyName: getter('name'),
  getMyDescription: getter('description'),
  getMyShortDescription: getter('short_description'),
};

/**
 * Returns a text of the profile for a user's language, else the one for all languages; '' when there is none.
 * @param language an IETF tag such as `fa` or `pt-BR`, of which the first part counts
 */
export function profileText(state: State, field: Field, language: string): string {
  const [code = ''] = language.split('-');
  return state.profile.get(`${field}/${code}`) ?? state.profile.get(`${field}/`) ?? '';
}

function setter(field: Field): Method {
  return (core, parameters) => {
    const text = parameters.text(field).trim();
    if (!text.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
    const { maxLength, refusal } = fields[field];
    if (text.length > maxLength) throw badRequest(refusal);
    core.journal.record({ fact: 'profile', key: `${field}/${readLanguage(parameters)}`, text });
    core.events.send(null, 'profile', {});
    return { result: true };
  };
}

function getter(field: Field): Method {
  return (core, parameters) => {
    const text = profileText(core.state, field, readLanguage(parameters));
    return { result: { [field]: text === '' && field === 'name' ? core.bot.first_name : text } };
  };
}

function readLanguage(parameters: Parameters): string {
  const language = parameters.text('language_code');
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified');
  return language;
}
