# آنچه کاربران می‌خوانند، به فارسی. هر کلید اینجا در en.ftl هم هست، با همان متغیرها.

lane-full-files = صف شما پر است ({ $limit } فایل) و این یکی پذیرفته نشد. وقتی چند فایل تمام شد دوباره بفرستید، یا همه را با ‎/cancel لغو کنید.
lane-full-minutes = صف شما پر است ({ $limit } دقیقه صدا) و این فایل پذیرفته نشد. وقتی چند فایل تمام شد دوباره بفرستید، یا همه را با ‎/cancel لغو کنید.
quota-day = سهمیهٔ باقی‌ماندهٔ امروزتان برای این فایل کم است (از { $minutes } دقیقه؛ فایل‌های در نوبت هم حساب‌اند). از { $again } دوباره بفرستید. مصرف شما: ‎/usage
quota-month = سهمیهٔ باقی‌ماندهٔ ۳۰ روزتان برای این فایل کم است (از { $minutes } دقیقه؛ فایل‌های در نوبت هم حساب‌اند). از { $again } دوباره بفرستید. مصرف شما: ‎/usage
quota-too-long-day = این فایل از سهمیهٔ { $minutes } دقیقه‌ای شما در روز طولانی‌تر است و پذیرفته نشد. بخش کوتاه‌تری از آن بفرستید.
quota-too-long-month = این فایل از سهمیهٔ { $minutes } دقیقه‌ای شما در ۳۰ روز طولانی‌تر است و پذیرفته نشد. بخش کوتاه‌تری از آن بفرستید.

usage-day = امروز: { $limit ->
    [none] { $minutes } دقیقه
   *[other] { $minutes } از { $limit } دقیقه
}
usage-month = در ۳۰ روز: { $limit ->
    [none] { $minutes } دقیقه
   *[other] { $minutes } از { $limit } دقیقه
}
usage-files = { $files } فایل
usage-open = در حال انجام یا در نوبت: { $files ->
    [0] هیچ
   *[other] { $files } فایل، حداکثر { $max }
}
usage-cost = هزینهٔ موتورها در ۳۰ روز: { $costs }
kind-voice = پیام صوتی
kind-audio = فایل صوتی
kind-video = ویدیو
kind-video_note = پیام ویدیویی
kind-document = فایل
kind-link = لینک

