command-language = زبان صداهای شما
language-ask = صداهایتان به چه زبانی است؟ برای یک فایل می‌توانید زبان دیگری در توضیحش بنویسید.
language-unknown = این کدِ زبان را نمی‌شناسم. یکی را برگزینید یا کدش را بنویسید: ‎/language de
language-auto = هر بار خودت تشخیص بده
language-set = ثبت شد
language-chosen-auto = زبان هر صدا را خودم تشخیص می‌دهم.
language-chosen = صداهایتان را به این زبان می‌شنوم: { $language }. با ‎/language عوض می‌شود.
