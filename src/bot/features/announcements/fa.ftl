announcements-off = دیگر اطلاعیه‌ای نمی‌گیرید
announcements-on = دوباره اطلاعیه می‌گیرید
button-announcements-off = 🔕 دیگر اطلاعیه نفرست
button-announcements-on = 🔔 دوباره اطلاعیه بفرست
