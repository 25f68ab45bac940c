import {
  englishOrdinal,
  inEnglishWords,
  inPersianWords,
  persianDigits,
  persianOrdinal,
} from './number-words.ts';
import type { Chance } from './random.ts';

export type FactLanguage = 'fa' | 'en';

/** A value as it is said, and the ways in which a statement may write it. */
export type Slot = {
  readonly kind: 'name' | 'count' | 'amount' | 'percent' | 'day' | 'time' | 'code';
  readonly said: string;
  readonly written: readonly string[];
};

export type Slots = Readonly<Record<string, Slot>>;

/** Something that a recording says: how it is said, and true statements of it. */
export type FactForm = {
  /** Slots by name, each with its kind; two slots of one kind have different values. */
  readonly slots: Readonly<Record<string, Slot['kind']>>;
  /** `{name}` stands for a slot. */
  readonly said: string;
  readonly statements: readonly string[];
};

const persianNames =
  'علی رضا سارا مریم کاوه یلدا هومن بردیا تینا نیما کیارش فرزانه پدرام آیناز سیروس مهسا شایان گلنوش'.split(
    ' ',
  );
const persianSurnames = 'مرادی توکلی اعتمادی زمانی کریمی ملک‌پور خسروی نیک‌نام صفوی بختیاری'.split(' ');
const englishNames =
  'Sarah Omar Kevin Laura Priya Ingrid Tomasz Nadia Felix Yusuf Brenda Marcus Chloe Dmitri Anita Walter'.split(
    ' ',
  );
const englishSurnames = 'Harper Okafor Lindqvist Moreno Patel Kowalski Brennan Sato Whitfield'.split(' ');
const persianMonths = 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'.split(' ');
const englishMonths =
  'January February March April May June July August September October November December'.split(' ');
const persianDays = ['شنبه', 'یکشنبه', 'دوشنبه', 'سه‌شنبه', 'چهارشنبه', 'پنجشنبه', 'جمعه', 'فردا', 'پس‌فردا'];
const englishDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'tomorrow'];
const persianMoney = ['تومان', 'تومن', 'دلار', 'یورو'];
const englishMoney = ['dollars', 'euros', 'pounds'];

export const persianFacts: readonly FactForm[] = [
  {
    slots: { name: 'name', amount: 'amount', day: 'day' },
    said: '{name} گفت بودجه‌ی پروژه {amount} هست و باید تا {day} تمومش کنیم',
    statements: [
      'به گفتهٔ {name} بودجهٔ پروژه {amount} است.',
      'بودجهٔ پروژه {amount} است و باید تا {day} تمام شود.',
    ],
  },
  {
    slots: { name: 'name', other: 'name', day: 'day' },
    said: 'قرار شد {name} تا {day} گزارش فروش رو برای {other} بفرسته',
    statements: [
      '{name} باید تا {day} گزارش فروش را برای {other} بفرستد.',
      'گزارش فروش تا {day} برای {other} فرستاده می‌شود.',
    ],
  },
  {
    slots: { name: 'name', count: 'count' },
    said: 'توی جلسه {count} نفر شرکت کردن و {name} هم بود',
    statements: ['{count} نفر در جلسه شرکت کردند و {name} هم حضور داشت.', 'در جلسه {count} نفر بودند.'],
  },
  {
    slots: { percent: 'percent', name: 'name' },
    said: 'به نظر {name} فروش ماه قبل {percent} رشد داشت',
    statements: ['فروش ماه قبل {percent} رشد کرد.', '{name} می‌گوید فروش {percent} بیشتر شده است.'],
  },
  {
    slots: { name: 'name', amount: 'amount', other: 'name', second: 'amount' },
    said: '{name} {amount} میده و {other} {second} میده',
    statements: ['{name} {amount} می‌دهد.', '{other} {second} می‌دهد.'],
  },
  {
    slots: { time: 'time', name: 'name', day: 'day' },
    said: 'روز {day} ساعت {time} با {name} جلسه داریم',
    statements: ['جلسه با {name} روز {day} ساعت {time} است.', 'ساعت {time} با {name} جلسه دارند.'],
  },
  {
    slots: { code: 'code', name: 'name' },
    said: 'شماره‌ی قرارداد {code} هست و {name} امضاش می‌کنه',
    statements: ['قرارداد شمارهٔ {code} را {name} امضا می‌کند.', 'شمارهٔ قرارداد {code} است.'],
  },
  {
    slots: { name: 'name', amount: 'amount', count: 'count' },
    said: 'آقای {name} خونه رو {amount} خرید و {count} متر بود',
    statements: ['آقای {name} خانه را {amount} خرید.', 'خانه {count} متر بود و {amount} خریده شد.'],
  },
  {
    slots: { name: 'name', count: 'count', second: 'count' },
    said: 'دکتر {name} گفت روزی {count} قرص بخور و تا {second} روز ادامه بده',
    statements: ['دکتر {name} گفت روزی {count} قرص بخورد.', 'دارو باید {second} روز ادامه داشته باشد.'],
  },
  {
    slots: { name: 'name', day: 'day', time: 'time' },
    said: 'پرواز {name} روز {day} ساعت {time} هست',
    statements: ['{name} روز {day} پرواز دارد.', 'پرواز {name} ساعت {time} روز {day} است.'],
  },
  {
    slots: { name: 'name', count: 'count', other: 'name' },
    said: '{name} زنگ زد و گفت {count} کارتن رسیده و {other} تحویل گرفته',
    statements: ['{name} خبر داد که {count} کارتن رسیده است.', '{other} {count} کارتن را تحویل گرفته است.'],
  },
];

