import { textLanguages } from '../../../domain/languages.ts';
import { back, type Chosen, option, type Page, type Reader } from './view.ts';

/** In which language Dabir speaks; each is offered in itself, so that whoever cannot read this one finds theirs. */
export function languagePage(reader: Reader, { language }: Chosen): Page {
  const { say } = reader;
  return {
    text: say('settings-language-page'),
    rows: [
      ...textLanguages.map((code) => [
        option(say(`settings-language-${code}`), code === language, `language:${code}`),
      ]),
      [option(say('settings-language-telegram'), language === null, 'language:telegram')],
      back(reader),
    ],
  };
}