status-other-engine = { $engine } روی این فایل کار می‌کند. با موتور دیگری ادامه بدهم؟
status-no-other-engine = { $engine } روی این فایل کار می‌کند. الان موتور دیگری آماده نیست.
status-choosing = با کدام موتور به متن تبدیل شود؟
status-choosing-only = اینجا فقط موتور { $engine } هست. با همین به متن تبدیل شود؟
status-choosing-preparing = { $engine } برای اولین بار در حال آماده شدن است. همین حالا هم می‌توانید انتخابش کنید؛ فایل شما خودش شروع می‌شود.
status-choosing-paused = { $engine } فعلاً متوقف است؛ فایل‌هایش تا ادامهٔ کار منتظر می‌مانند.
status-choosing-resting = { $engine } الان مشکل دارد؛ فایل‌هایش تا رفع مشکل منتظر می‌مانند.
status-no-engine = الان هیچ موتوری در دسترس نیست. فایل شما نگه داشته می‌شود؛ کمی بعد «به‌روزرسانی» را بزنید.
status-waiting = { $before ->
    [0] نوبت این فایل است و خودش شروع می‌شود.
    [100] در نوبت: دست‌کم ۱۰۰ فایل جلوتر از این است
   *[other] در نوبت: { $before } فایل جلوتر از این است
}
status-preparing = موتور در حال آماده شدن است ({ $stage }). فایل شما خودش شروع می‌شود.
stage-prepare-download = دانلود
stage-prepare-install = نصب
stage-prepare-verify = بررسی
stage-prepare-load = بارگذاری
status-paused = موتور فعلاً متوقف است. نوبت شما محفوظ است و فایل خودش ادامه پیدا می‌کند؛ یا با زدن نام موتور، یکی دیگر را انتخاب کنید.
status-resting = موتور الان مشکل دارد. نوبت فایل شما محفوظ است و خودش ادامه پیدا می‌کند.
status-download = در حال دانلود فایل…
status-decode = در حال خواندن صدا…
status-left = حدود { $time } مانده
status-below = تمام شد. نتیجه پایین‌تر است.
status-transcribe = در حال تبدیل به متن…
status-speakers = در حال تشخیص گوینده‌ها…
status-retrying = { $reason } { $seconds } ثانیهٔ دیگر دوباره امتحان می‌کنم.
status-cancelling = در حال توقف…
status-cancelled = لغو شد.
status-completed = آماده شد: { $duration } صدا در { $wall } با { $engine }.
status-reused = این را قبلاً فرستاده بودید. این متنی است که آن بار { $engine } نوشت ({ $duration } صدا). برای متن تازه، ⋯ و بعد «موتور دیگر» را بزنید.
status-other-language = زبان این صدا ظاهراً { $detected } است، نه { $asked }.
status-bundled = در همان یک سند می‌آید.
status-excerpt-on-request = این اول متن است. برای متن کامل، یکی از فرمت‌های زیر را بزنید.
status-excerpt = این شروع متن است؛ متن کامل در فایل‌هاست.
status-replaced = { $places } جا طبق واژه‌نامهٔ شما نوشته شد.
status-without-speakers = روی این سیستم نشد تشخیص داد چه کسی چه گفت.
status-lost = این فایل آسیب دیده است: حدود { $lost } از آن خوانده نشد.
status-lost-some = این فایل آسیب دیده است: بخشی از آن خوانده نشد.
status-deleted = پاک شد: همین متن، فایل‌هایش و هر چه از آن نگه داشته بودیم.
status-deleted-renewed = پاک شد: همین متن و هر چه از آن نگه داشته بودیم. سند مشترک بدون آن دوباره ساخته می‌شود.
# پیام فایل‌هایی که با هم رسیدند.
burst-files = { $files } فایل
burst-title = { $files } فایل: { $facts }
burst-title-bundled = { $files } فایل در یک سند: { $facts }
burst-and = { "\u200F" }{ $some }، { $more }
burst-done = { $count } آماده
burst-running = { $count } در حال انجام
burst-waiting = { $count } در صف
burst-failed = { $count } ناموفق
burst-cancelled = { $count } لغوشده
burst-without-engine = { $count } بدون موتور
burst-all-done = همه آماده شد
burst-all-cancelled = همه لغو شد
burst-choosing = با کدام موتور به متن تبدیل شوند؟
burst-no-engine = الان هیچ موتوری در دسترس نیست. فایل‌های شما نگه داشته می‌شوند؛ کمی بعد «به‌روزرسانی» را بزنید.
burst-bundled = همه در یک سند می‌آیند، به ترتیبی که فرستادید؛ وقتی آخرین فایل آماده شد.
burst-button-all = همه با { $engine }
burst-button-separate = هر کدام جدا
burst-button-bundle = همه در یک سند
burst-button-never = دیگر پیشنهاد نشود
burst-button-cancel = لغو همه

