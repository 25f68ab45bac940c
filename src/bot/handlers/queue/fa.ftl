command-queue = فایل‌های شما: در حال انجام و در نوبت
queue-empty = چیزی در حال انجام یا در نوبت نیست. یک پیام صوتی بفرستید!
queue-title = فایل‌های شما
queue-choosing = منتظر انتخاب موتور است
queue-waiting = { $before ->
    [0] نوبتش رسیده است
   *[other] { $before } فایل جلوتر از آن است
}
queue-running = در حال انجام است
queue-more = … و چند تای دیگر
queue-line = { "\u200F" }{ $number }. { $name }: { $state }
queue-button-cancel = لغو { $number }
queue-button-cancel-all = لغو همه
