# آنچه مردم می‌خوانند، به فارسی. هر کلید اینجا در en.ftl هم هست، با همان متغیرها.

start =
    سلام { $name }، من گفته‌های پیام صوتی، فایل صوتی و ویدیو را می‌نویسم؛ یکی بفرستید یا فوروارد کنید.
    متن را همین‌جا و در فایل‌های TXT و Word و PDF می‌گیرید.
help =
    پیام صوتی، فایل صوتی، ویدیو یا پیام ویدیویی بفرستید. می‌پرسم با کدام موتور به متن تبدیل شود، پیشرفت کار را نشان می‌دهم و متن را با فایل‌هایش می‌فرستم.
    اگر زبان درست تشخیص داده نشد، آن را با /language بگویید. برای یک فایل می‌توانید موتور و زبان و قالب را در توضیح (کپشن) آن بنویسید؛ مثلاً vira fa srt.

    هر بار یکی از فایل‌های شما انجام می‌شود؛ بقیه به‌ترتیب در نوبت می‌مانند و خودشان شروع می‌شوند.

    /queue – فایل‌های در حال انجام و در نوبت
    /cancel – لغو فایل‌های شما
    /usage – مصرف شما
    /settings – کدام فایل‌ها، و به چه شکل
    /language – زبان صداهای شما
    /help – همین راهنما
command-start = دبیر چه می‌کند
command-help = راهنما
command-queue = فایل‌های شما: در حال انجام و در نوبت
command-cancel = لغو فایل‌های شما
command-usage = مصرف شما
command-settings = کدام فایل‌ها، و به چه شکل
command-language = زبان صداهای شما
command-admin = صفحهٔ مدیریت
command-stats = امروز و هفت روز گذشته
command-report = خطاهای تازه
command-engines = موتورها: آمادگی، موفقیت، سرعت
command-user = حساب یک نفر
command-quota = سهمیهٔ یک نفر
command-block = بستن راه یک نفر
command-unblock = باز کردن راه یک نفر
command-flush = صف گیرکردهٔ یک نفر
command-invite = پیوند دعوت
command-broadcast = پیام به همه
send-me-audio = من گفتار را به متن تبدیل می‌کنم. پیام صوتی، فایل صوتی یا ویدیو بفرستید.
not-media = این فایل صدا یا ویدیو نیست. پیام صوتی، فایل صوتی یا ویدیو بفرستید.
file-too-large-now = حجم این فایل { $size } است، اما ربات‌ها فایل‌های بزرگ‌تر از { $limit } را نمی‌توانند از تلگرام بگیرند. آن را در چند تکه بفرستید، یا فقط صدایش را.
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
usage-id = شناسهٔ شما: { $id }
usage-when = روز نیمه‌شب تمام می‌شود ({ $zone })؛ دقیقه‌های ۳۰ روز روزبه‌روز برمی‌گردند.

announcements-off = دیگر اطلاعیه‌ای نمی‌گیرید
announcements-on = دوباره اطلاعیه می‌گیرید
button-announcements-off = 🔕 دیگر اطلاعیه نفرست
button-announcements-on = 🔔 دوباره اطلاعیه بفرست

access-blocked = دیگر نمی‌توانید از این ربات استفاده کنید.
access-uninvited = این ربات با دعوت است. اگر کسی به شما پیوندی داده، یک بار دیگر بازش کنید؛ وگرنه از کسی که ربات را معرفی کرده پیوند بخواهید.
access-unlisted = این ربات فقط برای افراد معینی است. اگر باید یکی از آن‌ها باشید، شناسه‌تان را به گردانندهٔ ربات بدهید: { $id }
invitation-invalid = این دعوت مصرف شده یا کهنه است. پیوند تازه‌ای بخواهید.

queue-empty = چیزی در حال انجام یا در نوبت نیست. یک پیام صوتی بفرستید!
queue-title = فایل‌های شما
queue-choosing = منتظر انتخاب موتور است
queue-waiting = { $before ->
    [0] نوبتش رسیده است
   *[other] { $before } فایل جلوتر است
}
queue-running = در حال انجام است
queue-more = … و چند تای دیگر

cancel-nothing = چیزی برای لغو کردن نیست.
cancel-all = { $count ->
    [one] فایل شما لغو شد.
   *[other] { $count } فایل شما لغو شد.
}

