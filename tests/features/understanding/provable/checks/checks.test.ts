import { describe, expect, test } from 'vitest';
import { createCommonWords } from '../../../../../src/features/glossary/index.ts';
import { findCalendarWords } from '../../../../../src/features/understanding/provable/checks/calendar-words.ts';
import { isCleanedOnly } from '../../../../../src/features/understanding/provable/checks/check-cleaned.ts';
import { createStatementChecker } from '../../../../../src/features/understanding/provable/checks/check-statement.ts';
import { isFaithfulTranslation } from '../../../../../src/features/understanding/provable/checks/check-translation.ts';
import {
  findQuote,
  findWords,
} from '../../../../../src/features/understanding/provable/checks/find-quote.ts';
import { readNumbers } from '../../../../../src/features/understanding/provable/checks/read-numbers.ts';
import { consonantsOf } from '../../../../../src/features/understanding/provable/checks/spelling-across-scripts.ts';
import { tokensOf } from '../../../../../src/features/understanding/provable/checks/word-tokens.ts';
import { sourceOf } from '../../../../support/understanding/scripted-model.ts';

const commonWords = createCommonWords();

describe('numbers', () => {
  test.each([
    ['بودجه پانزده میلیون و پانصد هزار تومان است', [['15500000', 'IRT']]],
    ['۱۵٬۵۰۰٬۰۰۰ تومان', [['15500000', 'IRT']]],
    ['۱۵ میلیون', [['15000000', null]]],
    ['بیست‌وپنج درصد', [['25', 'percent']]],
    ['سه‌شنبه سه نفر', [['3', 'نفر']]],
    ['دو و نیم میلیون دلار', [['2500000', 'USD']]],
    ['یک میلیون و نیم', [['1500000', null]]],
    ['سه چهارم', [['0.75', null]]],
    ['صفر نهصد و دوازده سیصد و چهل و پنج شصت و هفت هشتاد و نه', [['09123456789', null]]],
    ['سال نود و هشت', [['1398', null]]],
    ['هزار و چهارصد و سه', [['1403', null]]],
    [
      'پنج و شش',
      [
        ['5', null],
        ['6', null],
      ],
    ],
    ['two hundred and five thousand dollars', [['205000', 'USD']]],
    ['twenty-five percent', [['25', 'percent']]],
    ['nineteen ninety', [['1990', null]]],
    ['two and a half million', [['2500000', null]]],
    ['half past five', [['t330', null]]],
    ['$15,000', [['15000', 'USD']]],
    ['1,234.5', [['1234.5', null]]],
    ['ten thirty', [['t630', null]]],
    ['0912 345 6789', [['09123456789', null]]],
  ] as const)('the numbers of "%s" are read by their value', (text, expected) => {
    const found = readNumbers(text);
    for (const [reading, unit] of expected) {
      const number = found.find(({ readings }) => readings.includes(reading));
      expect(number, JSON.stringify(found)).toBeDefined();
      if (unit !== null) expect(number?.unit).toBe(unit);
    }
  });

  test('articles and fillers are no numbers that have to be said', () => {
    for (const text of ['یک نفر', 'one of them', 'wait a second', 'نه این نبود'])
      expect(
        readNumbers(text).every(({ isWeak }) => isWeak),
        text,
      ).toBe(true);
  });
});

test.each([
  ['سه‌شنبه ۱۲ مهر', ['weekday 3', 'jalali 7']],
  ['می‌خواهم', []],
  ['on May 5', ['gregorian 5']],
  ['may I', []],
  ['پس‌فردا', ['after tomorrow']],
  ['پدرام می‌گوید', []],
] as const)('the words of the calendar in "%s" are known', (text, expected) => {
  expect(findCalendarWords(tokensOf(text)).map(({ meaning }) => meaning)).toEqual(expected);
});

