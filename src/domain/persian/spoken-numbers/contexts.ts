/** Words beside spoken numbers, compiled by hand. docs/persian.md has the rules that use them. */

export const months = setOf(`
فروردین اردیبهشت خرداد تیر مرداد امرداد شهریور مهر آبان آذر دی بهمن اسفند
ژانویه فوریه مارس آوریل آپریل مه می ژوئن جون ژوئیه ژولای جولای اوت آگوست سپتامبر اکتبر نوامبر دسامبر
محرم ربیع‌الاول ربیع‌الثانی رجب شعبان رمضان شوال ذی‌القعده ذیقعده ذی‌الحجه ذیحجه`);

/** Months whose name is an everyday word: «دو تیر» may be two arrows. They need an ordinal, «ماه» or a year. */
export const wordsAndMonths = setOf('تیر مهر می مه دی آذر مارس اوت');

export const currencies = setOf('تومان تومن تومانی تومنی ریال ریالی دلار دلاری یورو پوند درهم سنت');

/** Units of measure. */
export const measures = setOf(`
کیلو کیلوگرم گرم میلی‌گرم متر سانتی‌متر سانت کیلومتر میلی‌متر مترمربع هکتار لیتر میلی‌لیتر درجه ولت وات کیلووات آمپر اینچ پیکسل
مگابایت گیگابایت ترابایت کیلوبایت مگاپیکسل هرتز کالری مایل فوت متری کیلویی لیتری گرمی درصدی`);

/** What is counted: after one of the words for eleven and more. */
export const counted = setOf(`
نفر تن روز سال ماه هفته ساعت دقیقه ثانیه عدد تا کشور شهر استان دانشجو کارمند کارگر کتاب صفحه قسمت جلد مورد دستگاه واحد خانوار خانواده بار مرتبه نفره
ساله سالگی روزه ماهه ساعته دقیقه‌ای طبقه هزار میلیون میلیارد گل امتیاز بازیکن داوطلب شرکت‌کننده نماینده خودرو شرکت پروژه کیلومتری درصد`);

/** Words that are left with words for hundred: «صد سال به این سال‌ها», «صد بار گفتم». */
export const vague = setOf('سال بار مرتبه تا جور چیز کتاب گل روز');

/** Labels before a number: «صفحهٔ پنج». */
export const labels = setOf(`
صفحه صفحهٔ صفحه‌ی فصل بخش بند ماده مادهٔ ماده‌ی اصل طبقه طبقهٔ طبقه‌ی اتاق پلاک واحد شماره شمارهٔ شماره‌ی کلاس کانال قسمت ردیف جلد نسخه نسخهٔ نسخه‌ی
درس جلسه جلسهٔ مرحله مرحلهٔ منطقه منطقهٔ گیت سکوی سکو سوره آیه آیهٔ آیه‌ی تبصره تبصرهٔ سؤال سوال تمرین رتبه رتبهٔ پایه پایهٔ نمره نمرهٔ`);

/** Before telephone numbers and codes, which are spoken digit by digit or in groups without «و». */
export const codes = setOf(
  'شماره شمارهٔ شماره‌ی تلفن موبایل همراه کد رمز پین پیامک داخلی کارت حساب شبا پلاک کدپستی پستی ملی فکس تماس',
);

/** Before years. */
export const yearWords = setOf('سال سال‌های دهه دههٔ دهه‌ی');

/** Names and sayings with number words, which stay: the first word and what follows it. */
export const sayings: readonly (readonly string[])[] = [
  'هزار و یک',
  'سی و سه پل',
  'صد در صد',
  'چهل ستون',
  'هفت خان',
  'هشت بهشت',
  'چهل تکه',
  'سی سنگ',
  'صد البته',
  'صد افسوس',
  'صد رحمت',
  'صد آفرین',
  'چهل چراغ',
  'هفت سین',
  'پنج تن',
  'چهارده معصوم',
  'هفتاد و دو تن',
].map((saying) => saying.split(' '));

function setOf(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
