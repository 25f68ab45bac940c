command-admin = صفحهٔ مدیریت
command-stats = امروز و ۷ روز گذشته
command-report = خطاهای اخیر
command-engines = موتورها: وضعیت، موفقیت، سرعت
admin-chat-today = امروز: { $totals }
admin-chat-week = ۷ روز: { $totals }
admin-chat-users = { $users } کاربر
admin-chat-failures = { $failures ->
    [0] بدون خطا
   *[other] { $failures } خطا
}
admin-chat-open = در حال انجام یا در نوبت: { $files } فایل{ $many ->
    [yes] {" "}یا بیشتر
   *[no] {""}
}
admin-chat-report = خطاهای ۷ روز گذشته:
admin-chat-no-failures = در ۷ روز گذشته خطایی نبوده است.
admin-chat-failure = • { $count } × { $code } · { $engine } · آخرین: { $last }
admin-chat-no-engines = در ۳۰ ثانیهٔ گذشته هیچ پردازشگری از موتوری خبر نداده است. پردازشگری روشن است؟
admin-chat-engine-ready = آماده
admin-chat-engine-preparing = در حال آماده شدن
admin-chat-engine-resting = به‌خاطر خطای زیاد در استراحت است
admin-chat-engine-paused = یک مدیر متوقفش کرده است
admin-chat-engine-unavailable = در دسترس نیست: { $reason }
admin-chat-success = { $share } موفق
admin-chat-speed = هر دقیقه صدا در { $time }