describe('quotes', () => {
  const { segments } = sourceOf(
    ['می‌خواهم پانزده میلیون تومن بدهم', 'به سارا که قرارداد را نوشته است', 'و تمام'],
    'fa',
  );

  test.each([
    ['with other letters, half-spaces and a full stop', 'مي خواهم پانزده ميليون تومن بدهم.', [1]],
    ['across two segments', 'تومن بدهم به سارا که قرارداد', [1, 2]],
    ['with a mended letter', 'به سارا که قراردادر را نوشته است', [2]],
    ['that begins and ends within a segment', 'سارا که قرارداد را نوشته', [2]],
  ] as const)('a quote %s is found, and given as it was said', (_, quote, numbers) => {
    const proof = findQuote(quote, segments);
    expect(proof?.segments).toEqual(numbers);
    expect(segments.map(({ text }) => text).join(' ')).toContain(proof?.quote);
  });

  test.each([
    ['is not there', 'همه با این تصمیم موافق بودند'],
    ['has another number', 'می‌خواهم پنجاه میلیون تومن بدهم'],
    ['is too short to prove anything', 'به سارا'],
    ['is empty', ''],
    ['is endless', 'به سارا که قرارداد را نوشته است '.repeat(500)],
  ])('a quote that %s is not accepted', (_, quote) => {
    expect(findQuote(quote, segments)).toBeNull();
  });

  test('a quote does not go over a segment that is not cited', () => {
    const [first, , third] = segments;
    if (first === undefined || third === undefined) throw new Error('no segments');
    expect(findQuote('میلیون تومن بدهم و تمام', [first, third])).toBeNull();
    // Nor from one recording into another.
    const other = { ...third, number: 2, transcription: 'another' };
    expect(findQuote('میلیون تومن بدهم و تمام', [first, other])).toBeNull();
    expect(findQuote('میلیون تومن بدهم و تمام', [first, { ...third, number: 2 }])).not.toBeNull();
  });

  test('the time of a quote is that of its words', () => {
    const [one] = sourceOf(['one two three four five six seven eight nine ten'], 'en').segments;
    if (one === undefined) throw new Error('no segment');
    expect(findQuote('three four five six', [one])).toMatchObject({ start: 1, end: 3 });
  });

  test('the words of a date are found as whole words only', () => {
    const dates = sourceOf(['we meet on the fifteenth of May'], 'en').segments;
    expect(findWords('Fifteenth of May', dates)).toBe('fifteenth of May');
    expect(findWords('teenth of May', dates)).toBeNull();
  });
});

