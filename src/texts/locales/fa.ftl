# آنچه مردم می‌خوانند، به فارسی. هر کلید اینجا در en.ftl هم هست، با همان متغیرها.

start =
    سلام { $name }! پیام صوتی، فایل صوتی یا ویدیو بفرستید یا فوروارد کنید تا گفته‌هایش را بنویسم.
    متن را همین‌جا و در فایل‌های TXT و Word و PDF می‌گیرید.
help =
    پیام صوتی، فایل صوتی، ویدیو یا ویدیوی گرد بفرستید. می‌پرسم کدام موتور گوش کند، پیشرفت کار را نشان می‌دهم و متن را با فایل‌هایش می‌فرستم.
    اگر زبانش درست تشخیص داده نشد، دوباره بفرستیدش و کد زبان را در شرح فایل بنویسید؛ مثلاً fa یا en.

    هر بار یکی از فایل‌های شما پیش می‌رود؛ بقیه به‌ترتیب در نوبت می‌مانند و خودشان شروع می‌شوند.

    /queue – فایل‌های در حال انجام و در نوبت
    /cancel – لغو فایل‌های شما
    /help – همین راهنما
command-start = دبیر چه می‌کند
command-help = راهنما
command-queue = فایل‌های شما: در حال انجام و در نوبت
command-cancel = لغو فایل‌های شما
send-me-audio = من گفتار را می‌نویسم. پیام صوتی، فایل صوتی یا ویدیو بفرستید.
not-media = این فایل صدا یا ویدیو نیست. پیام صوتی، فایل صوتی یا ویدیو بفرستید.
file-too-large-now = حجم این فایل { $size } است و ربات‌ها حداکثر { $limit } از تلگرام می‌گیرند. آن را در چند تکه یا فقط صدایش را بفرستید.

queue-empty = چیزی در حال انجام یا در نوبت نیست. یک پیام صوتی بفرستید!
queue-title = فایل‌های شما
queue-choosing = منتظر انتخاب موتور است
queue-waiting = { $before ->
    [0] نوبت بعدی است
   *[other] { $before } فایل جلوتر است
}
queue-running = در حال انجام است
queue-more = … و چند تای دیگر

cancel-nothing = چیزی برای لغو نیست.
cancel-all = { $count ->
    [one] فایل شما لغو شد.
   *[other] { $count } فایل شما لغو شد.
}

kind-voice = پیام صوتی
kind-audio = فایل صوتی
kind-video = ویدیو
kind-video_note = ویدیوی گرد
kind-document = فایل

status-choosing = کدام موتور گوش کند؟
status-choosing-preparing = { $engine } برای نخستین بار دارد آماده می‌شود؛ می‌توانید همین حالا انتخابش کنید، فایل شما خودش شروع می‌شود.
status-no-engine = الان هیچ موتوری در دسترس نیست. فایل شما نزد ماست؛ کمی بعد «دوباره ببین» را بزنید.
status-waiting = { $before ->
    [0] نوبت شماست: شروع می‌شود…
    [100] در نوبت: دست‌کم ۱۰۰ فایل جلوتر است
   *[other] در نوبت: { $before } فایل جلوتر است
}
status-preparing = موتور دارد آماده می‌شود: { $stage }. فایل شما خودش شروع می‌شود.
stage-prepare-download = دریافت
stage-prepare-install = نصب
stage-prepare-verify = بررسی
stage-prepare-load = بارگذاری
status-download = دریافت فایل…
status-decode = خواندن صدا…
status-listen = در حال شنیدن…
status-retrying = { $reason } { $seconds } ثانیهٔ دیگر دوباره تلاش می‌کنم.
status-cancelling = در حال توقف…
status-cancelled = لغو شد.
status-completed = آماده شد: { $duration } صدا در { $wall } با { $engine }.
status-failed = { $reason }

button-engine-local = { $engine } · رایگان، روی همین دستگاه
button-engine-remote = { $engine }
button-cancel = لغو
button-refresh = دوباره ببین

answer-started = شروع شد
answer-waiting = در نوبت شما قرار گرفت
answer-already = این پیش‌تر انتخاب شده است
answer-cancelled = لغو شد
answer-cancelling = در حال توقف…
answer-ended = کار این فایل تمام شده است
answer-unknown = این دکمه دیگر کار نمی‌کند
answer-engine-gone = این موتور الان در دسترس نیست؛ یکی دیگر را انتخاب کنید
answer-refreshed = این‌ها الان در دسترس‌اند

error-file_empty = فایل خالی است و چیزی برای شنیدن ندارد.
error-file_too_large = فایل بزرگ است: حداکثر { $limitMegabytes } مگابایت را می‌توان گرفت.
error-file_unavailable = تلگرام دیگر این فایل را ندارد. لطفاً دوباره بفرستیدش.
error-download_failed = فایل از تلگرام دریافت نشد.
error-not_media = این فایل صدا یا ویدیویی نیست که بتوان خواند. آیا همان است که نامش می‌گوید؟
error-no_audio_track = این ویدیو صدا ندارد و چیزی برای نوشتن نیست.
error-media_damaged = فایل خراب است و چیزی از آن شنیده نمی‌شود. لطفاً دوباره بفرستیدش.
error-media_too_long = این فایل طولانی است: حداکثر { $limitMinutes } دقیقه پذیرفته می‌شود. لطفاً آن را در چند تکه بفرستید.
error-media_too_heavy = خواندن این فایل بیش از اندازهٔ مجاز حافظه یا زمان می‌خواهد. لطفاً آن را با قالب دیگری بفرستید.
error-no_speech = در این فایل گفتاری نشنیدم.
error-engine_unavailable = موتور الان در دسترس نیست.
error-engine_rejected = موتور این فایل را نپذیرفت.
error-engine_failed = موتور پاسخ درستی نداد.
error-deadline_exceeded = این کار بیش از اندازه طول کشید و متوقف شد.
error-worker_lost = دستگاهی که روی فایل شما کار می‌کرد از کار افتاد.
error-internal = مشکلی از سوی ما پیش آمد.

document-title = متن { $date }
document-date = تاریخ
document-duration = مدت
document-engine = موتور
document-file = فایل
document-name = متن { $stamp }

duration-hours = { $hours } ساعت و { $minutes } دقیقه
duration-minutes = { $minutes } دقیقه و { $seconds } ثانیه
duration-seconds = { $seconds } ثانیه
megabytes = { $number } مگابایت
percent = { $number }٪
