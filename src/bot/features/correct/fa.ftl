correct-done = { "\u200F" }{ $wrong } ← { $right }{ $places ->
    [one] {""}
   *[other] {" "}({ $places } جا)
  }
correct-renewing = متن و فایل‌های همین‌جا دارند نو می‌شوند.
correct-learnt = این املا برای ضبط‌های بعدی یادم می‌ماند.
correct-full = واژه‌نامهٔ شما پر است و این را به خاطر نسپردم: ‎/glossary
correct-missing = «{ $wrong }» در این متن نیست. همان‌طور که در متن آمده بنویسید: نادرست ← درست
correct-same = در متن همین‌طور آمده است.
correct-unsure = برای اصلاح متن چنین پاسخ دهید: نادرست ← درست. یا چند واژه را درست بفرستید.
correct-unknown = این‌جا (دیگر) متنی برای اصلاح نیست.
correct-undone = برگردانده شد؛ متن و فایل‌ها دارند به حال پیش برمی‌گردند.
correct-undo-undone = برگردانده شد
correct-undo-already = پیش‌تر برگردانده شده است
correct-undo-later = اصلاح تازه‌تری همین‌جا را عوض کرده است. نخست آن را برگردانید.
correct-undo-unknown = این دکمه دیگر کار نمی‌کند
correct-forgotten = فراموش شد
correct-button-undo = برگردان
correct-button-forget = به خاطر نسپار
correct-reply-now = به پیام پایین پاسخ دهید
correct-placeholder = نادرست ← درست
correct-how = به این پیام پاسخ دهید: نادرست ← درست. برای نمونه:
    { $example } ← واژهٔ درست
    
    هر خط یک اصلاح است. یا چند واژه را درست بفرستید تا جایش را پیدا کنم. به خود متن و فایل‌ها هم می‌توانید همین‌طور پاسخ دهید.