describe('statements', () => {
  const check = (said: string, text: string, language: string, speaker?: string, names: string[] = []) => {
    const source = sourceOf([said], language, speaker === undefined ? [] : [speaker]);
    const draft = { text, quote: said, segments: [1], names };
    const checked = createStatementChecker(source, commonWords).check(draft, source.segments, language);
    return 'fault' in checked ? checked.fault : 'passes';
  };

  test.each([
    ['علی گفت پونزده میلیون تومن میده', 'علی ۱۵ میلیون تومان می‌دهد.', 'fa', 'passes'],
    ['علی گفت پونزده میلیون تومن میده', 'علی ۵۰ میلیون تومان می‌دهد.', 'fa', 'number'],
    ['علی گفت پونزده میلیون تومن میده', 'علی ۱۵ میلیون دلار می‌دهد.', 'fa', 'number'],
    ['علی گفت پونزده میلیون تومن میده', 'رضا ۱۵ میلیون تومان می‌دهد.', 'fa', 'name'],
    ['علی گفت پونزده میلیون تومن میده', 'کیارش ۱۵ میلیون تومان می‌دهد.', 'fa', 'name'],
    ['علی گفت پونزده میلیون تومن میده', 'جلسه به تعویق افتاد و حضور الزامی است.', 'fa', 'passes'],
    ['جلسه سه‌شنبه ساعت پنج و نیم هست', 'جلسه سه‌شنبه ساعت ۵:۳۰ است.', 'fa', 'passes'],
    ['جلسه سه‌شنبه ساعت پنج و نیم هست', 'جلسه چهارشنبه ساعت ۵:۳۰ است.', 'fa', 'date'],
    ['جلسه سه‌شنبه ساعت پنج و نیم هست', 'جلسه سه‌شنبه ساعت ۶:۳۰ است.', 'fa', 'number'],
    ['we meet on April ninth at six fifteen', 'They meet at six fifteen.', 'en', 'passes'],
    ['we meet on April ninth at six fifteen', 'They meet at nine.', 'en', 'number'],
    ['we meet on Monday at seven thirty', 'They meet at one thirty.', 'en', 'number'],
    ['the doctor said take two pills for nine days', 'Two pills a day are prescribed.', 'en', 'passes'],
    ['the doctor said take two pills for nine days', 'Nine pills a day are prescribed.', 'en', 'number'],
    [
      'Ali pays five thousand dollars and Sara pays seven thousand dollars',
      'Sara pays $7,000.',
      'en',
      'passes',
    ],
    [
      'Ali pays five thousand dollars and Sara pays seven thousand dollars',
      'Sara pays $5,000.',
      'en',
      'owner',
    ],
    ['twenty boxes have come and Sara took them', 'Sara took the 20 boxes.', 'en', 'passes'],
    ['we fly to Berlin in the morning', 'They fly to Vienna in the morning.', 'en', 'name'],
    ['we fly to berlin in the morning', 'They fly to Berlin in the morning.', 'en', 'passes'],
    ['علی به تهران می‌رود', 'Ali goes to Tehran.', 'en', 'passes'],
    ['علی به تهران می‌رود', 'Omar goes to Tehran.', 'en', 'name'],
    ['Sarah goes to London tomorrow', 'سارا فردا به لندن می‌رود.', 'fa', 'passes'],
    ['Sarah goes to London tomorrow', 'سارا فردا به پاریس می‌رود.', 'fa', 'name'],
  ] as const)('of "%s", "%s" %s: %s', (said, text, language, expected) => {
    expect(check(said, text, language)).toBe(expected);
  });

  test('a name that the model declares has to be said, also when it is an everyday word', () => {
    expect(check('بهار زود رسید', 'امید زود رسید.', 'fa')).toBe('passes');
    expect(check('بهار زود رسید', 'امید زود رسید.', 'fa', undefined, ['امید'])).toBe('name');
  });

  test('a declared name of two halves has its own number', () => {
    const said = 'نیک‌نام پنج میلیون تومن میده و سارا هفت میلیون تومن';
    expect(check(said, 'نیک‌نام ۵ میلیون تومان می‌دهد.', 'fa', undefined, ['نیک‌نام'])).toBe('passes');
    expect(check(said, 'نیک‌نام ۷ میلیون تومان می‌دهد.', 'fa', undefined, ['نیک‌نام'])).toBe('owner');
  });

  test('the speaker of a segment is a name that was said', () => {
    expect(check('I will send the contract to you', 'Maryam sends the contract.', 'en', 'Maryam')).toBe(
      'passes',
    );
    expect(check('I will send the contract to you', 'Maryam sends the contract.', 'en', 'Omar')).toBe('name');
  });

  test('a statement that cites nothing, too much, or what does not exist is left out', () => {
    const source = sourceOf(
      Array.from({ length: 12 }, (_, at) => `this is line number ${at + 1} of the talk`),
      'en',
    );
    const checker = createStatementChecker(source, commonWords);
    const faultOf = (segments: number[]) =>
      checker.check(
        { text: 'It is a talk.', quote: 'this is line number', segments, names: [] },
        source.segments,
        'en',
      );
    for (const segments of [[], [0], [13], [1.5], [Number.NaN], source.segments.map(({ number }) => number)])
      expect(faultOf(segments), String(segments)).toEqual({ fault: 'segments' });
    expect(faultOf([1, 2])).toHaveProperty('statement');
  });
});

