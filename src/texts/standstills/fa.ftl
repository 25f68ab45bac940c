standstill-no-bots = هیچ رباتی روشن نیست.
standstill-no-workers = هیچ پردازشگری روشن نیست و فایل‌ها منتظرند.
standstill-tokens-away = ‏Redis (یا PostgreSQL، اگر REDIS_URL تنظیم نشده) پاسخ نمی‌دهد. پردازشگرها فایلی برنمی‌دارند.
standstill-telegram-away = ‏Bot API تلگرام پاسخ نمی‌دهد.
standstill-updates-stuck = پیام‌ها در تلگرام مانده‌اند و هیچ رباتی آن‌ها را برنمی‌دارد.
standstill-files-stuck = ‏{ $engine }: فایل‌ها منتظرند و هیچ پردازشگری برشان نمی‌دارد، با اینکه پردازشگری می‌گوید آماده است.
standstill-circuit-open = ‏{ $engine } هر بار خطا می‌دهد. فایل‌هایش منتظرند.
standstill-engine-away = ‏{ $engine }: فایل‌ها منتظرند و این موتور روی هیچ پردازشگری آماده نیست.
standstill-answers-unsent = متن‌های آماده به کاربران نمی‌رسد.
standstill-disk-full = دیسک { $machine } که فایل‌های صوتی روی آن است تقریباً پر است.
standstill-files-slow = ‏{ $engine }: فایل‌ها خیلی منتظر می‌مانند. تعداد پردازشگرها کم است.
standstill-backup-old = آخرین نسخهٔ پشتیبان قدیمی است.

advice-no-bots = یک ربات روشن کنید. تلگرام پیام‌ها را تا یک روز نگه می‌دارد.
advice-no-workers = یک پردازشگر روشن کنید. چیزی گم نشده است: فایل‌ها از همان‌جا ادامه پیدا می‌کنند.
advice-tokens-away = ببینید Redis روشن است و REDIS_URL درست است یا نه. وقتی پاسخ بدهد، کار خودبه‌خود ادامه پیدا می‌کند.
advice-telegram-away = ببینید سرور به تلگرام دسترسی دارد و TELEGRAM_API_ROOT درست است یا نه.
advice-updates-stuck = ‏‎/readyz هر ربات می‌گوید چه کم دارد؛ رباتی را که گیر کرده دوباره راه بیندازید. اگر وب‌هوک دارید، «npm run webhook» آخرین خطای تلگرام را نشان می‌دهد.
advice-files-stuck = پردازشگرها را یکی‌یکی دوباره راه بیندازید. قبل از آن، لاگ و ‎/readyz هر کدام می‌گوید مشکل چیست.
advice-circuit-open = ‏‎/report و ‎/engines می‌گویند سرویس چه پاسخی می‌دهد: کلید اشتباه، اعتبار تمام‌شده یا قطعی. دبیر خودش هر پنج دقیقه دوباره امتحان می‌کند.
advice-engine-away = علتش در ‎/engines هست. پردازشگری روشن کنید که این موتور را دارد، یا کاربران موتور دیگری انتخاب کنند.
advice-answers-unsent = لاگ پردازشگرها می‌گوید چرا تلگرام پاسخ‌ها را نمی‌پذیرد. تا نیم روز دوباره امتحان می‌شوند.
advice-disk-full = آنجا فضا خالی کنید و پردازشگر را دوباره راه بیندازید: چیزهای به‌جامانده را پاک می‌کند.
advice-files-slow = پردازشگرهای بیشتری روشن کنید، یا WORKER_LOCAL و WORKER_REMOTE را بیشتر کنید.
advice-backup-old = با «npm run backup» یکی بگیرید، و ببینید چرا زمان‌بند این کار را نکرده است.

notice-begun = 🔴 { $what }
notice-lasts = 🔴 هنوز: { $what }
notice-over = 🟢 برطرف شد: { $what } { $lasted } طول کشید.
notice-since = از { $since } ({ $lasted }).
notice-waiting = منتظر: { $waiting }{ $many ->
    [yes] {" "}یا بیشتر
   *[no] {""}
}.