language-ask = صداهایتان به چه زبانی است؟ برای یک فایل می‌توانید زبان دیگری در توضیحش بنویسید.
language-unknown = این کدِ زبان را نمی‌شناسم. یکی را برگزینید یا کدش را بنویسید: ‎/language de
language-auto = هر بار خودت تشخیص بده
language-set = ثبت شد
language-chosen-auto = زبان هر صدا را خودم تشخیص می‌دهم.
language-chosen = صداهایتان را به این زبان می‌شنوم: { $language }. با ‎/language عوض می‌شود.

settings-main = فایل‌هایتان با کدام موتور شروع شوند و چگونه برگردند؟ هر چه را بزنید همان لحظه عوض می‌شود و از فایل بعدی به کار می‌رود.
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
settings-page = کاغذ: { $value ->
    [letter] لتر
   *[a4] A4
}
settings-lines = سطرهای PDF: { $value ->
    [ragged] آزاد
   *[justified] هم‌تراز
}
settings-times = زمان در حاشیهٔ PDF: { $value ->
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

kind-voice = پیام صوتی
kind-audio = فایل صوتی
kind-video = ویدیو
kind-video_note = پیام ویدیویی
kind-document = فایل

status-choosing = با کدام موتور به متن تبدیل شود؟
status-choosing-preparing = { $engine } برای نخستین بار در حال آماده شدن است. همین حالا هم می‌توانید انتخابش کنید؛ فایل شما خودش شروع می‌شود.
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
status-resting = موتور الان مشکل دارد. نوبت فایل شما محفوظ است و خودش ادامه پیدا می‌کند.
status-download = در حال دریافت فایل…
status-decode = در حال خواندن صدا…
status-listen = در حال گوش دادن…
status-retrying = { $reason } { $seconds } ثانیهٔ دیگر دوباره تلاش می‌کنم.
status-cancelling = در حال توقف…
status-cancelled = لغو شد.
status-completed = آماده شد: { $duration } صدا در { $wall } با { $engine }.
status-other-language = این صدا به { $heard } بیشتر می‌خورد تا { $asked }. اگر چنین است، آن را با توضیح { $code } دوباره بفرستید.
status-excerpt = این آغاز متن است؛ همهٔ آن در فایل‌هاست.
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
button-delete = پاک کن
button-erase = بله، همه‌چیز پاک شود
button-keep = بماند
button-good = 👍
button-bad = 👎
button-good-chosen = 👍 ✓
button-bad-chosen = 👎 ✓

answer-started = انتخاب شد؛ خودش شروع می‌شود
answer-waiting = در نوبت شما قرار گرفت
answer-already = دربارهٔ این فایل پیش‌تر تصمیم گرفته‌اید
answer-cancelled = لغو شد
answer-cancelling = در حال توقف…
answer-ended = کار این فایل تمام شده است
answer-unknown = این دکمه دیگر کار نمی‌کند
answer-engine-gone = این موتور الان در دسترس نیست؛ یکی دیگر را انتخاب کنید
answer-choose = موتور آن را انتخاب کنید
answer-delete-sure = متن و فایل‌ها برای همیشه پاک می‌شوند. پاک شود؟
answer-deleted = پاک شد
answer-kept = ماند
answer-thanks = ثبت شد؛ سپاس
answer-always = ثبت شد: از این پس فایل‌ها خودشان شروع می‌شوند. با ‎/settings عوض می‌شود
answer-format = در راه است
answer-refreshed = این‌ها الان در دسترس‌اند
answer-still-none = هنوز موتوری در دسترس نیست؛ کمی بعد دوباره امتحان کنید

error-file_empty = فایل خالی است و چیزی برای شنیدن ندارد.
error-file_too_large = این فایل بزرگ است: حداکثر { $limitMegabytes } مگابایت را می‌توان از تلگرام گرفت.
error-file_unavailable = تلگرام دیگر این فایل را ندارد. لطفاً آن را دوباره بفرستید.
error-download_failed = فایل از تلگرام دریافت نشد.
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
document-time = زمان
document-speaker = گوینده
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

# برای مدیران.
staff-whom = چه کسی؟ شناسهٔ عددی یا ‎@نام او را پس از دستور بنویسید، یا دستور را در پاسخ به پیامی که از او فوروارد شده بفرستید.
staff-nobody = کسی با این شناسه یا نام به من پیام نداده است.
staff-hidden = تلگرام نویسندهٔ آن پیام را پنهان می‌کند. شناسهٔ عددی یا ‎@نام او را پس از دستور بنویسید.
staff-done = انجام شد
staff-shown = بفرمایید
staff-already = از پیش همین بود.
staff-unknown = کسی با این شناسه به من پیام نداده است.
staff-protected = اجازهٔ این کار را دربارهٔ این شخص ندارید.
staff-blocked = راهش بسته شد. یک بار به او گفته می‌شود و دیگر فایلی از او پذیرفته نمی‌شود.
staff-unblocked = دوباره می‌تواند از ربات استفاده کند.
staff-today = امروز: { $totals }
staff-week = هفت روز: { $totals }
staff-people = { $people } نفر
staff-failures = { $failures ->
    [0] بی‌خطا
   *[other] { $failures } خطا
}
staff-open = در حال انجام یا در نوبت: { $files } فایل{ $many ->
    [yes] {" "}یا بیشتر
   *[no] {""}
}
staff-report = خطاهای هفت روز گذشته:
staff-no-failures = در هفت روز گذشته خطایی نبوده است.
staff-failure = • { $count } × { $code } · { $engine } · آخرین: { $last }
staff-no-engines = در نیم‌دقیقهٔ گذشته هیچ کارگری از موتوری خبر نداده است. آیا کارگری روشن است؟
staff-engine-ready = آماده
staff-engine-preparing = در حال آماده شدن
staff-engine-resting = زیاد خطا داده و در استراحت است
staff-engine-unavailable = در دسترس نیست: { $reason }
staff-success = { $share } خوب پیش رفت
staff-pace = هر دقیقه صدا در { $time }
staff-account = از { $since }، آخرین بار { $seen }
staff-is-admin = مدیر
staff-is-uninvited = هنوز راه ندارد: دعوت ندارد
staff-is-blocked = راهش بسته است از { $since }
staff-button-queue = صف
staff-button-quota = سهمیه
staff-button-block = راهش را ببند
staff-button-unblock = راهش را باز کن
staff-button-admit = راهش بده
staff-button-promote = مدیر شود
staff-button-demote = دیگر مدیر نباشد
staff-button-give-back = دوباره به راه بینداز
staff-button-cancel-all = همه لغو شود
staff-queue = صف { $name }
staff-queue-empty = { $name } چیزی در حال انجام یا در نوبت ندارد.
staff-given_back = فایل از کارگرش گرفته شد؛ بعدی آن را برمی‌دارد
staff-idle = هیچ فایلی از او دست کارگری نبود
staff-quota = سهمیهٔ { $name }. هر دکمه همان لحظه اثر دارد؛ عدد دیگر را چنین بنویسید: ‎/quota ID day 45 (یا month، یا files).
staff-quota-how = چنین بنویسید: ‎/quota ID day 45. به جای day می‌شود month یا files نوشت، و به جای عدد unlimited یا default.
staff-quota-day = دقیقه در روز
staff-quota-month = دقیقه در ۳۰ روز
staff-quota-files = فایل در نوبت
staff-quota-unlimited = ∞
staff-quota-default = معمول
staff-invitation = پیوندی برای { $uses } نفر، تا یک هفته: { $link }
staff-invite-how = چنین بنویسید: ‎/invite، یا ‎/invite 20 برای پیوندی که ۲۰ نفر را راه می‌دهد (حداکثر { $most }).
staff-invite-needless = الان کسی به آن نیاز ندارد: ACCESS برابر invitation نیست.
staff-broadcast-how = چنین بنویسید: ‎/broadcast و پیام‌تان پس از آن، یا ‎/broadcast در پاسخ به پیام.
staff-broadcast-sure = پیام بالا به { $people } نفر می‌رسد. فرستاده شود؟
staff-button-send = به { $people } نفر بفرست
staff-button-stop = توقف
staff-broadcast-sending = در حال فرستادن، هر ثانیه به حدود ۲۰ نفر. وقتی به همه رسید خبر می‌دهم.
staff-broadcast-stopped = متوقف شد. به هر که رسیده، می‌ماند.
staff-broadcast-over = کار آن اطلاعیه تمام شده است.
staff-broadcast-done = اطلاعیه به { $sent } نفر فرستاده شد{ $missed ->
    [0] .
   *[other] ؛ به { $missed } نفر نرسید.
}

number = { $number }
