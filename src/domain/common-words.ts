import { wordKey } from './correction/words.ts';

/** Words that every speaker says all the time, in English and Persian, compiled by hand for Dabir. */
const commonWords: ReadonlySet<string> = new Set(
  `
a about after again ain all aren couldn didn doesn don hadn hasn haven isn shouldn wasn weren won wouldn also always am an and any are as at back be because been before being but by can come could day did do does doing
done down each even every few first for from get go going good got had has have having he her here him his how i if in into is it its just
know last less let like little long look make many may me mean more most much must my need never new next no not now of off oh ok okay old
on once one only or other our out over own people please quite really right said same say see she should since so some still such sure take
tell than thank thanks that the their them then there these they thing things think this those though time to today too two uh um under until
up us use very want was way we well went were what when where which while who why will with would yeah year yes yet you your
آخر آخه آره آقا آن آنجا آنها آنکه آیا آمد ا از است اش اصلا اگر اگه الان اما امروز اون اونا اونجا او ای این اینا اینجا اینکه با باز باشد باشه باید
بار بد بدون بر برای برم بره بزرگ بشه بعد بکنم بکنه بله بود بودم بودن بودند بوده بی بیا بیشتر پس پیش تا تر تو توی جا چرا چند چه چون چی چیز چیزی
حالا حتی خب خوب خود خودش خودم خیلی داد دارد دارم دارن داره داری داریم داشت در درست دست دو دوباره دیگر دیگه را رفت رو روز زیاد سال سر شاید شد شدم
شده شما شود طور فقط فکر قبل کار کجا کرد کردم کرده کردن کس کسی کل کم کن کنم کنه کنی کنیم که کی گفت گفتم گفته لطفا ما مثل مثلا من مهم میشه میکنم میکنه
میگه میخوام میخواهم میدونم میره نباید نبود ندارم نداره نه نیست نیستم هر هزار هست هستم هستند هستی هم همان همه همین همون هنوز هیچ و وقت وقتی ولی وای ها
یا یک یکی یه یعنی`
    .trim()
    .split(/\s+/)
    .map(wordKey),
);

/** Returns true for a word that every speaker says all the time, such as "the" or «که». */
export function isVeryCommon(word: string): boolean {
  return commonWords.has(wordKey(word).split("'")[0] ?? '');
}
