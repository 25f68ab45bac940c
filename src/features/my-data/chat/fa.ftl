command-mydata = دیدن، گرفتن و پاک کردن داده‌های شما
mydata-title = آنچه دبیر از شما نگه داشته است:
mydata-transcripts = { $count ->
    [0] هنوز متنی نیست
    [one] ۱ متن، { $duration } صدا
   *[other] { $count } متن، روی هم { $duration } صدا
}
mydata-oldest = قدیمی‌ترین: { $date }
mydata-glossary = { $count ->
    [0] واژه‌نامهٔ خالی
   *[other] { $count } کلمه در واژه‌نامه
}
mydata-voices = { $count } صدای به‌خاطرسپرده
mydata-retention = متن‌ها نگه داشته می‌شوند: { $time }
mydata-more = و تنظیمات، بازخوردها و دقیقه‌های مصرف‌شده. صدا هرگز نگه داشته نمی‌شود: ‎/privacy
mydata-time-always = تا وقتی پاکشان کنید
mydata-time-days = { $days } روز
mydata-time-hours = { $hours } ساعت
mydata-button-export = گرفتن همه در یک فایل
mydata-button-retention = مدت نگهداری: { $time }
mydata-button-erase = 🗑 پاک کردن همه‌چیز
mydata-button-stay = نه، بماند
mydata-back = بازگشت
mydata-set = ذخیره شد
mydata-retention-page = متن‌ها چقدر نگه داشته شوند؟ بعد از آن خودکار پاک می‌شوند؛ پیام‌های این گفت‌وگو می‌مانند. این انتخاب برای متن‌های قبلی هم هست.
mydata-retention-usual = پیش‌فرض: { $time }
mydata-export-page = همهٔ داده‌هایتان در فایل ZIP: متن‌ها (TXT) و داده‌ها (JSON). Word و PDF هم بیاید؟
mydata-export-texts = فقط متن و داده
mydata-export-documents = { "\u200F" }Word و PDF هم بیاید
mydata-export-begun = در حال آماده کردن فایل…
mydata-export-already = همین حالا در حال آماده شدن است
mydata-exporting = در حال آماده کردن فایل: { $done } از { $total } متن
mydata-exported = { $archives ->
    [one] همه‌چیز در این فایل است.
   *[other] همه‌چیز در این { $archives } فایل است.
}
mydata-export-failed = فایل آماده نشد. چیزی از داده‌هایتان کم نشده است؛ کمی بعد دوباره با ‎/mydata امتحان کنید.
mydata-archive = بخش { $number }
mydata-archive-name = داده‌های من
mydata-word = همه را پاک کن
mydata-erase-page =
    همهٔ متن‌ها، فایل‌ها، واژه‌نامه، تنظیمات و پیام‌هایشان برای همیشه پاک می‌شوند؛ فایل‌های در حال انجام هم متوقف می‌شوند. این کار برگشت ندارد.

    اگر مطمئنید، تا ده دقیقهٔ دیگر بنویسید:
    { $word }
mydata-erasing = در حال پاک کردن همه‌چیز…
mydata-too-late = چیزی پاک نشد: برای تأیید ده دقیقه وقت دارید. دوباره با ‎/mydata شروع کنید.
mydata-erased = { $stays ->
    [true] پاک شد: { $files } فایل و هر چه از شما بود. فقط شناسه و دقیقه‌های مصرف‌شده تا ۳۱ روز می‌مانند؛ سهمیه یا محدودیتی که مدیر گذاشته هم می‌ماند.
   *[other] پاک شد: { $files } فایل و هر چه از شما نگه داشته بودم.
} پیام‌های قدیمی‌تر از دو روز را من نمی‌توانم پاک کنم؛ خودتان این گفت‌وگو را پاک کنید.
command-privacy = چه چیزی نگه داشته می‌شود و چه نه
privacy-page =
    دبیر صدای شما را نگه نمی‌دارد: آن را به متن تبدیل می‌کند و بلافاصله پاک می‌کند.
    • موتور LOCAL روی سرور خود ربات کار می‌کند. هر موتور دیگری صدا را به سرویس خودش می‌فرستد؛ هنگام انتخاب می‌گویم به کجا.
    • نگه داشته می‌شود: متن‌ها با زمان‌هایشان، نام فایل‌ها، نام شما در تلگرام، تنظیمات، واژه‌نامه، نظرهایتان و دقیقه‌های مصرف‌شده.
    • تا کی: در ‎/mydata می‌بینید و تغییر می‌دهید.
    • پاک کردن یک متن: ⋯ زیر آن و بعد 🗑، یا در ‎/history. گرفتن یا پاک کردن همه‌چیز: ‎/mydata
    • پیام‌های این گفت‌وگو را تلگرام نگه می‌دارد.
