const faUnits =
  'صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده'.split(' ');
const faTens = ', ,بیست,سی,چهل,پنجاه,شصت,هفتاد,هشتاد,نود'.split(',');
const faHundreds = ',صد,دویست,سیصد,چهارصد,پانصد,ششصد,هفتصد,هشتصد,نهصد'.split(',');
const enUnits =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const enTens = ', ,twenty,thirty,forty,fifty,sixty,seventy,eighty,ninety'.split(',');

/** Returns a whole number below a billion in Persian words. */
export function inPersianWords(value: number): string {
  if (value >= 1e6) return joinedFa([`${inPersianWords(Math.floor(value / 1e6))} میلیون`, value % 1e6]);
  if (value >= 1e3) {
    const thousands = Math.floor(value / 1e3);
    return joinedFa([thousands === 1 ? 'هزار' : `${inPersianWords(thousands)} هزار`, value % 1e3]);
  }
  if (value >= 100) return joinedFa([faHundreds[Math.floor(value / 100)] ?? '', value % 100]);
  if (value >= 20) return joinedFa([faTens[Math.floor(value / 10)] ?? '', value % 10]);
  return faUnits[value] ?? '';
}

function joinedFa([first, rest]: readonly [string, number]): string {
  return rest === 0 ? first : `${first} و ${inPersianWords(rest)}`;
}

/** Returns a whole number below a billion in English words. */
export function inEnglishWords(value: number): string {
  if (value >= 1e6) return joinedEn(`${inEnglishWords(Math.floor(value / 1e6))} million`, value % 1e6, ' ');
  if (value >= 1e3) return joinedEn(`${inEnglishWords(Math.floor(value / 1e3))} thousand`, value % 1e3, ' ');
  if (value >= 100) return joinedEn(`${enUnits[Math.floor(value / 100)]} hundred`, value % 100, ' and ');
  if (value >= 20) return joinedEn(enTens[Math.floor(value / 10)] ?? '', value % 10, '-');
  return enUnits[value] ?? '';
}

function joinedEn(first: string, rest: number, between: string): string {
  return rest === 0 ? first : `${first}${between}${inEnglishWords(rest)}`;
}

/** Returns a day of a month as an ordinal in Persian words. */
export function persianOrdinal(value: number): string {
  const words = inPersianWords(value);
  if (value === 1) return 'اول';
  if (words.endsWith('سه')) return `${words.slice(0, -2)}سوم`;
  return words.endsWith('سی') ? `${words}\u200cام` : `${words}م`;
}

const enOrdinals: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** Returns a day of a month as an ordinal in English words. */
export function englishOrdinal(value: number): string {
  const words = inEnglishWords(value);
  const last = /[a-z]+$/.exec(words)?.[0] ?? '';
  const ordinal = enOrdinals[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
  return words.slice(0, words.length - last.length) + ordinal;
}

/** Writes digits in the Persian script. */
export function persianDigits(text: string): string {
  return text.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
}
