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
staff-engine-paused = یک مدیر متوقفش کرده است
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
staff-ask-block = راه { $name } بسته شود؟ یک بار به او گفته می‌شود و تا بازش نکنید فایلی از او پذیرفته نمی‌شود.
staff-ask-promote = { $name } مدیر شود؟ مدیر می‌تواند فایل‌های همه را لغو یا پاک کند و راه افراد را ببندد یا باز کند.
staff-button-sure-ask-block = بله، بسته شود
staff-button-sure-ask-promote = بله، مدیر شود
staff-button-back = بازگشت
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