# نشانهٔ راست‌به‌چپ در آغاز است تا نام لاتین موتور سمت راست بماند.
button-engine = { "\u200F" }{ $facts }
price-free = رایگان
price-a-minute = دقیقه‌ای { $price }
price-USD = { $amount } دلار
price-IRT = { $amount } تومان
stays-here = 🔒 جایی نمی‌رود
expected-time = حدود { $time }
button-always = همیشه با { $engine }
button-engine-open = { "\u200F" }{ $engine } ▾
picker-missing-title = هنوز راه‌اندازی نشده (فقط مدیران می‌بینند):
picker-missing = { "\u200F" }• { $engine }: مقدار { $variable } را برای پردازشگر تنظیم و آن را دوباره اجرا کنید
picker-missing-local = { "\u200F" }• { $engine }: پردازشگری را با آن اجرا کنید (WORKER_LOCAL)
sent-where = صدای شما به کجا می‌رود:
sent-nowhere = { "\u200F" }• { $engine }: جایی نمی‌رود
sent-to-nothing = { "\u200F" }• { $engine }: { $host }، آنجا نمی‌ماند
sent-to-deleted = { "\u200F" }• { $engine }: { $host }، بعد پاک می‌شود
sent-to-unknown = { "\u200F" }• { $engine }: { $host }
sent-retention-unknown = برای بقیه نمی‌دانیم صدا چقدر آنجا می‌ماند.
button-cancel = لغو
button-refresh = به‌روزرسانی
button-retry = تلاش دوباره
button-reopen = انتخاب موتور
button-go-on = ✓ ادامه با { $engine }
button-other = موتور دیگر
button-language = تبدیل به متن { $language }
button-times = متن با زمان
button-copy = کپی
button-on-request = فایل‌ها فقط وقتی خواستم
button-more = ⋯
button-less = ▴
button-fix = اصلاح متن
button-low-confidence = کلمه‌های نامطمئن ({ $words })
button-replaced = تغییرهای واژه‌نامه
button-speakers = چه کسی حرف زد؟
button-delete = 🗑 پاک کردن
button-erase = بله، همین متن پاک شود
button-keep = نه، بماند
button-good = 👍
button-bad = 👎
button-good-chosen = 👍 ✓
button-bad-chosen = 👎 ✓

