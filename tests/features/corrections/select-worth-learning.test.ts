import { expect, test } from 'vitest';
import { selectWorthLearning } from '../../../src/features/corrections/select-worth-learning.ts';
import { createCommonWords } from '../../../src/features/glossary/index.ts';

const { isCommon } = createCommonWords();

/** Splits a list of corrections, `wrong>right`, at white space; an underscore stands for a space. */
const pairs = (list: string) =>
  list
    .trim()
    .split(/\s+/)
    .map((pair) => pair.replaceAll('_', ' ').split('>') as [string, string]);

/** What a correction teaches: at once, at once without replacing what was heard, only when asked, or nothing. */
function lessonOf(wrong: string, right: string): string {
  const { learn, ask } = selectWorthLearning([{ wrong, right }], (text) => isCommon(text, null));
  if (ask.length > 0) return 'asked';
  if (learn[0] === undefined) return 'nothing';
  return learn[0].wrong === null ? 'learnt as a hint' : 'learnt';
}

const cases = {
  // Common words for common words: right in one place only.
  nothing: `
    its>his me>us his>its us>me whether>weather weather>whether their>there there>their then>than than>then to>too your>you’re
    it’s>its its>it’s can>can’t can’t>can don’t>do was>were were>was he>she she>he him>her our>are hour>our right>write
    write>right buy>by know>no here>hear hear>here week>weak see>sea one>won four>for two>to father>further walk>work work>walk
    walked>worked cars>cards meeting>meetings house>horse live>leave ship>sheep this>these these>those good_morning>good_evening
    of>off off>of some>same same>some big>bag new>knew long>along day>days said>say want>wants in_the_house>in_a_house we_are>we_were I_am>I’m do_not>don’t
    من>ما ما>من است>هست هست>است این>آن آن>این بود>بوده خانه>خونه کتاب>کتاب‌ها کتاب‌هایشان>کتاب‌هایمان رفتم>رفتیم می‌روم>می‌رویم
    می‌خواهم>می‌خوام نمی‌دانم>نمی‌دونم گفت>گفتم دارد>داره پول>پل گرم>سرد شب>شبی زن>زنی هفته>هفت نفر>نفری چند>چندتا شما>شماها بهتر>بهترین دوست>دوستان فردا>امروز امروز>فردا سال>سالها
    چی>چه برای>برا باید>شاید شاید>باید اون>این خیلی>خیلی‌ها پدر>پسر مادر>مادرم شهر>شعر روز>زور دست>دوست راه>را
    می_روم>می‌رویم کار_ما>کار_من در_خانه>به_خانه`,
  // Names and rare words.
  learnt: `
    tabir>Dabir sharazi>Shirazi she_razzy>Shirazi kubernetis>Kubernetes antropic>Anthropic moqaddam>Moghaddam
    telegrem>Telegram wispher>Whisper pytorsh>PyTorch tensorflo>TensorFlow elevenlaps>ElevenLabs zoroaster’s>Zarathustra’s
    ispahan>Isfahan tabris>Tabriz mashad>Mashhad kermanshaw>Kermanshah golestani>Golestani farahane>Farahani hosseyni>Hosseini
    ahmadinejat>Ahmadinejad nishapoor>Neyshabur thermodinamics>thermodynamics mitocondria>mitochondria faradey>Faraday
    nitzsche>Nietzsche kirkegard>Kierkegaard dostoyevski>Dostoevsky chaikovsky>Tchaikovsky redisson>Redisson grammi>grammY
    posgres>PostgreSQL nginks>nginx graffana>Grafana promethius>Prometheus ansibel>Ansible terraphorm>Terraform
    dr_sharazi>Dr._Shirazi mr_moqaddam>Mr._Moghaddam
    تبیری>دبیری شراضی>شیرازی فرد_اوسی>فردوسی_پور ابتهاجج>ابتهاج سپهرری>سپهری کوبرنتیس>کوبرنتیز داکرر>داکر گیت‌حاب>گیت‌هاب ری‌اکتر>ری‌اکت فرهانی>فراهانی گلستانیی>گلستانی
    حسینیی>حسینی‌نژاد نیشابوور>نیشابور کرمانشاح>کرمانشاه ترمودینامیگ>ترمودینامیک میتوکندریی>میتوکندری نیچهه>نیچه داستایوسکی>داستایفسکی
    پستگرس>پستگرس‌کیوال تلگرامم>تلگرام زنجانیی>زنجانی قزوینیی>قزوینی بندرعباث>بندرعباس فردوصی>فردوسی خاقانیی>خاقانی مولویی>مولوی‌نامه
    بیدگلیی>بیدگلی آقای_تبیری>آقای_دبیری`,
  // A common word was heard in place of a name: the spelling is a hint, and the common word stays.
  'learnt as a hint': `
    cloud>Claude the_beer>Dabir chat_gpd>ChatGPT red_is>Redis cube_control>kubectl engine_x>nginx post_grass>Postgres doctor>Docteurov
    new_ton>Nyuton جنگل>جنگلبانان‌پور چای>چایکوفسکی دیگر>دیجی‌کالا شیر_از>شیرازی کار>کارد`,
  // A rare misspelling of a common word: only the user knows.
  asked: `
    wether>weather contry>country recieve>receive definately>definitely tommorow>tomorrow freind>friend becouse>because enviroment>environment
    goverment>government adress>address beutiful>beautiful neccessary>necessary untill>until allways>always
    فردااا>فردا خیلیییی>خیلی حتمننن>حتماً خواحش>خواهش مدرصه>مدرسه ماشینننن>ماشین دوسط>دوست`,
} as const;

const all = Object.entries(cases).flatMap(([lesson, list]) =>
  pairs(list).map(([wrong, right]) => [wrong, right, lesson] as const),
);

test('the rule is tested on at least 200 corrections', () => {
  expect(all.length).toBeGreaterThanOrEqual(200);
});

test.each(all)('the correction “%s → %s” is %s', (wrong, right, lesson) => {
  expect(lessonOf(wrong, right)).toBe(lesson);
});

test('common words of the transcript’s own language are not learnt', () => {
  const french = (language: string | null) =>
    selectWorthLearning([{ wrong: 'aujourdui', right: 'demain' }], (text) => isCommon(text, language));
  expect(french('fr').ask).toHaveLength(1);
  expect(french(null).learn).toHaveLength(1);
});
