alerts-off = تا یک روز هشدار نمی‌گیرید
alerts-on = دوباره هشدار می‌گیرید
button-alerts-off = 🔕 تا یک روز خبر نده
button-alerts-on = 🔔 دوباره خبر بده
