bundle-offer = این‌ها با هم رسیدند. همه در یک سند بیایند؟ هر چه تا یک دقیقهٔ دیگر بفرستید هم اضافه می‌شود.
bundle-button-all = همه در یک سند
bundle-button-none = هر کدام جدا
bundle-engine = یک موتور برای همه انتخاب کنید
bundle-accepted = همه در یک سند می‌آیند، به ترتیب ارسال؛ بعد از تمام شدن آخرین فایل.
bundle-answer = چشم، همه در یک سند
bundle-declined = هر کدام جدا
