import { letter } from './letters.ts';

/**
 * Endings that stand at a number without a space: «۲۵ساله», «۳بعدی», «۲۰ام». Single letters too: «۱۲ب» is a number
 * plate or a house.
 */
const attached =
  /^(?:.|الف|ام|اُم|امین|مین|ساله|سالگی|روزه|ماهه|هفته\u200cای|ساعته|نفره|بعدی|گانه|تایی|درصدی|متری|کیلویی|لیتری|رقمی|طبقه|جلدی|صفحه\u200cای|مرحله\u200cای|دقیقه\u200cای|ثانیه\u200cای|میلی\u200cمتری)$/u;

const run = new RegExp(`(?:${letter}|\\u200c)+`, 'gu');

/** Writes a space between a number and a word that touch: «۱۰نفر», «سال۱۴۰۳». */
export function spaceNumbers(text: string): string {
  return text.replace(run, (word, offset: number) => {
    if (attached.test(word) || word.length < 2) return word;
    const before = isDigit(text[offset - 1]) ? ' ' : '';
    const after = isDigit(text[offset + word.length]) ? ' ' : '';
    return before + word + after;
  });
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && /[0-9٠-٩۰-۹]/.test(character);
}
