correct-done = { "\u200F" }{ $wrong } ← { $right }{ $places ->
    [one] {""}
   *[other] {" "}({ $places } جا)
  }
correct-renewing = متن و فایل‌ها در حال به‌روزرسانی‌اند.
correct-learnt = این املا برای فایل‌های بعدی یادم می‌ماند.
correct-full = واژه‌نامهٔ شما پر است و این را ذخیره نکردم: ‎/glossary
correct-missing = «{ $wrong }» در این متن نیست. عیناً از روی متن بنویسید: غلط ← درست
correct-same = در متن همین‌طور آمده است.
correct-unclear = برای اصلاح متن این‌طور پاسخ دهید: غلط ← درست. یا شکل درست چند کلمه را بفرستید.
correct-long = این متن برای مقایسه خیلی بلند است و چیزی تغییر نکرد. فقط شکل درست همان جملهٔ غلط را بفرستید.
correct-unknown = اینجا متنی برای اصلاح نیست.
correct-undone = برگردانده شد؛ متن و فایل‌ها به حالت قبل برمی‌گردند.
correct-undo-undone = برگردانده شد
correct-undo-already = قبلاً برگردانده شده است
correct-undo-later = اصلاح جدیدتری همین‌جا را تغییر داده است. اول آن را برگردانید.
correct-undo-unknown = این دکمه دیگر کار نمی‌کند
correct-unlearnt = فراموش شد
correct-button-undo = برگرداندن
correct-button-forget = این را یاد نگیر
correct-reply-now = به پیام پایین پاسخ دهید
correct-placeholder = غلط ← درست
correct-how = به این پیام پاسخ دهید: غلط ← درست. مثلاً:
    { $example } ← کلمهٔ درست
    
    هر اصلاح را در یک خط بنویسید. یا شکل درست چند کلمه را بفرستید تا جایش را پیدا کنم. می‌توانید به خود متن یا فایل‌ها هم پاسخ دهید.
low-confidence-title = کلمه‌هایی که شاید غلط باشند. برای شنیدن، یکی را بزنید:
low-confidence-below = بفرمایید
low-confidence-none = اینجا کلمهٔ نامطمئنی نمانده است
low-confidence-clip = { $word }، در { $time }. چیز دیگری می‌شنوید؟ همان را در پاسخ بنویسید.
low-confidence-no-clip = این فایل دیگر در تلگرام نیست، پس نمی‌توانم { $word } ({ $time }) را پخش کنم.
