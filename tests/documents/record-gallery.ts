/**
 * Draws the pictures of docs/documents.md with Poppler: the gallery's texts, and a page of a conversation. To
 * be run by hand after changes of the look: node tests/documents/record-gallery.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstStrongDirection } from '../../src/documents/layout/direction.ts';
import { type DocumentContent, type DocumentParagraph, defaultLook } from '../../src/domain/document.ts';
import { documentOf } from './content.ts';
import { renderDocument } from './render-document.ts';
import { gallery } from './texts.ts';

const pictures = fileURLToPath(new URL('../../docs/pictures/gallery/', import.meta.url));
const folder = await mkdtemp(path.join(tmpdir(), 'dabir-gallery-'));
await mkdir(pictures, { recursive: true });
for (const { language, name, paragraphs } of gallery) {
  const direction = firstStrongDirection(paragraphs.join(' ')) ?? 'ltr';
  await draw(
    name,
    documentOf({ title: '', language, direction, paragraphs }),
    30 + 42 * lineCount(paragraphs),
  );
}
await draw('conversation', conversation(), 570);
await rm(folder, { recursive: true });

/** Draws the top of the first page between the margins, `height` pixels at 100 dpi. */
async function draw(name: string, content: DocumentContent, height: number): Promise<void> {
  const pdf = path.join(folder, `${name}.pdf`);
  await writeFile(pdf, (await renderDocument(content, 'pdf', name)).bytes);
  const area = ['-x', '50', '-y', '85', '-W', '727', '-H', String(height)];
  execFileSync('pdftoppm', [
    '-r',
    '100',
    ...area,
    '-f',
    '1',
    '-l',
    '1',
    '-gray',
    '-singlefile',
    '-png',
    pdf,
    path.join(pictures, name),
  ]);
}

/** Estimates the number of lines; East Asian letters are twice as wide. */
function lineCount(paragraphs: readonly string[]): number {
  const widths = paragraphs.map(
    (paragraph) => paragraph.length * (/\p{Script=Hiragana}/u.test(paragraph) ? 2 : 1),
  );
  return widths.reduce((sum, width) => sum + Math.ceil(width / 75), 0);
}

/** Returns a conversation of two people, with times in the margin and low-confidence words. */
function conversation(): DocumentContent {
  const lines = [
    [
      'سارا',
      'سلام مینا جان، کتاب‌هایی را که دربارهٔ TypeScript خواسته بودی پیدا کردم. یکی از آن‌ها (چاپ ۱۴۰۴) را هفتهٔ پیش خواندم و به نظرم برای کلاس خیلی مناسب است.',
    ],
    [
      'مینا',
      'عالی! می‌شود نشانی کتابخانه را برایم بفرستی؟ فکر می‌کنم از ساعت ۹:۳۰ تا ۱۲ باز باشد، ولی مطمئن نیستم.',
    ],
    [
      'سارا',
      'حتماً. نشانی‌اش https://example.com/library است؛ پنجشنبه‌ها هم تا ساعت ۲۰ باز است. اگر خواستی با هم برویم، من بعد از جلسهٔ Dabir وقت دارم.',
    ],
    ['مینا', 'پس قرارمان پنجشنبه. راستی، ۲۵٪ تخفیف «نمایشگاه کتاب» هنوز هست؟'],
  ] as const;
  const paragraphs = lines.map(([speaker, text], index): DocumentParagraph => {
    const start = index * 21;
    const words = text.split(' ').map((word, place) => ({
      text: word,
      start: start + place,
      end: start + place + 1,
      probability: place % 13 === 9 ? 0.3 : 0.95,
    }));
    return { speaker, segments: [{ start, end: start + 20, text, original: text, words }] };
  });
  return documentOf({
    title: 'گفت‌وگوی سارا و مینا',
    facts: [
      { label: 'تاریخ', value: '۱ آذر ۱۴۰۵ ساعت ۲۰:۱۵ (۲۲ نوامبر ۲۰۲۶)' },
      { label: 'مدت', value: '۱ دقیقه و ۲۴ ثانیه' },
      { label: 'موتور', value: 'Whisper (local)' },
    ],
    look: { ...defaultLook, hasTimes: true, marksLowConfidence: true },
    paragraphs,
  });
}
