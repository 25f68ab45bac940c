command-broadcast = پیام به همه
admin-chat-broadcast-how = پیامتان را بعد از ‎/broadcast بنویسید، یا ‎/broadcast را در پاسخ به پیام بفرستید.
admin-chat-broadcast-sure = پیام بالا به { $users } کاربر می‌رسد. فرستاده شود؟
admin-chat-button-send = ارسال به { $users } کاربر
admin-chat-button-stop = توقف
admin-chat-broadcast-sending = در حال ارسال، حدود ۲۰ کاربر در ثانیه. وقتی تمام شد خبر می‌دهم.
admin-chat-broadcast-stopped = متوقف شد. پیام‌های فرستاده‌شده می‌مانند.
admin-chat-broadcast-over = ارسال آن پیام تمام شده است.
admin-chat-broadcast-done = پیام به { $sent } کاربر فرستاده شد{ $missed ->
    [0] .
   *[other] ؛ به { $missed } نفر نرسید.
}
broadcasts-off = دیگر اطلاعیه‌ای نمی‌گیرید
broadcasts-on = دوباره اطلاعیه می‌گیرید
button-broadcasts-off = 🔕 خاموش کردن اطلاعیه‌ها
button-broadcasts-on = 🔔 روشن کردن اطلاعیه‌ها