export const englishFacts: readonly FactForm[] = [
  {
    slots: { name: 'name', amount: 'amount', day: 'day' },
    said: '{name} said the project budget is {amount} and we have to finish by {day}',
    statements: [
      'The project budget is {amount}, according to {name}.',
      'The project has to be finished by {day} and costs {amount}.',
    ],
  },
  {
    slots: { name: 'name', other: 'name', day: 'day' },
    said: 'so {name} is going to send the sales report to {other} by {day}',
    statements: ['{name} sends the sales report to {other} by {day}.', 'The sales report is due {day}.'],
  },
  {
    slots: { name: 'name', count: 'count' },
    said: 'there were {count} people in the meeting and {name} was there too',
    statements: [
      '{count} people attended the meeting, and {name} was among them.',
      'The meeting had {count} people.',
    ],
  },
  {
    slots: { percent: 'percent', name: 'name' },
    said: '{name} thinks sales grew by {percent} last month',
    statements: ['Sales grew by {percent} last month.', 'According to {name}, sales were up {percent}.'],
  },
  {
    slots: { name: 'name', amount: 'amount', other: 'name', second: 'amount' },
    said: '{name} pays {amount} and {other} pays {second}',
    statements: ['{name} pays {amount}.', '{other} pays {second}.'],
  },
  {
    slots: { time: 'time', name: 'name', day: 'day' },
    said: 'we have a meeting with {name} on {day} at {time}',
    statements: ['The meeting with {name} is on {day} at {time}.', 'They meet {name} at {time}.'],
  },
  {
    slots: { code: 'code', name: 'name' },
    said: 'the contract number is {code} and {name} is signing it',
    statements: ['{name} signs contract number {code}.', 'The number of the contract is {code}.'],
  },
  {
    slots: { name: 'name', amount: 'amount', count: 'count' },
    said: 'Mr {name} bought the house for {amount} and it has {count} rooms',
    statements: [
      'Mr {name} bought the house for {amount}.',
      'The house has {count} rooms and was sold for {amount}.',
    ],
  },
  {
    slots: { name: 'name', count: 'count', second: 'count' },
    said: 'doctor {name} said take {count} pills a day and go on for {second} days',
    statements: ['Doctor {name} prescribed {count} pills a day.', 'The treatment goes on for {second} days.'],
  },
  {
    slots: { name: 'name', day: 'day', time: 'time' },
    said: 'the flight of {name} is on {day} at {time}',
    statements: ['{name} flies on {day}.', 'The flight of {name} leaves at {time} on {day}.'],
  },
  {
    slots: { name: 'name', count: 'count', other: 'name' },
    said: '{name} called and said {count} boxes have arrived and {other} took them',
    statements: ['{name} reported that {count} boxes have arrived.', '{other} took the {count} boxes.'],
  },
];

export const persianFillers = [
  'خب حالا بریم سراغ موضوع بعدی',
  'من فکر می‌کنم این خیلی مهمه',
  'آره درسته منم همین نظر رو دارم',
  'ببین این چیزی نیست که الان بخوایم راجع بهش تصمیم بگیریم',
  'هوا هم این روزها خیلی خوبه',
  'باشه پس این رو یادداشت می‌کنیم',
];
export const englishFillers = [
  'okay so let us go on with the next topic',
  'I think this is really important for all of us',
  'yeah that is right I see it the same way',
  'you know this is nothing that we have to decide now',
  'the weather has been very nice these days',
  'all right then we make a note of that',
];

