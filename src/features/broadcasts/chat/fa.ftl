command-broadcast = پیام به همه
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
announcements-off = دیگر اطلاعیه‌ای نمی‌گیرید
announcements-on = دوباره اطلاعیه می‌گیرید
button-announcements-off = 🔕 خاموش کردن اطلاعیه‌ها
button-announcements-on = 🔔 روشن کردن اطلاعیه‌ها
