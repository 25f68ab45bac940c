command-broadcast = پیام به همه
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
announcements-off = دیگر اطلاعیه‌ای نمی‌گیرید
announcements-on = دوباره اطلاعیه می‌گیرید
button-announcements-off = 🔕 دیگر اطلاعیه نفرست
button-announcements-on = 🔔 دوباره اطلاعیه بفرست
