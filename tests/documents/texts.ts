/** A text of the gallery: its language (BCP 47), and paragraphs of its own direction. */
export type GalleryText = {
  readonly language: string;
  readonly name: string;
  readonly paragraphs: readonly string[];
};

/** Right-to-left text with everything that other programs reverse. */
const mixed: readonly string[] = [
  'عدد ۱۲۳ و (متن English داخل) است',
  'سلام! می‌شود این متن را (با پرانتز) و «گیومه» خواند؟',
  'قیمت ۱۲٬۵۰۰ تومان و 25 درصد تخفیف تا ۱۴۰۵/۰۹/۰۱ است.',
  'او گفت: "The file is big (12 MB)." و رفت.',
  'نسخهٔ 2.1 از TypeScript و C++ در [کروشه] آمد',
  '۱۲۳ (۴۵۶) - ۷۸۹',
  'این متن بلند برای آزمایش شکستن خط‌ها نوشته شده است و باید در چند خط نمایش داده شود، با کلماتی مانند JavaScript و TypeScript که در میان متن فارسی می‌آیند و عددهایی چون ۱۴۰۵ یا 2026 و نشانه‌هایی مانند (پرانتز) یا [کروشه] که باید درست دیده شوند.',
];

/** The texts of the gallery, one document for each. */
export const gallery: readonly GalleryText[] = [
  {
    language: 'fa',
    name: 'persian',
    paragraphs: [
      'همهٔ افراد بشر آزاد به دنیا می‌آیند و از دید حیثیت و حقوق با هم برابرند. همه دارای عقل و وجدان‌اند و باید با یکدیگر با روح برادری رفتار کنند.',
      'کتاب‌ها را می‌خوانیم؛ گفت‌وگو می‌کنیم، و می‌پرسیم: چه کسی آن‌ها را نوشته است؟',
    ],
  },
  { language: 'fa', name: 'persian-mixed', paragraphs: mixed },
  {
    language: 'en',
    name: 'english-mixed',
    paragraphs: [
      'The word سلام means hello (در فارسی), doesn’t it? از خانه.',
      'A long English paragraph with some Persian words such as گفت‌وگو and نوشتار between them, which has to be broken into several lines, in which (پرانتز و ۱۲۳) stays readable.',
    ],
  },
  {
    language: 'fa',
    name: 'addresses',
    paragraphs: [
      'برای دریافت پرونده‌ها به نشانی https://example.com/path?q=1&lang=fa بروید و رایانامهٔ someone@example.com را بی هیچ فاصله‌ای در جای خودش بنویسید.',
      'ساعت ۱۲:۳۰ تا 14:45، شمارهٔ +98 21 1234 5678 و نسخهٔ v2.1-beta.',
    ],
  },
  { language: 'fa', name: 'emoji', paragraphs: ['خیلی خوب بود 😀 و ❤ دیدیم 🎉 (عالی 👍)!'] },
  {
    language: 'ar',
    name: 'arabic-marks',
    paragraphs: [
      'بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ',
      'يُولَدُ جَمِيعُ النَّاسِ أَحْرَارًا مُتَسَاوِينَ فِي الْكَرَامَةِ وَالْحُقُوقِ، وَقَدْ وُهِبُوا عَقْلًا وَضَمِيرًا.',
    ],
  },
  {
    language: 'ur',
    name: 'urdu',
    paragraphs: [
      'تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔ انہیں ضمیر اور عقل ودیعت ہوئی ہے۔',
    ],
  },
  {
    language: 'he',
    name: 'hebrew',
    paragraphs: [
      'כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם (123) ו-English בתוכם.',
      'שָׁלוֹם עוֹלָם! בְּרֵאשִׁית בָּרָא אֱלֹהִים.',
    ],
  },
  {
    language: 'hi',
    name: 'hindi',
    paragraphs: [
      'सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। क्षत्रिय, ज्ञान, विद्यार्थी, श्री (English)।',
    ],
  },
  {
    language: 'ta',
    name: 'tamil',
    paragraphs: ['மனிதப் பிறவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும், உரிமைகளிலும் சமமானவர்கள்.'],
  },
  {
    language: 'th',
    name: 'thai',
    paragraphs: [
      'มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ น้ำ ที่นี่',
    ],
  },
  {
    language: 'km',
    name: 'khmer',
    paragraphs: ['មនុស្សទាំងអស់កើតមកមានសេរីភាព និងភាពស្មើគ្នាក្នុងសេចក្តីថ្លៃថ្នូរ និងសិទ្ធិ។'],
  },
  {
    language: 'ja',
    name: 'japanese',
    paragraphs: [
      'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。「かぎ括弧」とTypeScriptも混ざる。',
    ],
  },
];
