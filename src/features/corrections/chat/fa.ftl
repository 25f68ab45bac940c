correct-done = { "\u200F" }{ $wrong } ← { $right }{ $places ->
    [one] {""}
   *[other] {" "}({ $places } جا)
  }
correct-renewing = متن و فایل‌ها در حال به‌روزرسانی‌اند.
correct-learnt = این املا برای فایل‌های بعدی یادم می‌ماند.
correct-full = واژه‌نامهٔ شما پر است و این را ذخیره نکردم: ‎/glossary
correct-missing = «{ $wrong }» در این متن نیست. عیناً از روی متن بنویسید: غلط -> درست
correct-same = در متن همین‌طور آمده است.
correct-unclear = متوجه نشدم. شکل درست همان چند کلمه را بفرستید، یا: غلط -> درست
correct-long = این متن برای مقایسه خیلی بلند است و چیزی تغییر نکرد. فقط شکل درست همان جملهٔ غلط را بفرستید.
correct-unknown = اینجا متنی برای اصلاح نیست.
correct-undone = برگردانده شد. متن و فایل‌ها در حال به‌روزرسانی‌اند.
correct-undo-undone = برگردانده شد
correct-undo-already = قبلاً برگردانده شده است
correct-undo-later = اصلاح جدیدتری همین‌جا را تغییر داده است. اول آن را برگردانید.
correct-undo-unknown = این دکمه دیگر کار نمی‌کند
correct-unlearnt = فراموش شد
correct-button-undo = برگرداندن
correct-button-forget = فراموش کردن
correct-reply-now = به پیام پایین پاسخ دهید
correct-placeholder = غلط -> درست
correct-how = در پاسخ به همین پیام بنویسید چه چیزی به‌جای چه چیزی بیاید:
    { $example } -> کلمهٔ درست
    
    هر اصلاح در یک خط. یا فقط شکل درست همان چند کلمه را بفرستید؛ جایش را پیدا می‌کنم.
low-confidence-title = کلمه‌هایی که شاید غلط باشند. برای شنیدن، یکی را بزنید:
low-confidence-below = بفرمایید
low-confidence-none = اینجا کلمهٔ نامطمئنی نمانده است
low-confidence-clip = { $word }، در { $time }. چیز دیگری می‌شنوید؟ همان را در پاسخ بنویسید.
low-confidence-no-clip = این فایل دیگر در تلگرام نیست، پس نمی‌توانم { $word } ({ $time }) را پخش کنم.
correct-button-remember = به خاطر سپردن
correct-button-rest = اصلاح { $others } جای دیگر
correct-rest-done = همه‌جا اصلاح شد
