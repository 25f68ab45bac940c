uncertain-title = کلمه‌هایی که شاید غلط باشند. برای شنیدن، یکی را بزنید:
uncertain-below = بفرمایید
uncertain-none = اینجا کلمهٔ نامطمئنی نمانده است
uncertain-clip = { $word }، در { $time }. چیز دیگری می‌شنوید؟ همان را در پاسخ بنویسید.
uncertain-no-clip = این فایل دیگر در تلگرام نیست، پس نمی‌توانم { $word } ({ $time }) را پخش کنم.
