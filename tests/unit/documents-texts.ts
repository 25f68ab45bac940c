/** Paragraphs whose layout is compared with a browser's: mixed directions, numbers, brackets, marks, half-spaces. */
export const mixedTexts: readonly string[] = [
  'عدد ۱۲۳ و (متن English داخل) است',
  'سلام! می‌شود این متن را (با پرانتز) و «گیومه» خواند؟',
  'قیمت ۱۲٬۵۰۰ تومان و 25 درصد تخفیف تا ۱۴۰۵/۰۹/۰۱ است.',
  'The word سلام means hello (در فارسی), doesn’t it? از خانه.',
  'او گفت: "The file is big (12 MB)." و رفت.',
  'نسخهٔ 2.1 از TypeScript و C++ در [کروشه] آمد',
  '۱۲۳ (۴۵۶) - ۷۸۹',
  'این متن بلند برای آزمایش شکستن خط‌ها نوشته شده است و باید در چند خط نمایش داده شود، با کلماتی مانند JavaScript و TypeScript که در میان متن فارسی می‌آیند و عددهایی چون ۱۴۰۵ یا 2026 و نشانه‌هایی مانند (پرانتز) یا [کروشه] که باید درست دیده شوند.',
  'A long English paragraph with some Persian words such as گفت‌وگو and نوشتار between them, which has to be broken into several lines, in which (پرانتز و ۱۲۳) stays readable.',
];

/** Font size and width of the column, in points, with which the browser's layout was recorded. */
export const recordedSize = 12;
export const recordedWidth = 453;
