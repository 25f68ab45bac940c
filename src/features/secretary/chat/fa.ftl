command-secretary = پیام‌های صوتی که برایتان می‌فرستند
secretary-title = منشی شما
secretary-how = مرا به حساب تلگرامتان وصل کنید تا پیام‌های صوتی‌ای را که برایتان می‌فرستند، همین‌جا و فقط برای خودتان، بنویسم.
    
    در تلگرام: تنظیمات ← Telegram Business ← Chatbots ← { $bot }. همان‌جا انتخاب می‌کنید کدام گفت‌وگوها را ببینم و آیا اجازه دارم جواب شما را بفرستم.
secretary-greeting = به حساب شما وصل شدم.
    • پیام‌های صوتی‌ای را که برایتان می‌فرستند می‌نویسم. متن فقط همین‌جا و فقط برای شما می‌آید.
    • در گفت‌وگوهای شما چیزی نمی‌نویسم و چیزی را «خوانده‌شده» نمی‌کنم. فقط وقتی اینجا «ارسال به نام من» را بزنید، همان یک جواب فرستاده می‌شود.
    • پیام‌های دیگر را نگه نمی‌دارم. حرف‌های دیگران بعد از یک روز پاک می‌شود و هر وقت بخواهید می‌توانید در تنظیمات تلگرام ارتباط را قطع کنید.
secretary-ended = ارتباط با حساب شما قطع شد. دیگر چیزی از آنجا نمی‌گیرم؛ هر چه هنوز نوشته نشده بود پاک شد.
secretary-set = ذخیره شد
secretary-back = › بازگشت

secretary-notes-line = { $notes ->
    [mine] صداهایی را که خودتان می‌فرستید می‌نویسم.
    [both] هم صداهایی را که می‌گیرید می‌نویسم و هم آن‌هایی را که می‌فرستید.
    [none] فعلاً چیزی نمی‌نویسم.
   *[received] صداهایی را که برایتان می‌فرستند می‌نویسم.
}
secretary-senders-line = { $senders ->
    [chosen] فقط از کسانی که اجازه داده‌اید؛ دربارهٔ هر نفر یک بار می‌پرسم.
   *[all] از همه، جز کسانی که نمی‌خواهید.
}
secretary-engine-line = موتور: { $engine }
secretary-engine-none = هیچ موتوری روی این دستگاه آماده نیست. تا یکی را انتخاب نکنید چیزی نمی‌نویسم.
secretary-kept-line = متن‌ها را { $kept } نگه می‌دارم.
secretary-no-reply = تلگرام اجازه نمی‌دهد جواب شما را بفرستم: همان‌جا که مرا وصل کردید می‌توانید اجازه بدهید.
secretary-kept = { $hours ->
    [24] یک روز
    [168] یک هفته
   *[720] یک ماه
}
secretary-notes = { $notes ->
    [mine] صداها: مال خودم
    [both] صداها: هر دو
    [none] صداها: هیچ‌کدام
   *[received] صداها: دریافتی
}
secretary-senders = { $senders ->
    [chosen] از: افراد انتخابی
   *[all] از: همه
}
secretary-engine = موتور: { $engine }
secretary-engine-choose = انتخاب کنید
secretary-files = { $files ->
    [on] فایل‌ها: همراه هر متن
   *[off] فایل‌ها: وقتی بخواهم
}
secretary-deleted = { $removes ->
    [yes] صدای پاک‌شده: متنش هم پاک شود
   *[no] صدای پاک‌شده: متنش بماند
}
secretary-keep = نگهداری: { $kept }
secretary-people = افراد
secretary-people-page = ✓ نوشته می‌شود و ✗ نوشته نمی‌شود. برای تغییر، روی نام بزنید.
secretary-people-none = { $senders ->
    [chosen] هنوز کسی نیست. وقتی کسی برایتان صدا بفرستد می‌پرسم.
   *[all] کسی را کنار نگذاشته‌اید. «از این فرد نه» زیر هر متن هست.
}
secretary-engines = این صداها را کدام موتور بنویسد؟ طرف مقابل آن را انتخاب نکرده است؛ پس LOCAL که صدایش را روی همین دستگاه نگه می‌دارد انتخاب محترمانه‌تری است.
secretary-engines-none = الان هیچ موتوری آماده نیست. کمی بعد دوباره امتحان کنید.
secretary-sent-to = فرستاده می‌شود به { $host }

