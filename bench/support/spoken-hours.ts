import type { DocumentParagraph } from '../../src/domain/document.ts';

export const wordsPerHour = 9_000;
const wordsPerSegment = 15;
const segmentsPerParagraph = 6;
const secondsPerWord = 3600 / wordsPerHour;

const vocabulary =
  'سلام این یک متن آزمایشی برای سنجش سرعت است که کتاب‌ها را می‌خوانیم و در میان آن عدد ۱۲۳ (پرانتز) هم می‌آید، تا ببینیم چند ثانیه طول می‌کشد دربارهٔ خانه شهر درخت آسمان گفت‌وگو روزنامه دانشگاه پژوهش بزرگ‌تر کوچک نوشتن خواندن رفتیم آمدند TypeScript Dabir است. نیست؟ «گیومه» باران زمستان بهار دوستان می‌شود نمی‌دانم'.split(
    ' ',
  );
const endings = ['', 'م', 'ت', 'ش', '‌ها', 'ی', '‌های'];

/**
 * Yields made-up Persian speech, always the same, of some 300 different words, with or without the times of
 * each.
 */
export function* spokenHours(hours: number, hasWordTimes: boolean): Generator<DocumentParagraph> {
  let seed = 20_261_122;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const total = hours * wordsPerHour;
  for (let first = 0; first < total; first += wordsPerSegment * segmentsPerParagraph) {
    const segments = Array.from({ length: segmentsPerParagraph }, (_, index) => {
      const start = (first + index * wordsPerSegment) * secondsPerWord;
      const words = Array.from({ length: wordsPerSegment }, (_, place) => {
        const word = vocabulary[random(vocabulary.length)] ?? '';
        const text = /[\p{L}]$/u.test(word) ? word + (endings[random(endings.length)] ?? '') : word;
        const at = start + place * secondsPerWord;
        return { text, start: at, end: at + secondsPerWord, probability: 0.9 };
      });
      const text = words.map((word) => word.text).join(' ');
      return {
        start,
        end: start + wordsPerSegment * secondsPerWord,
        text,
        original: text,
        words: hasWordTimes ? words : [],
      };
    });
    yield { speaker: null, segments };
  }
}
