alerts-off = تا یک روز هشدار نمی‌گیرید
alerts-on = دوباره هشدار می‌گیرید
button-alerts-off = 🔕 خاموش تا یک روز
button-alerts-on = 🔔 روشن کردن
