command-admin = صفحهٔ مدیریت
command-stats = امروز و ۷ روز گذشته
command-report = خطاهای اخیر
command-engines = موتورها: وضعیت، موفقیت، سرعت
command-user = حساب یک کاربر
command-quota = سهمیهٔ یک کاربر
command-block = مسدود کردن کاربر
command-unblock = رفع مسدودی کاربر
command-flush = صف گیرکردهٔ یک کاربر
command-invite = لینک دعوت
command-broadcast = پیام به همه
staff-whom = کدام کاربر؟ شناسهٔ عددی یا ‎@نام او را بعد از دستور بنویسید، یا دستور را در پاسخ به پیامی که از او فوروارد شده بفرستید.
staff-nobody = کاربری با این شناسه یا نام به من پیام نداده است.
staff-hidden = تلگرام فرستندهٔ آن پیام را پنهان می‌کند. شناسهٔ عددی یا ‎@نام او را بعد از دستور بنویسید.
staff-done = انجام شد
staff-shown = بفرمایید
staff-already = قبلاً انجام شده است.
staff-unknown = کاربری با این شناسه به من پیام نداده است.
staff-protected = این کار برای این کاربر مجاز نیست.
staff-blocked = مسدود شد. یک بار به او خبر داده می‌شود و دیگر فایلی از او پذیرفته نمی‌شود.
staff-unblocked = دوباره می‌تواند از ربات استفاده کند.
staff-today = امروز: { $totals }
staff-week = ۷ روز: { $totals }
staff-people = { $people } کاربر
staff-failures = { $failures ->
    [0] بدون خطا
   *[other] { $failures } خطا
}
staff-open = در حال انجام یا در نوبت: { $files } فایل{ $many ->
    [yes] {" "}یا بیشتر
   *[no] {""}
}
staff-report = خطاهای ۷ روز گذشته:
staff-no-failures = در ۷ روز گذشته خطایی نبوده است.
staff-failure = • { $count } × { $code } · { $engine } · آخرین: { $last }
staff-no-engines = در ۳۰ ثانیهٔ گذشته هیچ پردازشگری از موتوری خبر نداده است. پردازشگری روشن است؟
staff-engine-ready = آماده
staff-engine-preparing = در حال آماده شدن
staff-engine-resting = به‌خاطر خطای زیاد در استراحت است
staff-engine-paused = یک مدیر متوقفش کرده است
staff-engine-unavailable = در دسترس نیست: { $reason }
staff-success = { $share } موفق
staff-pace = هر دقیقه صدا در { $time }
staff-account = عضو از { $since }، آخرین بازدید { $seen }
staff-is-admin = مدیر
staff-is-uninvited = دسترسی ندارد: دعوت نشده است
staff-is-blocked = مسدود از { $since }
staff-button-queue = صف
staff-button-quota = سهمیه
staff-button-block = مسدود کردن
staff-button-unblock = رفع مسدودی
staff-button-admit = دادن دسترسی
staff-button-promote = مدیر کردن
staff-button-demote = لغو مدیریت
staff-ask-block = { $name } مسدود شود؟ یک بار به او خبر داده می‌شود و تا رفع مسدودی فایلی از او پذیرفته نمی‌شود.
staff-ask-promote = { $name } مدیر شود؟ مدیر می‌تواند فایل‌های همه را لغو یا پاک کند و دسترسی کاربران را ببندد یا باز کند.
staff-button-sure-ask-block = بله، مسدود شود
staff-button-sure-ask-promote = بله، مدیر شود
staff-button-back = بازگشت
staff-button-give-back = برگرداندن به صف
staff-button-cancel-all = لغو همه
staff-queue = صف { $name }
staff-queue-empty = { $name } فایلی در حال انجام یا در نوبت ندارد.
staff-given_back = فایل به صف برگشت؛ پردازشگر بعدی آن را برمی‌دارد
staff-idle = هیچ پردازشگری فایلی از او نداشت
staff-quota = سهمیهٔ { $name }. هر دکمه بلافاصله اثر می‌کند. برای عدد دیگر: ‎/quota ID day 45 (یا month، یا files).
staff-quota-how = نمونه: ‎/quota ID day 45. به‌جای day می‌توانید month یا files بنویسید، و به‌جای عدد unlimited یا default.
staff-quota-day = دقیقه در روز
staff-quota-month = دقیقه در ۳۰ روز
staff-quota-files = فایل در نوبت
staff-quota-unlimited = ∞
staff-quota-default = پیش‌فرض
staff-invitation = لینکی برای { $uses } کاربر، تا یک هفته: { $link }
staff-invite-how = دستور ‎/invite را بفرستید، یا ‎/invite 20 را برای لینکی که به ۲۰ کاربر دسترسی می‌دهد (حداکثر { $most }).
staff-invite-needless = به دعوت نیازی نیست: ACCESS برابر invitation نیست.
staff-broadcast-how = پیامتان را بعد از ‎/broadcast بنویسید، یا ‎/broadcast را در پاسخ به پیام بفرستید.
staff-broadcast-sure = پیام بالا به { $people } کاربر می‌رسد. فرستاده شود؟
staff-button-send = ارسال به { $people } کاربر
staff-button-stop = توقف
staff-broadcast-sending = در حال ارسال، حدود ۲۰ کاربر در ثانیه. وقتی تمام شد خبر می‌دهم.
staff-broadcast-stopped = متوقف شد. پیام‌های فرستاده‌شده می‌مانند.
staff-broadcast-over = ارسال آن پیام تمام شده است.
staff-broadcast-done = پیام به { $sent } کاربر فرستاده شد{ $missed ->
    [0] .
   *[other] ؛ به { $missed } نفر نرسید.
}
