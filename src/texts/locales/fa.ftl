# آنچه مردم می‌خوانند، به فارسی. هر کلید اینجا در en.ftl هم هست، با همان متغیرها.

lane-full-files = صف شما پر است: هم‌اکنون { $limit } فایل در نوبت است و این یکی پذیرفته نشد. وقتی چند تا تمام شد دوباره بفرستید، یا صف را با ‎/cancel خالی کنید.
lane-full-minutes = صف شما پر است: هم‌اکنون { $limit } دقیقه صدا در نوبت است و این یکی پذیرفته نشد. وقتی چند تا تمام شد دوباره بفرستید، یا صف را با ‎/cancel خالی کنید.
quota-day = این فایل در { $minutes } دقیقهٔ روزانهٔ شما جا نمی‌شود (فایل‌های در نوبت هم حساب‌اند) و پذیرفته نشد. از { $again } برایش جا هست. مصرف‌تان را با ‎/usage ببینید.
quota-month = این فایل در { $minutes } دقیقهٔ سی‌روزهٔ شما جا نمی‌شود (فایل‌های در نوبت هم حساب‌اند) و پذیرفته نشد. از { $again } برایش جا هست. مصرف‌تان را با ‎/usage ببینید.
quota-too-long-day = این صدا از { $minutes } دقیقه‌ای که در روز دارید بلندتر است و پذیرفته نشد. تکهٔ کوتاه‌تری از آن بفرستید.
quota-too-long-month = این صدا از { $minutes } دقیقه‌ای که در سی روز دارید بلندتر است و پذیرفته نشد. تکهٔ کوتاه‌تری از آن بفرستید.

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
   *[other] { $files } فایل، حداکثر { $most }
}
usage-cost = هزینهٔ موتورها در ۳۰ روز: { $costs }
kind-voice = پیام صوتی
kind-audio = فایل صوتی
kind-video = ویدیو
kind-video_note = پیام ویدیویی
kind-document = فایل
kind-link = پیوند

status-choosing = با کدام موتور به متن تبدیل شود؟
status-choosing-preparing = { $engine } برای نخستین بار در حال آماده شدن است. همین حالا هم می‌توانید انتخابش کنید؛ فایل شما خودش شروع می‌شود.
status-choosing-paused = { $engine } فعلاً متوقف است؛ فایلی که به آن بسپارید تا ادامهٔ کارش منتظر می‌ماند.
status-choosing-resting = { $engine } الان مشکل دارد؛ فایلی که به آن بسپارید تا بازگشتش منتظر می‌ماند.
status-no-engine = الان هیچ موتوری در دسترس نیست. فایل شما نگه داشته می‌شود؛ کمی بعد «دوباره ببین» را بزنید.
status-waiting = { $before ->
    [0] نوبت این فایل است و خودش شروع می‌شود.
    [100] در نوبت: دست‌کم ۱۰۰ فایل جلوتر است
   *[other] در نوبت: { $before } فایل جلوتر است
}
status-preparing = موتور در حال آماده شدن است ({ $stage }). فایل شما خودش شروع می‌شود.
stage-prepare-download = دریافت
stage-prepare-install = نصب
stage-prepare-verify = بررسی
stage-prepare-load = بارگذاری
status-paused = موتور فعلاً متوقف شده است. نوبت فایل شما محفوظ است و خودش ادامه پیدا می‌کند؛ موتور دیگری هم می‌توانید انتخاب کنید.
status-resting = موتور الان مشکل دارد. نوبت فایل شما محفوظ است و خودش ادامه پیدا می‌کند.
status-download = در حال دریافت فایل…
status-decode = در حال خواندن صدا…
status-left = حدود { $time } مانده
status-listen = در حال گوش دادن…
status-retrying = { $reason } { $seconds } ثانیهٔ دیگر دوباره تلاش می‌کنم.
status-cancelling = در حال توقف…
status-cancelled = لغو شد.
status-completed = آماده شد: { $duration } صدا در { $wall } با { $engine }.
status-repeated = این صدا را پیش‌تر هم فرستاده بودید: این همان متنی است که { $engine } آن بار نوشت ({ $duration } صدا). با «موتور دیگر» از نو نوشته می‌شود.
status-other-language = این صدا به { $heard } بیشتر می‌خورد تا { $asked }. اگر چنین است، آن را با توضیح { $code } دوباره بفرستید.
status-joined = در همان یک سند می‌آید.
status-excerpt-on-request = این آغاز متن است؛ همهٔ آن با یک دکمه در فایل می‌آید.
status-excerpt = این آغاز متن است؛ همهٔ آن در فایل‌هاست.
status-replaced = { $places } جا به املای واژه‌نامهٔ شما نوشته شد.
status-lost = این فایل آسیب دیده است: حدود { $lost } از آن خوانده نشد.
status-lost-some = این فایل آسیب دیده است: بخشی از آن خوانده نشد.
status-deleted = پاک شد: متن، فایل‌ها و هر چه از آن نزد ما بود.