/** True statements in free words, as models write them although they should use those of the transcript. */
const paraphrases: readonly (readonly [language: string, said: string, text: string])[] = [
  [
    'fa',
    'خب بچه‌ها من با صاحب‌خونه حرف زدم گفت اگه تا آخر ماه اجاره رو ندیم باید تخلیه کنیم',
    'صاحب‌خانه گفته است اگر اجاره تا پایان ماه پرداخت نشود باید خانه را تخلیه کنند.',
  ],
  [
    'fa',
    'سرور دیشب دو بار ریست شد فکر کنم حافظه‌ش پر شده باشه',
    'سرور دیشب دو بار ریست شد و احتمالاً حافظهٔ آن پر شده است.',
  ],
  ['fa', 'مشتری از رنگ بسته‌بندی راضی نیست میگه خیلی تیره‌ست', 'مشتری از رنگ تیرهٔ بسته‌بندی ناراضی است.'],
  [
    'fa',
    'باید فاکتورها رو تا پنجشنبه بفرستیم حسابداری وگرنه این ماه تسویه نمیشه',
    'فاکتورها باید تا پنجشنبه به حسابداری ارسال شوند تا تسویهٔ این ماه انجام شود.',
  ],
  [
    'fa',
    'دکتر گفت فشار خونش بالاست و نمک نخوره',
    'پزشک هشدار داد که فشار خون او بالاست و نباید نمک مصرف کند.',
  ],
  [
    'fa',
    'علی آقا شما لطفا پیش‌نویس قرارداد رو آماده کنید من شنبه امضا می‌کنم',
    'علی باید پیش‌نویس قرارداد را آماده کند و شنبه امضا می‌شود.',
  ],
  [
    'fa',
    'ما سه تا گزینه داریم یا اجاره کنیم یا بخریم یا اصلا بی‌خیال بشیم',
    'سه گزینه مطرح شد: اجاره، خرید یا صرف‌نظر کردن.',
  ],
  [
    'fa',
    'بچه‌های پشتیبانی روزی صد تا تماس جواب میدن واقعا خسته شدن',
    'تیم پشتیبانی روزی صد تماس پاسخ می‌دهد و خسته شده است.',
  ],
  [
    'fa',
    'این درس رو من پارسال افتادم استادش خیلی سخت می‌گیره',
    'گوینده این درس را پارسال مردود شده چون استاد سخت‌گیر است.',
  ],
  [
    'fa',
    'قطار مشهد ساعت هشت شب حرکت می‌کنه بلیت‌ها رو گرفتم',
    'قطار مشهد ساعت هشت شب راه می‌افتد و بلیت‌ها تهیه شده است.',
  ],
  ['fa', 'تولید خط دو به خاطر خرابی دستگاه برش متوقف شده', 'خط تولید دو به دلیل خرابی دستگاه برش متوقف است.'],
  [
    'fa',
    'مامان گفت برای عروسی مهسا باید یه هدیه‌ی آبرومند بگیریم',
    'مادر می‌خواهد برای عروسی مهسا هدیه‌ای مناسب بخرند.',
  ],
  [
    'fa',
    'نرخ دلار دوباره رفته بالا خرید تجهیزات رو عقب می‌ندازیم',
    'به علت افزایش نرخ دلار خرید تجهیزات به تعویق می‌افتد.',
  ],
  [
    'fa',
    'فردا ساعت ده صبح جلسه‌ی هیئت مدیره‌ست همه باید باشن',
    'جلسهٔ هیئت‌مدیره فردا ساعت ۱۰ صبح است و حضور همه الزامی است.',
  ],
  ['fa', 'زلزله خسارت زیادی به روستا زد هنوز برق ندارن', 'روستا از زلزله خسارت دیده و هنوز برق ندارد.'],
  [
    'fa',
    'من پیشنهاد میدم اول نمونه اولیه بسازیم بعد سراغ سرمایه‌گذار بریم',
    'پیشنهاد شد ابتدا نمونهٔ اولیه ساخته شود و سپس سراغ سرمایه‌گذار بروند.',
  ],
  [
    'en',
    'so the landlord told me if we do not pay by the end of the month we have to move out',
    'The landlord demands payment by the end of the month, or they must move out.',
  ],
  [
    'en',
    'the server rebooted twice last night I guess the memory was full',
    'The server rebooted twice last night, presumably because its memory was full.',
  ],
  [
    'en',
    'the customer is not happy with the packaging he says it is too dark',
    'The customer dislikes the dark packaging.',
  ],
  [
    'en',
    'please send the invoices to accounting by Thursday or they will not be settled this month',
    'Invoices must reach accounting by Thursday to be settled this month.',
  ],
  [
    'en',
    'our support people take a hundred calls a day they are exhausted',
    'The support team handles 100 calls a day and is exhausted.',
  ],
  [
    'en',
    'production on line two is stopped because the cutter broke',
    'Line 2 is down due to a broken cutter.',
  ],
  [
    'en',
    'I propose that we build a prototype first and then talk to investors',
    'The proposal is to build a prototype before approaching investors.',
  ],
  [
    'en',
    'the board meets tomorrow at ten in the morning everybody has to be there',
    'The board meeting is tomorrow at 10 AM and attendance is mandatory.',
  ],
  [
    'en',
    'we have three options rent buy or just forget about it',
    'Three options were discussed: renting, buying or dropping the idea.',
  ],
  [
    'en',
    'the train to Leeds leaves at eight in the evening I got the tickets',
    'Tickets for the train to Leeds at 8 PM have been bought.',
  ],
];

