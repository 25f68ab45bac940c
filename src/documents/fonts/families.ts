import { createRequire } from 'node:module';

export type Weight = 'regular' | 'bold';

/** A font in both weights, and the characters that it is used for. */
export type Family = {
  readonly name: string;
  /** The font is loaded only for text with such a character; null means that it is tried for all text. */
  readonly covers: RegExp | null;
  /** Files as `package/path`, from packages that the project depends on; large ones are optional dependencies. */
  readonly files: Record<Weight, string>;
  /** True if each character is set in a square of its own, as in East Asian books: no kerning. */
  readonly isSetSolid: boolean;
};

const vazirmatn: Family = {
  name: 'Vazirmatn',
  covers: null,
  // The files in the package's folder `misc` have no Latin letters.
  files: {
    regular: 'vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf',
    bold: 'vazirmatn/fonts/ttf/Vazirmatn-Bold.ttf',
  },
  isSetSolid: false,
};

/**
 * Returns a family of Google's Noto fonts by the naming of Expo's packages: `NotoSansThai` in `noto-sans-thai`.
 */
function noto(name: string, covers: RegExp | null, isSetSolid = false): Family {
  const folder = name.replace(/(?<=[a-z])(?=[A-Z0-9])/g, '-').toLowerCase();
  const file = (weight: string) => `@expo-google-fonts/${folder}/${weight}/${name}_${weight}.ttf`;
  return { name, covers, files: { regular: file('400Regular'), bold: file('700Bold') }, isSetSolid };
}

/** Han, kana, Hangul, Bopomofo, and the punctuation and full-width letters that are set with them. */
const eastAsian = /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\u3000-\u303f\uff00-\uffef]/u;
const japanese = noto('NotoSansJP', eastAsian, true);
const chinese = noto('NotoSansSC', eastAsian, true);
const korean = noto('NotoSansKR', eastAsian, true);

/** All of Latin, Cyrillic and Greek. */
const notoSans = noto('NotoSans', null);
const byScript: readonly Family[] = [
  notoSans,
  noto('NotoSansArabic', /\p{scx=Arab}/u),
  noto('NotoSansHebrew', /\p{scx=Hebr}/u),
  noto('NotoSansDevanagari', /\p{scx=Deva}/u),
  noto('NotoSansBengali', /\p{scx=Beng}/u),
  noto('NotoSansGujarati', /\p{scx=Gujr}/u),
  noto('NotoSansGurmukhi', /\p{scx=Guru}/u),
  noto('NotoSansTamil', /\p{scx=Taml}/u),
  noto('NotoSansTelugu', /\p{scx=Telu}/u),
  noto('NotoSansKannada', /\p{scx=Knda}/u),
  noto('NotoSansMalayalam', /\p{scx=Mlym}/u),
  noto('NotoSansSinhala', /\p{scx=Sinh}/u),
  noto('NotoSansThai', /\p{scx=Thai}/u),
  noto('NotoSansLao', /\p{scx=Laoo}/u),
  noto('NotoSansMyanmar', /\p{scx=Mymr}/u),
  noto('NotoSansKhmer', /\p{scx=Khmr}/u),
  noto('NotoSerifTibetan', /\p{scx=Tibt}/u),
  noto('NotoSansGeorgian', /\p{scx=Geor}/u),
  noto('NotoSansArmenian', /\p{scx=Armn}/u),
  noto('NotoSansEthiopic', /\p{scx=Ethi}/u),
];

const signs: readonly Family[] = [
  noto('NotoEmoji', /\p{S}|\p{Emoji_Presentation}|\u20e3/u),
  noto('NotoSansSymbols', /[\p{S}\p{M}\p{N}\p{P}]/u),
  noto('NotoSansSymbols2', /[\p{S}\p{M}\p{N}\p{P}]/u),
];

/**
 * Returns the fonts in the order in which a character is looked up. The language's own font comes first and also
 * has its punctuation and spaces, so that most of a document is in one font. Persian and related languages whose
 * letters Vazirmatn has use Vazirmatn. Han characters follow the language, because Japan, China and Korea draw
 * some of the same code points differently.
 * @param language BCP 47 tag
 */
export function familiesFor(language: string): readonly Family[] {
  const others = [vazirmatn, ...byScript, ...eastAsianFor(language), ...signs];
  const own = ownFamily(language);
  return own === null
    ? others
    : [{ ...own, covers: null }, ...others.filter(({ name }) => name !== own.name)];
}

function ownFamily(language: string): Family | null {
  if (/^(fa|ckb|ku|ps)\b/.test(language)) return vazirmatn;
  const { script = 'Arab' } = new Intl.Locale(language).maximize();
  const sample = sampleOf[script];
  if (sample === undefined) return null;
  return [...byScript, ...eastAsianFor(language)].find(({ covers }) => covers?.test(sample)) ?? notoSans;
}

/** A letter of each script that has its own font, by ISO 15924 code. */
const sampleOf: Readonly<Record<string, string>> = {
  Latn: 'a',
  Cyrl: 'я',
  Grek: 'α',
  Arab: 'ع',
  Hebr: 'א',
  Deva: 'क',
  Beng: 'ক',
  Gujr: 'ક',
  Guru: 'ਕ',
  Taml: 'க',
  Telu: 'క',
  Knda: 'ಕ',
  Mlym: 'ക',
  Sinh: 'ක',
  Thai: 'ก',
  Laoo: 'ກ',
  Mymr: 'က',
  Khmr: 'ក',
  Tibt: 'ཀ',
  Geor: 'ა',
  Armn: 'ա',
  Ethi: 'አ',
  Jpan: 'あ',
  Hans: '汉',
  Hant: '漢',
  Kore: '한',
};

function eastAsianFor(language: string): readonly Family[] {
  if (/^(zh|yue|wuu|cmn)\b/i.test(language)) return [chinese, japanese, korean];
  if (/^ko\b/i.test(language)) return [korean, japanese, chinese];
  return [japanese, chinese, korean];
}

const { resolve } = createRequire(import.meta.url);

/** Returns the path of a font's file; null if its (optional) package is not installed. */
export function fontPath(family: Family, weight: Weight): string | null {
  try {
    return resolve(family.files[weight]);
  } catch {
    return null;
  }
}
