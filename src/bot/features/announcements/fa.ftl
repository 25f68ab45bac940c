announcements-off = دیگر اطلاعیه‌ای نمی‌گیرید
announcements-on = دوباره اطلاعیه می‌گیرید
button-announcements-off = 🔕 خاموش کردن اطلاعیه‌ها
button-announcements-on = 🔔 روشن کردن اطلاعیه‌ها