# نشانهٔ راست‌به‌چپ در آغاز است تا نام لاتین موتور سمت راست بماند.
button-engine = { "\u200F" }{ $facts }
price-free = رایگان
price-a-minute = دقیقه‌ای { $price }
price-USD = { $amount } دلار
price-IRT = { $amount } تومان
stays-here = 🔒 همین‌جا
expected-time = حدود { $time }
button-always = همیشه { $engine }
sent-where = صدای شما به کجا می‌رود:
sent-nowhere = { "\u200F" }• { $engine }: هیچ‌جا، پیش ربات می‌ماند
sent-to-nothing = { "\u200F" }• { $engine }: { $host }، آنجا نمی‌ماند
sent-to-deleted = { "\u200F" }• { $engine }: { $host }، بعد پاک می‌شود
sent-to-unknown = { "\u200F" }• { $engine }: { $host }
sent-keeping-unknown = جز آنچه گفته شد، نمی‌دانیم صدا چقدر آنجا می‌ماند.
button-cancel = لغو
button-refresh = دوباره ببین
button-retry = دوباره تلاش کن
button-reopen = انتخاب موتور
button-other = موتور دیگر
button-times = با زمان
button-fix = اصلاح متن
button-unsure = واژه‌های نامطمئن ({ $words })
button-replaced = از واژه‌نامه
button-delete = پاک کن
button-erase = بله، همه‌چیز پاک شود
button-keep = بماند
button-good = 👍
button-bad = 👎
button-good-chosen = 👍 ✓
button-bad-chosen = 👎 ✓

error-file_empty = فایل خالی است و چیزی برای شنیدن ندارد.
error-file_too_large = این فایل بزرگ است: حداکثر { $limitMegabytes } مگابایت را می‌توان از تلگرام گرفت.
error-file_unavailable = تلگرام دیگر این فایل را ندارد. لطفاً آن را دوباره بفرستید.
error-download_failed = فایل از تلگرام دریافت نشد.
error-link_refused = این پیوند به نشانی‌ای می‌رسد که بازش نمی‌کنم. پیوندی بفرستید که هر کسی در اینترنت بتواند بازش کند، یا خود فایل را.
error-link_unreachable = سرور این پیوند درست پاسخ نداد.
error-link_denied = سرور این پیوند فایل را نمی‌دهد. آیا بی‌نیاز از ورود باز می‌شود؟ اگر نه، خود فایل را بفرستید.
error-link_is_page = این پیوند به یک صفحه می‌رسد، نه به فایل صدا یا ویدیو. پیوند خود فایل را بفرستید، یا فایل را.
error-link_page_failed = از این صفحه ویدیویی نگرفتم: شاید ویدیو ندارد، خصوصی است، یا ورود می‌خواهد. خود فایل را بفرستید.
error-link_too_large = فایل این پیوند بزرگ است: بیشتر از { $limitMegabytes } مگابایت گرفته نمی‌شود. آن را در چند تکه بفرستید، یا فقط صدایش را.
error-not_media = این فایل صدا یا ویدیوی خواندنی نیست. آیا همان است که نامش می‌گوید؟
error-no_audio_track = این ویدیو صدا ندارد و چیزی برای نوشتن نیست.
error-media_damaged = این فایل خراب است و چیزی از آن شنیده نمی‌شود. لطفاً آن را دوباره بفرستید.
error-media_too_long = این فایل طولانی است: حداکثر { $limitMinutes } دقیقه پذیرفته می‌شود. لطفاً آن را در چند تکه بفرستید.
error-media_too_heavy = خواندن این فایل بیش از اندازهٔ مجاز حافظه یا زمان می‌خواهد. لطفاً آن را با قالب دیگری بفرستید.
error-quota_spent = این فایل { $fileMinutes } دقیقه صدا دارد و از ماندهٔ { $limitMinutes } دقیقهٔ { $period ->
    [month] سی‌روزهٔ
   *[day] روزانهٔ
} شما بیشتر است. چیزی مصرف نشد. مانده را ‎/usage نشان می‌دهد؛ وقتی کافی بود دوباره تلاش کنید.
error-no_speech = در این فایل گفتاری نشنیدم.
error-engine_unavailable = این موتور الان قابل استفاده نیست. مشکل از حساب یا تنظیمات آن نزد ماست، نه از فایل شما.
error-engine_rejected = موتور این فایل را نپذیرفت.
error-engine_failed = موتور پاسخ درستی نداد.
error-parts_missing = { $reason } این بخش‌ها مانده است: { $ranges }. بقیه نگه داشته شده است: فقط همین‌ها را دوباره امتحان کنید یا به موتور دیگری بسپارید.
retrying-parts_missing = بعضی بخش‌ها هنوز مانده است؛ بقیه نگه داشته شده است.
error-deadline_exceeded = این کار بیش از اندازه طول کشید و متوقف شد.
error-worker_lost = دستگاهی که روی فایل شما کار می‌کرد از کار افتاد.
error-disk_full = الان روی دستگاه ما جای خالی نمانده است.
error-internal = مشکلی از سوی ما پیش آمد.

document-title = متن { $date }
document-date = تاریخ
document-sender = فرستنده
document-duration = مدت
document-engine = موتور
document-language = زبان
document-parts-by = { $engine } ({ $ranges })
document-file = فایل
document-name = متن { $stamp }
document-heading = { $name }، { $time }
document-time = زمان
document-speaker = گوینده
document-speaker-number = گویندهٔ { $number }
document-text = متن
document-undrawn = نویسه‌هایی که هیچ قلمی نداشتند و جایشان � آمده است

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
