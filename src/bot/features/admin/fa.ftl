command-admin = صفحهٔ مدیریت
command-stats = امروز و هفت روز گذشته
command-report = خطاهای تازه
command-engines = موتورها: آمادگی، موفقیت، سرعت
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
