burst-answer-separate = برای هر فایل یک موتور انتخاب کنید
burst-answer-bundle = چشم، همه در یک سند؛ بعد از آخرین فایل می‌آید
burst-answer-never = بسیار خب، دیگر پیشنهاد نمی‌کنم. در ‎/settings دوباره روشنش کنید
