command-admin = صفحهٔ مدیریت
command-stats = امروز و ۷ روز گذشته
command-report = خطاهای اخیر
command-engines = موتورها: وضعیت، موفقیت، سرعت
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
