import { comparedText } from './word-tokens.ts';

/**
 * Names of people and places that are frequent in recordings, compiled by hand for Dabir. A statement may use one only
 * if it was said. Names that are everyday words («امید», «بهار») are left out: they count after a title, or when the
 * model says that they are names.
 */
const names = `
علی رضا محمد احمد محمود حسین حسن مهدی امیر امیرحسین امیرعلی محمدرضا علیرضا حمیدرضا غلامرضا عباس ابراهیم اسماعیل اکبر اصغر بهرام بهروز بهزاد بابک
بهنام بیژن پرویز پوریا پویا جواد جلال جمشید جعفر حامد حمید حبیب خسرو داریوش داود داوود رامین رحیم رسول رستم روزبه سعید سینا سیاوش سهراب سامان سپهر شهرام
شهریار صادق طاهر عرفان عماد فرهاد فرزاد فرشاد فریدون فرامرز فرید فرشید قاسم کاظم کامران کامبیز کریم کوروش کیوان کیارش کیان ماهان مازیار متین مجید محسن مرتضی
مسعود مصطفی منصور منوچهر میثم میلاد مهران مهرداد ناصر نادر نیما هادی هاشم هوشنگ یاسر یوسف یونس یحیی ایرج اردشیر آرش آرمان آرمین آریا آیدین
زهرا فاطمه مریم زینب سارا نرگس سمیرا سمانه سپیده شیرین شهلا شهره شیما طاهره طیبه عاطفه فریبا فرزانه فرشته فهیمه لیلا لاله مهسا مهناز مهین مینا مینو منیژه مرجان
معصومه محبوبه مژگان مژده نازنین نازی ناهید نسرین نسترن نگین نگار نیلوفر نوشین الهام الهه الناز اعظم اکرم بنفشه پریسا پریناز پروین پگاه ترانه ثریا حدیث حمیده راضیه
رویا ریحانه زهره ساناز سحر سوسن سمیه شبنم غزل کتایون کیمیا گلناز هانیه هدیه هستی یاسمن یگانه آتوسا آرزو آزاده آیدا
محمدی احمدی حسینی رضایی کریمی موسوی جعفری صادقی رحیمی ابراهیمی هاشمی قاسمی حیدری اکبری نوری مرادی علیزاده حسنی رستمی صالحی کاظمی امینی یوسفی نجفی سلیمانی
محمودی زارعی باقری عباسی میرزایی شریفی نظری اسدی فرهادی طاهری شاهی رحمانی قربانی خانی عزیزی فتحی امیری محسنی تقوی نیکزاد شجاعی پناهی مطهری بهشتی طالقانی
تهران مشهد اصفهان شیراز تبریز کرج قم اهواز کرمانشاه رشت ارومیه زاهدان همدان کرمان یزد اردبیل بندرعباس قزوین زنجان سنندج خرم‌آباد گرگان ساری بوشهر بیرجند
بجنورد سمنان ایلام شهرکرد یاسوج کیش قشم چابهار آبادان دزفول کاشان نیشابور سبزوار ایران عراق ترکیه دبی کابل هرات تاجیکستان افغانستان آلمان فرانسه انگلیس لندن پاریس
برلین استانبول آنکارا مسکو پکن چین ژاپن هند آمریکا کانادا تورنتو نیویورک
james john robert michael david william richard joseph thomas charles daniel matthew anthony steven paul andrew joshua kenneth kevin brian george timothy
ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick jack dennis jerry
tyler aaron henry peter adam nathan douglas zachary kyle walter ethan jeremy harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle carol amanda
dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra
rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah
jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella
diana brittany natalie alexis kayla omar ahmed hassan hussein fatima aisha leila reza mohammad mohammed mehdi amir hamid saeed nasrin maryam zahra shirin
smith johnson williams jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson taylor moore jackson lee perez thompson harris sanchez
clark ramirez lewis robinson allen wright torres nguyen adams nelson baker campbell mitchell roberts carter phillips evans turner parker collins
london paris berlin madrid rome vienna tehran dubai istanbul toronto chicago boston seattle dallas houston denver atlanta miami sydney melbourne tokyo beijing
delhi mumbai moscow oslo stockholm helsinki amsterdam brussels zurich geneva dublin lisbon athens cairo iran iraq turkey germany france england canada america china japan
india russia spain italy`;

const known = new Set(
  names
    .trim()
    .split(/\s+/)
    .map((name) => comparedText(name).replaceAll('\u200c', '')),
);

/** Returns true for a frequent name. @param key as in `TextToken` */
export function isKnownName(key: string): boolean {
  return known.has(key);
}

const titles = new Set(
  'اقای اقا خانم خانوم دکتر مهندس استاد جناب سرکار حاج حاجی سید سیده شرکت بانک شهر روستای mr mrs ms dr prof professor sir madam'.split(
    ' ',
  ),
);

/** Returns true for a word after which a name stands. */
export function isTitle(key: string): boolean {
  return titles.has(key);
}
