command-settings = تنظیمات: زبان، موتور، فایل‌ها
settings-main = چه چیزی را می‌خواهید تغییر دهید؟ هر تغییر بلافاصله ذخیره می‌شود و از فایل بعدی اثر می‌کند.
settings-formats =
    کدام فایل‌ها همراه هر متن بیایند؟ بقیه را با زدن ⋯ زیر هر متن می‌گیرید.

    متن ساده: TXT
    برای ویرایش: Word
    برای خواندن و چاپ: PDF
    زیرنویس: SRT، VTT
    یادداشت (Markdown): MD
    برای برنامه‌ها، با همهٔ زمان‌ها: JSON
settings-attached = { $count ->
    [0] فایل‌ها: هیچ‌کدام، فقط متن
   *[other] فایل‌ها: { $formats }
}
settings-spelling = نگارش فارسی: { $value ->
    [school] اصلاح‌شده
   *[heard] بدون تغییر
}
settings-digits = رقم‌ها در فارسی: { $value ->
    [persian] ۱۲۳
    [latin] 123
   *[heard] بدون تغییر
}
settings-speakers = گوینده‌ها در فایل: { $value ->
    [hidden] پنهان
    [found] تشخیص با هر موتوری
   *[shown] نمایش، اگر موتور نام ببرد
}
settings-page = اندازهٔ کاغذ: { $value ->
    [letter] Letter
   *[a4] A4
}
settings-lines = سطرهای PDF: { $value ->
    [ragged] تراز از یک طرف
   *[justified] تراز از دو طرف
}
settings-times = زمان در PDF و Word و TXT: { $value ->
    [shown] نمایش
   *[hidden] پنهان
}
settings-lowConfidence = کلمه‌های نامطمئن: { $value ->
    [marked] با علامت
   *[unmarked] بدون علامت
}
settings-summary = نوشته‌های مدل زبانی: { $value ->
    [before] در فایل‌ها، پیش از متن
    [hidden] در فایل‌ها نباشد
   *[after] در فایل‌ها، پس از متن
}
settings-word = فایل Word: { $value ->
    [table] جدول با زمان
   *[text] متن ساده
}
settings-engine = موتور: { $engine }
settings-engine-ask = اگر چند تا باشد، پرسیده شود
settings-engine-page = فایل‌هایتان با کدام موتور به متن تبدیل شوند؟ برای یک فایل، موتور دیگری را در کپشنش بنویسید، مثلاً vira؛ فرمت (srt) و زبان (fa) هم همان‌جا.
settings-back = بازگشت
settings-set = ذخیره شد
settings-look = ظاهر متن و فایل‌ها
settings-look-page = متن و فایل‌ها چه شکلی باشند؟ با هر بار زدن دکمه، گزینهٔ بعدی می‌آید.
settings-speech = زبان فایل‌ها: { $language }
settings-language = زبان دبیر: { $language ->
    [fa] فارسی
    [en] English
   *[telegram] مثل تلگرام
}
settings-language-page = دبیر به چه زبانی با شما حرف بزند؟
settings-language-fa = فارسی
settings-language-en = English
settings-language-telegram = مثل تلگرام
settings-retention = مدت نگهداری متن‌ها
settings-voices = صداهایی که به خاطر دارم
settings-reset = بازنشانی تنظیمات
settings-reset-page = همهٔ این تنظیمات به حالت اول برگردند؟ متن‌هایتان تا مدتی که انتخاب کرده‌اید می‌مانند.
settings-reset-yes = بله، برگردند
settings-bundles = پیشنهاد «همه در یک سند»: { $value ->
    [on] روشن
   *[off] خاموش
}
settings-zone = منطقهٔ زمانی: { $zone }
settings-zone-guess = خودکار
settings-zone-page = تاریخ و ساعت، اینجا و در فایل‌هایتان، به وقت کجا باشد؟ جایی را انتخاب کنید که ساعت شما را نشان می‌دهد.
zone-Asia-Tehran = تهران
zone-Asia-Kabul = کابل
zone-Asia-Dushanbe = دوشنبه
zone-Asia-Dubai = دبی
zone-Asia-Baghdad = بغداد
zone-Europe-Istanbul = استانبول
zone-Europe-Moscow = مسکو
zone-Europe-Berlin = برلین
zone-Europe-London = لندن
zone-America-New_York = نیویورک
zone-America-Chicago = شیکاگو
zone-America-Los_Angeles = لس‌آنجلس
zone-America-Sao_Paulo = سائوپائولو
zone-Asia-Karachi = کراچی
zone-Asia-Kolkata = دهلی
zone-Asia-Shanghai = پکن
zone-Asia-Tokyo = توکیو
zone-Australia-Sydney = سیدنی
