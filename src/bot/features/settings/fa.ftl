command-settings = زبان، موتور، فایل‌ها و شکلشان
settings-main = چه چیزی را می‌خواهید عوض کنید؟ هر تغییر همان لحظه ثبت می‌شود و از فایل بعدی به کار می‌رود.
settings-formats =
    با هر متن کدام فایل‌ها بیایند؟ بقیه زیر متن با یک دکمه در دسترس‌اند.

    متن ساده: TXT
    برای ویرایش در Word: DOCX
    برای خواندن و چاپ: PDF
    زیرنویس: SRT، VTT
    یادداشت (Markdown): MD
    برای برنامه‌ها، با همهٔ زمان‌ها: JSON
settings-attached = { $count ->
    [0] فایل‌ها: هیچ‌کدام، فقط متن
   *[other] فایل‌ها: { $formats }
}
settings-spelling = نگارش فارسی: { $value ->
    [school] ویراسته
   *[heard] همان‌طور که شنیده شد
}
settings-digits = رقم‌ها در فارسی: { $value ->
    [persian] ۱۲۳
    [latin] 123
   *[heard] همان‌طور که شنیده شد
}
settings-speakers = گوینده‌ها در فایل: { $value ->
    [hidden] نیایند
   *[shown] بیایند، اگر موتور بشناسد
}
settings-page = کاغذ: { $value ->
    [letter] لتر
   *[a4] A4
}
settings-lines = سطرهای PDF: { $value ->
    [ragged] آزاد
   *[justified] هم‌تراز
}
settings-times = زمان در PDF و Word و TXT: { $value ->
    [shown] باشد
   *[hidden] نباشد
}
settings-doubt = واژه‌های نامطمئن: { $value ->
    [marked] نشان‌دار
   *[unmarked] بی‌نشان
}
settings-word = فایل Word: { $value ->
    [table] جدول با زمان
   *[text] متن پیوسته
}
settings-engine = موتور: { $engine }
settings-engine-ask = هر بار بپرس
settings-engine-page = فایل‌هایتان با کدام موتور شروع شوند؟ برای یک فایل، موتور دیگری را در توضیحش بنویسید، مثلاً vira؛ قالب (srt) و زبان (fa) هم می‌شود همان‌جا بیاید.
settings-back = بازگشت
settings-set = ثبت شد
settings-look = نگارش متن و شکل فایل‌ها
settings-look-page = متن چگونه نوشته شود و فایل‌ها چه شکلی باشند؟ با هر فشار، گزینهٔ بعدی می‌آید.
settings-speech = زبان صداها: { $language }
settings-language = زبان دبیر: { $language ->
    [fa] فارسی
    [en] English
   *[telegram] مثل تلگرام
}
settings-language-page = دبیر با شما به چه زبانی حرف بزند؟
settings-language-fa = فارسی
settings-language-en = English
settings-language-telegram = مثل تلگرام
settings-kept = متن‌ها چه مدت بمانند
settings-reset = همه به حالت اول
settings-reset-page = همهٔ این تنظیم‌ها به حالت اول برگردند؟ متن‌هایتان می‌مانند، همان‌قدر که گفته‌اید.
settings-reset-yes = بله، برگردند