/** Returns a value of a kind that differs from the given ones. */
export function createSlot(
  kind: Slot['kind'],
  language: FactLanguage,
  chance: Chance,
  others: readonly Slot[],
): Slot {
  for (;;) {
    const slot = makers[kind](language, chance);
    if (others.every((other) => other.said !== slot.said)) return slot;
  }
}

const makers: Readonly<Record<Slot['kind'], (language: FactLanguage, chance: Chance) => Slot>> = {
  name(language, chance) {
    const names =
      language === 'fa' ? [...persianNames, ...persianSurnames] : [...englishNames, ...englishSurnames];
    const said = chance.pick(names);
    return { kind: 'name', said, written: [said] };
  },
  count: (language, chance) => numberSlot('count', chance.between(2, 99), language, chance),
  amount(language, chance) {
    const value = chance.pick([
      chance.between(2, 900) * 1_000,
      chance.between(2, 95) * 1_000_000,
      chance.between(11, 95) * 100_000,
      chance.between(20, 990) * 10,
    ]);
    const unit = chance.pick(language === 'fa' ? persianMoney : englishMoney);
    const number = numberSlot('amount', value, language, chance);
    const same = unit === 'تومن' || unit === 'تومان' ? ['تومان'] : [unit];
    return {
      kind: 'amount',
      said: `${number.said} ${unit}`,
      written: number.written.flatMap((written) => same.map((one) => `${written} ${one}`)),
    };
  },
  percent(language, chance) {
    const number = numberSlot('percent', chance.between(2, 95), language, chance);
    const word = language === 'fa' ? 'درصد' : 'percent';
    const sign = language === 'fa' ? '٪' : '%';
    return {
      kind: 'percent',
      said: `${number.said} ${word}`,
      written: number.written.flatMap((written) => [
        `${written} ${word}`,
        ...(/^[\d۰-۹]+$/.test(written) ? [`${written}${sign}`] : []),
      ]),
    };
  },
  day(language, chance) {
    if (chance.next() < 0.5) {
      const said = chance.pick(language === 'fa' ? persianDays : englishDays);
      return { kind: 'day', said, written: [said] };
    }
    const day = chance.between(1, 28);
    if (language === 'fa') {
      const month = chance.pick(persianMonths);
      const ordinal = `${persianOrdinal(day)} ${month}`;
      const digits = `${persianDigits(String(day))} ${month}`;
      return {
        kind: 'day',
        said: chance.pick([ordinal, digits]),
        written: [ordinal, digits, `${day} ${month}`],
      };
    }
    const month = chance.pick(englishMonths);
    const ordinal = `${month} ${englishOrdinal(day)}`;
    return {
      kind: 'day',
      said: chance.pick([ordinal, `${month} ${day}`]),
      written: [ordinal, `${month} ${day}`, `${day} ${month}`],
    };
  },
  time(language, chance) {
    const hour = chance.between(1, 12);
    const minute = chance.pick([0, 15, 30]);
    const clock = `${hour}:${String(minute).padStart(2, '0')}`;
    if (language === 'fa') {
      const half = { 0: '', 15: ' و ربع', 30: ' و نیم' }[minute] ?? '';
      const said = `${inPersianWords(hour)}${half}`;
      return { kind: 'time', said, written: [said, persianDigits(clock), clock] };
    }
    const said =
      minute === 0 ? inEnglishWords(hour) : `${inEnglishWords(hour)} ${minute === 15 ? 'fifteen' : 'thirty'}`;
    return { kind: 'time', said, written: [said, clock] };
  },
  code(language, chance) {
    const code = String(chance.between(1_000, 999_999));
    return { kind: 'code', said: code, written: [code, ...(language === 'fa' ? [persianDigits(code)] : [])] };
  },
};

function numberSlot(kind: Slot['kind'], value: number, language: FactLanguage, chance: Chance): Slot {
  const words = language === 'fa' ? inPersianWords(value) : inEnglishWords(value);
  const plain = String(value);
  const grouped = plain.replace(/\B(?=(?:\d{3})+$)/g, language === 'fa' ? '٬' : ',');
  const short = value >= 1_000_000 && value % 1_000_000 === 0 ? [String(value / 1e6)] : [];
  const million = language === 'fa' ? 'میلیون' : 'million';
  const digits = [plain, grouped, ...short.map((millions) => `${millions} ${million}`)];
  const written = [words, ...digits, ...(language === 'fa' ? digits.map(persianDigits) : [])];
  return { kind, said: chance.pick([words, words, ...written]), written };
}