test('true statements in words that nobody said pass', () => {
  const lost = paraphrases.filter(([language, said, text]) => {
    const source = sourceOf([said], language);
    const draft = { text, quote: said, segments: [1], names: [] };
    return 'fault' in createStatementChecker(source, commonWords).check(draft, source.segments, language);
  });
  expect(lost.map(([, , text]) => text)).toEqual([]);
});

test.each([
  ['محمدی', 'Mohammadi'],
  ['تهران', 'Tehran'],
  ['شیرین', 'Shirin'],
  ['خسرو', 'Khosrow'],
])('%s and %s sound alike', (one, other) => {
  expect(consonantsOf(one)).toBe(consonantsOf(other));
});

test.each([
  ['خب من می خواهم یعنی می خواهم فردا بروم', 'من می‌خواهم فردا بروم.', true],
  ['من نمی‌خواهم بروم', 'من می‌خواهم بروم', false],
  ['um so I think we we should go to uh Berlin', 'I think we should go to Berlin.', true],
  ['we should not go', 'we should go', false],
  ['we do not want it and we do not need it', 'we do want it and we do not need it', false],
  ['the budget is fifteen million', 'The budget is 15 million.', true],
  ['the budget is fifteen million', 'The budget is 50 million.', false],
  ['علی گفت نمی‌آید', 'سارا گفت نمی‌آید', false],
  ['it was good', 'It was very good', false],
  ['it was good and then we all went home late', 'It was good.', false],
  ['a b', '', false],
] as const)('"%s" may become "%s": %s', (original, cleaned, expected) => {
  expect(isCleanedOnly(original, cleaned)).toBe(expected);
});

test.each([
  ['بودجه پانزده میلیون تومان است', 'The budget is 15 million tomans.', 'en', true],
  ['بودجه پانزده میلیون تومان است', 'The budget is 50 million tomans.', 'en', false],
  ['بودجه پانزده میلیون تومان است', 'The budget is settled.', 'en', false],
  ['دوازدهم مهر می‌آیم', 'I will come on 12 Mehr.', 'en', true],
  ['We paid $15,000 on May 5.', '۵ مه ۱۵ هزار دلار پرداختیم.', 'fa', true],
  ['We paid $15,000 on May 5.', '۵ مه ۱۵ هزار تومان پرداختیم.', 'fa', false],
  ['the plan for the garden is settled now', 'the plan for the garden is settled now', 'fa', false],
  ['yes', '', 'fa', false],
  ['we have three dogs at home these days', 'wir haben zurzeit drei Hunde zu Hause', 'de', true],
  ['we have three dogs at home these days', 'wir haben zurzeit 4 Hunde zu Hause', 'de', false],
] as const)('"%s" may be translated as "%s" (%s): %s', (original, translation, language, expected) => {
  expect(isFaithfulTranslation(original, translation, language)).toBe(expected);
});
