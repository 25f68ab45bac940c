command-language = زبان فایل‌های شما
language-ask = فایل‌هایتان به چه زبانی است؟ برای یک فایل می‌توانید زبان دیگری را در کپشن آن بنویسید.
language-unknown = این زبان را نمی‌شناسم. یکی را انتخاب کنید، یا نام یا کدش را بنویسید: ‎/language German
language-auto = تشخیص خودکار
language-set = ذخیره شد
language-chosen-auto = زبان هر فایل را خودم تشخیص می‌دهم.
language-chosen = زبان فایل‌هایتان: { $language }. با ‎/language تغییرش دهید.
