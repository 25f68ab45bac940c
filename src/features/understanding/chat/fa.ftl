button-understand-summary = خلاصه
button-understand-tasks = کارها و تاریخ‌ها
button-understand-chapters = فصل‌ها
button-understand-clean = متن مرتب
button-understand-translation = ترجمه
button-understand-minutes = صورت‌جلسه
button-understand-more = ✨ بیشتر

understanding-stays = 🔒 یک مدل زبانی روی همین دستگاه متن را می‌خواند. متن جایی فرستاده نمی‌شود.
understanding-goes = { $keeps ->
    [nothing] متن به { $host } فرستاده می‌شود که چیزی نگه نمی‌دارد.
    [deleted] متن به { $host } فرستاده می‌شود و بعد آنجا پاک می‌شود.
   *[unknown] متن به { $host } فرستاده می‌شود. نمی‌دانم چه مدت آنجا می‌ماند.
}
understanding-which-language = به چه زبانی؟
understanding-begun = در راه است؛ پایین را ببینید
understanding-already = همین الان در راه است
understanding-full = کارهای زیادی در صف است. وقتی چندتا تمام شد دوباره امتحان کنید.
understanding-cancelled = لغو شد.
understanding-waiting = { $title }: در صف…
understanding-running = { "\u200F" }{ $title }: { $percent }
understanding-failed = ✗ { $title }: { $failure ->
    [empty] متنی نیست که روی آن کار شود.
    [budget-userDay] هزینهٔ آن از باقی‌ماندهٔ بودجهٔ امروز شما بیشتر است.
    [budget-userMonth] هزینهٔ آن از باقی‌ماندهٔ بودجهٔ این ماه شما بیشتر است.
    [budget-allDay] هزینهٔ آن از باقی‌ماندهٔ بودجهٔ امروز همه بیشتر است.
    [budget-allMonth] هزینهٔ آن از باقی‌ماندهٔ بودجهٔ این ماه همه بیشتر است.
    [unauthorized] سرویس مدل زبانی این ربات را نمی‌پذیرد. مدیر باید بررسی کند.
    [out_of_credit] اعتبار سرویس مدل زبانی تمام شده است. مدیر باید بررسی کند.
    [not_found] مدل زبانی پیدا نشد. مدیر باید بررسی کند.
    [rate_limited] مدل زبانی شلوغ است. کمی بعد دوباره امتحان کنید.
    [unavailable] مدل زبانی پاسخ نمی‌دهد. کمی بعد دوباره امتحان کنید.
    [timed_out] مدل زبانی خیلی طول کشید. کمی بعد دوباره امتحان کنید.
    [refused] مدل زبانی نمی‌پذیرد روی این متن کار کند.
   *[other] مدل زبانی پاسخ به‌دردبخوری نداد. دوباره امتحان کنید.
}
understanding-title-summary = خلاصه
understanding-title-tasks = کارها و تاریخ‌ها
understanding-title-chapters = فصل‌ها
understanding-title-clean = متن مرتب
understanding-title-translation = ترجمه
understanding-title-minutes = صورت‌جلسه
understanding-title-question = پاسخ
understanding-made-by-model = نوشتهٔ { $model }، یک مدل زبانی
understanding-transcript = متن
understanding-nothing-summary = مدل چیزی نگفت که در صدا گفته شده باشد.
understanding-nothing-question = در این صدا گفته نشده است.
understanding-nothing-tasks = اینجا کسی از کار یا تاریخی نام نمی‌برد.
understanding-nothing-chapters = مدل فصلی پیدا نکرد.
understanding-button-ics = 📅 تقویم (ics.)
understanding-button-spoken = همان‌طور که گفته شد
understanding-button-cleaned = مرتب‌شده
understanding-left-out = { $kind ->
    [clean] { $count } جمله همان‌طور که گفته شد ماند، چون جملهٔ مرتب‌شده چیز دیگری می‌گفت.
    [translation] { $count } جمله ترجمه نشد، چون ترجمه‌اش با آن نمی‌خواند.
   *[other] { $count } جمله کنار گذاشته شد، چون در صدا گفته نشده بود.
}
understanding-incomplete = مدل برای بخشی از متن پاسخ به‌دردبخوری نداد.
understanding-made-by = { $kind ->
    [clean] نوشتهٔ { $model }. هیچ کلمه‌ای اضافه نشده است.
    [translation] نوشتهٔ { $model }.
    [chapters] نوشتهٔ { $model }.
   *[other] نوشتهٔ { $model }. هر سطر به چیزی تکیه دارد که در زمان کنارش گفته شده است.
}
understanding-clip = از { $time }
understanding-no-clip = این فایل دیگر در تلگرام نیست، پس نمی‌توانم { $time } را پخش کنم.
command-templates = قالب‌های صورت‌جلسه: دیدن، اضافه کردن، پاک کردن
templates-title = این قالب‌ها برای صورت‌جلسه پیشنهاد می‌شوند:
templates-button-add = اضافه کردن قالب
templates-button-add-all = اضافه کردن برای همه
templates-button-cancel = انصراف
templates-cancelled = چیزی اضافه نشد.
templates-removed = پاک شد
templates-ask =
    قالب را در یک پیام بنویسید: نامش در خط اول، بعد هر بخش در یک خط. پس از دونقطه می‌توانید بنویسید چه چیزی آنجا بیاید. مثلاً:

    جلسهٔ روزانه
    دیروز: چه کارهایی شد
    امروز: چه برنامه‌ای هست
    مشکل‌ها
templates-not-understood = این قالب نیست. نامش در خط اول بیاید (حداکثر ۴۰ نویسه)، بعد ۱ تا ۱۲ بخش، هر کدام در یک خط.
templates-added = { $name } اضافه شد. زیر ⋯ و ✨، در «صورت‌جلسه» است.
templates-full = { $max } قالب هست و دیگر جا نیست. اول یکی را پاک کنید: ‎/templates
understanding-which-template = با کدام قالب؟
minutes-meeting = جلسه
minutes-meeting-topics = موضوع‌ها
minutes-meeting-decisions = تصمیم‌ها
minutes-meeting-tasks = کارها
minutes-meeting-open = پرسش‌های بی‌پاسخ
minutes-interview = مصاحبه
minutes-interview-about = چه کسی و دربارهٔ چه
minutes-interview-answers = پاسخ‌ها
minutes-interview-quotes = نقل‌قول‌ها
minutes-lecture = درس و سخنرانی
minutes-lecture-subject = موضوع
minutes-lecture-points = نکته‌های اصلی
minutes-lecture-examples = مثال‌ها و عددها
minutes-lecture-reading = تمرین‌ها و منبع‌ها
minutes-diary = یادداشت روزانه
minutes-diary-happened = چه شد
minutes-diary-thoughts = فکرها
minutes-diary-plans = برنامه‌ها
minutes-sales = تماس فروش
minutes-sales-needs = نیازها
minutes-sales-offer = پیشنهاد
minutes-sales-objections = تردیدها
minutes-sales-next = قدم بعدی
command-ask = پرسش از همهٔ متن‌هایتان: ‎/ask دربارهٔ پل چه تصمیمی گرفته شد
ask-how = پرسشتان را بعد از دستور بنویسید، مثلاً: ‎/ask دربارهٔ پل چه تصمیمی گرفته شد
understanding-nothing-found = در فایل‌های شما گفته نشده است.