secretary-ask = { $name } برایتان پیام صوتی فرستاد ({ $duration }). صداهای { $name } را بنویسم؟
secretary-ask-yes = بله
secretary-ask-no = نه
secretary-asked-yes = از پیام بعدی، صداهایی را که { $name } برایتان می‌فرستد می‌نویسم. اگر این یکی را هم می‌خواهید، برایم فوروارد کنید.
secretary-asked-no = هیچ صدایی را که { $name } برایتان بفرستد نمی‌نویسم.
secretary-decided-yes = ذخیره شد: نوشته می‌شود
secretary-decided-no = ذخیره شد: نوشته نمی‌شود
secretary-too-large = { $name } فایلی بزرگ‌تر از { $limit } برایتان فرستاد. ربات‌ها نمی‌توانند آن را بگیرند، برای همین نتوانستم بنویسمش.
secretary-no-engine = { $name } برایتان پیام صوتی فرستاد. چون موتوری انتخاب نکرده‌اید آن را نمی‌نویسم: ‎/secretary
secretary-refused = { $name } پیام صوتی‌ای برایتان فرستاد که نوشته نشد. { $reason }

secretary-heading = ‏🎙 { $name } · { $time }
secretary-heading-mine = 🎙 شما به { $name } · { $time }
secretary-button-draft = ✎ پیش‌نویس جواب
secretary-button-later = بعداً
secretary-button-never = از این فرد نه
secretary-button-chat = رفتن به گفت‌وگو
secretary-button-in = { $hours ->
    [1] یک ساعت دیگر
   *[other] { $hours } ساعت دیگر
}
secretary-later = { $hours ->
    [1] یک ساعت دیگر یادآوری می‌کنم
   *[other] { $hours } ساعت دیگر یادآوری می‌کنم
}
secretary-reminder = ⏰ می‌خواستید دوباره سراغ پیام { $name } بروید.
secretary-never = از این به بعد صداهایی را که { $name } می‌فرستد نمی‌نویسم. در ‎/secretary می‌توانید تغییرش دهید.

secretary-prompt = جواب به { $name }: به همین پیام با صدا یا نوشته پاسخ دهید. تا «ارسال به نام من» را نزنید چیزی فرستاده نمی‌شود.
secretary-prompt-field = جواب شما
secretary-draft = { $state ->
    [SENT] ✓ به نام شما برای { $name } فرستاده شد
    [UNKNOWN] شاید برای { $name } فرستاده شده باشد؛ لطفاً گفت‌وگو را ببینید
    [DISCARDED] کنار گذاشته شد؛ چیزی برای { $name } فرستاده نشد
    [REPLACED] پیش‌نویس تازه‌تری جایش را گرفت
   *[OPEN] پیش‌نویس برای { $name }، فرستاده نشده
}
secretary-button-send = ارسال به نام من
secretary-button-again = ارسال دوباره
secretary-button-edit = ویرایش
secretary-button-discard = کنار گذاشتن
secretary-edit-how = به پیش‌نویس با متن درست یا با پیام صوتی دیگری پاسخ دهید.
secretary-discarded = کنار گذاشته شد
secretary-send-sent = برای { $name } فرستاده شد
secretary-send-unknown = این پیش‌نویس دیگر فرستادنی نیست
secretary-send-sending = در حال فرستادن…
secretary-send-lost = نمی‌دانم فرستاده شد یا نه. گفت‌وگو با { $name } را ببینید و فقط اگر آنجا نیست دوباره بفرستید.
secretary-send-long = از یک پیام بلندتر است. کوتاهش کنید: با متن کوتاه‌تری به آن پاسخ دهید.
secretary-send-later = تلگرام شلوغ است. چیزی فرستاده نشد؛ کمی بعد دوباره امتحان کنید.
secretary-send-ended = چیزی فرستاده نشد: دیگر به حساب شما وصل نیستم.
secretary-send-rights = چیزی فرستاده نشد: تلگرام اجازه نمی‌دهد آنجا بنویسم. همان‌جا که مرا وصل کردید می‌توانید اجازه بدهید.
secretary-send-window = چیزی فرستاده نشد: { $name } بیش از ۲۴ ساعت است چیزی ننوشته و تلگرام فقط تا آن موقع اجازهٔ جواب می‌دهد. متن را کپی کنید و خودتان بفرستید.
secretary-send-other = تلگرام نپذیرفت و چیزی فرستاده نشد. متن را کپی کنید و خودتان بفرستید.
