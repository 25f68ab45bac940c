command-mydata = داده‌های شما: دیدن، گرفتن، پاک کردن
mydata-title = آنچه دبیر از شما نگه داشته است:
mydata-transcripts = { $count ->
    [0] هیچ متنی
   *[other] { $count } متن، روی هم { $duration } صدا
}
mydata-oldest = قدیمی‌ترین: { $date }
mydata-glossary = { $count ->
    [0] واژه‌نامهٔ خالی
   *[other] { $count } واژه در واژه‌نامه
}
mydata-kept = متن‌ها نگه داشته می‌شوند: { $time }
mydata-more = و تنظیم‌ها، بازخوردها و دقیقه‌هایی که به کار برده‌اید. صدا هرگز نگه داشته نمی‌شود: ‎/privacy
mydata-time-always = تا وقتی پاکشان کنید
mydata-time-days = { $days } روز
mydata-time-hours = { $hours } ساعت
mydata-button-export = گرفتن همه در یک فایل
mydata-button-keep = نگه‌داری: { $time }
mydata-button-forget = 🗑 پاک کردن همه چیز
mydata-button-stay = نه، بماند
mydata-back = بازگشت
mydata-set = ثبت شد
mydata-keep-page = هر متن، پس از آماده شدن، چه مدت نگه داشته شود؟ سپس خودش پاک می‌شود؛ پیام‌های این گفت‌وگو می‌مانند. این انتخاب برای متن‌های پیشین هم به کار می‌رود.
mydata-keep-usual = مثل همه: { $time }
mydata-export-page = همهٔ داده‌هایتان در فایل ZIP: متن‌ها (TXT) و داده‌ها (JSON). Word و PDF هم بیاید؟
mydata-export-texts = متن و داده کافی است
mydata-export-documents = Word و PDF هم بیاید
mydata-export-begun = دارم فایل را آماده می‌کنم…
mydata-export-already = همین حالا در حال آماده کردنش هستم
mydata-exporting = دارم فایل را آماده می‌کنم: { $done } از { $total } متن
mydata-exported = { $archives ->
    [one] همه چیز در این فایل است.
   *[other] همه چیز در این { $archives } فایل است.
}
mydata-export-failed = فایل آماده نشد. چیزی از داده‌هایتان کم نشده است؛ کمی بعد دوباره با ‎/mydata امتحان کنید.
mydata-archive = بخش { $part }
mydata-archive-name = داده‌های من
mydata-word = همه را پاک کن
mydata-forget-page =
    همهٔ متن‌ها، فایل‌ها، واژه‌نامه، تنظیم‌ها و پیام‌های آن‌ها برای همیشه پاک می‌شوند؛ کارهای در جریان هم متوقف می‌شوند. بازگشتی نیست.

    اگر مطمئنید، تا ده دقیقهٔ دیگر بنویسید:
    { $word }
mydata-forgetting = دارم همه چیز را پاک می‌کنم…
mydata-too-late = چیزی پاک نشد: این را ده دقیقه پس از پرسیدن باید می‌نوشتید. دوباره با ‎/mydata شروع کنید.
mydata-forgotten = { $stays ->
    [true] پاک شد: { $files } فایل و هر چه از آن‌ها بود. تنها شمارهٔ حسابتان با دقیقه‌هایی که به کار برده‌اید تا ۳۱ روز می‌ماند، و اگر مدیر سهمیه یا محدودیتی گذاشته، آن هم. پیام‌های قدیمی‌تر از دو روز را تلگرام نگه می‌دارد؛ خودتان می‌توانید این گفت‌وگو را پاک کنید.
   *[other] پاک شد: { $files } فایل و هر چه از شما نگه داشته بودم. پیام‌های قدیمی‌تر از دو روز را تلگرام نگه می‌دارد؛ خودتان می‌توانید این گفت‌وگو را پاک کنید.
}