error-file_empty = فایل خالی است و صدایی ندارد.
error-file_too_large = این فایل خیلی بزرگ است: حداکثر { $limitMegabytes } مگابایت را می‌توان از تلگرام دانلود کرد.
error-file_unavailable = تلگرام دیگر این فایل را ندارد. لطفاً آن را دوباره بفرستید.
error-download_failed = فایل از تلگرام دانلود نشد.
error-link_refused = این لینک به آدرسی می‌رسد که بازش نمی‌کنم. لینکی بفرستید که هر کسی در اینترنت بتواند بازش کند، یا خود فایل را.
error-link_unreachable = سرور این لینک درست پاسخ نداد.
error-link_denied = سرور این لینک اجازهٔ دانلود نداد. آیا بدون ورود به حساب باز می‌شود؟ اگر نه، خود فایل را بفرستید.
error-link_missing = در این آدرس چیزی نیست: سرور لینک چنین فایلی ندارد. آدرس را بررسی کنید یا خود فایل را بفرستید.
error-link_is_page = این لینک به یک صفحه می‌رسد، نه به فایل صدا یا ویدیو. لینک فایل را بفرستید، یا خود فایل را.
error-link_page_failed = نتوانستم از این صفحه ویدیویی بگیرم: شاید ویدیو ندارد، خصوصی است، یا ورود می‌خواهد. خود فایل را بفرستید.
error-link_too_large = فایل این لینک خیلی بزرگ است: حداکثر { $limitMegabytes } مگابایت دانلود می‌شود. آن را در چند تکه بفرستید، یا فقط صدایش را.
error-not_media = این فایل به‌عنوان صدا یا ویدیو خوانده نشد. همان است که نامش می‌گوید؟
error-no_audio_track = این ویدیو صدا ندارد و چیزی برای تبدیل به متن نیست.
error-media_damaged = این فایل خراب است و صدایی از آن خوانده نشد. لطفاً دوباره بفرستید.
error-media_too_long = این فایل خیلی طولانی است: حداکثر { $limitMinutes } دقیقه پذیرفته می‌شود. لطفاً آن را در چند تکه بفرستید.
error-media_too_heavy = این فایل سنگین‌تر از آن است که بتوانم بخوانم. لطفاً با فرمت دیگری بفرستید.
error-quota_spent = این فایل { $fileMinutes } دقیقه است و از سهمیهٔ شما ({ $limitMinutes } دقیقه { $period ->
    [month] در ۳۰ روز
   *[day] در روز
}) این‌قدر نمانده است. چیزی کم نشد. وقتی کافی شد «تلاش دوباره» را بزنید. مصرف شما: ‎/usage
error-no_speech = در این فایل گفتاری پیدا نکردم.
engine-unavailable-python_missing = روی دستگاه پردازشگر پایتون ۳٫۹ یا جدیدتر نیست. نصبش کنید یا LOCAL_PYTHON را تنظیم کنید.
engine-unavailable-venv_missing = پایتون ماژول venv را ندارد. در دبیان و اوبونتو بستهٔ python3-venv را نصب کنید.
engine-unavailable-packages_not_installed = بسته‌های پایتون نصب نشدند. شاید مشکل از شبکه، پراکسی یا فضای دیسک باشد.
engine-unavailable-packages_broken = بسته‌های نصب‌شدهٔ پایتون اجرا نمی‌شوند.
engine-unavailable-model_unknown = مقدار LOCAL_MODEL نه نام یک مدل شناخته‌شده است و نه پوشهٔ یک مدل.
engine-unavailable-model_not_fetched = مدل دانلود نشد. شاید مشکل از شبکه، پراکسی یا فضای دیسک باشد.
engine-unavailable-start_failed = موتور اجرا نمی‌شود. جزئیات در لاگ پردازشگر است.
engine-unavailable-closing = پردازشگر در حال خاموش شدن است.
error-engine_unavailable = این موتور الان قابل استفاده نیست. مشکل از تنظیمات آن در سمت ماست، نه از فایل شما.
error-engine_account = این موتور حساب یا تنظیمات ما را نمی‌پذیرد یا اعتبار حساب تمام شده است. مشکل از سمت ماست، نه از فایل شما.
error-engine_rejected = موتور این فایل را نپذیرفت.
error-engine_failed = موتور پاسخ درستی نداد.
error-engine_response_unknown = سرویس پاسخی داد که شکل آن را نمی‌شناسم ({ $form }). مشکل از سمت ماست، نه از فایل شما.
error-chunks_missing = { $reason } این بخش‌ها مانده‌اند: { $ranges }. بقیه آماده است. برای همین‌ها «تلاش دوباره» یا «انتخاب موتور» را بزنید.
retrying-chunks_missing = بعضی بخش‌ها هنوز مانده‌اند؛ بقیه نگه داشته شده‌اند.
error-deadline_exceeded = این کار بیش از حد طول کشید و متوقف شد.
error-worker_lost = دستگاهی که روی فایل شما کار می‌کرد متوقف شد.
error-disk_full = فضای دستگاه ما پر است.
error-internal = مشکلی در سمت ما پیش آمد.

document-title = متن { $date }
document-date = تاریخ
document-sender = فرستنده
document-duration = مدت
document-engine = موتور
document-language = زبان
document-ranges-by = { $engine } ({ $ranges })
document-file = فایل
document-name = متن { $stamp }
document-numbered = { $name } ({ $number })
document-heading = { $name }، { $time }
document-time = زمان
document-speaker = گوینده
document-speaker-number = گویندهٔ { $number }
document-text = متن
document-missing-glyphs = کاراکترهایی که فونتی نداشتند و به‌جایشان � آمده است

time-range = { $from } تا { $to }
duration-hours = { $minutes ->
    [0] { $hours } ساعت
   *[other] { $hours } ساعت و { $minutes } دقیقه
}
duration-minutes = { $seconds ->
    [0] { $minutes } دقیقه
   *[other] { $minutes } دقیقه و { $seconds } ثانیه
}
duration-seconds = { $seconds } ثانیه
megabytes = { $number } مگابایت
percent = { $number }٪

number = { $number }
