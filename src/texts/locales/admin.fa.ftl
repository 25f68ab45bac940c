# صفحهٔ مدیریت به فارسی. هر کلیدی که اینجاست در admin.en.ftl هم هست.

admin-name = دبیر
admin-menu = صفحه‌ها
admin-skip = رفتن به محتوا
admin-other-language = English
admin-leave = خروج
admin-page-now = اکنون

admin-link =
    این پیوند ورود شما به صفحهٔ مدیریت است، برای یک بار و تا ده دقیقه:
    { $link }
admin-enter-title = ورود
admin-enter-question = در همین مرورگر وارد صفحهٔ مدیریت می‌شوید؟ پیوند با این کار مصرف می‌شود.
admin-enter = ورود
admin-enter-slowly = تلاش‌ها زیاد شد. یک دقیقه صبر کنید.
admin-enter-other-browser = پیوند ربات را دوباره در همان مرورگری باز کنید که می‌خواهید با آن وارد شوید.
admin-enter-expired = این پیوند دیگر کار نمی‌کند. برای پیوندی تازه به ربات ‎/admin بفرستید.
admin-how-to-enter = به ربات ‎/admin بفرستید تا پیوند ورود بگیرید.
admin-not-from-here = این فرم قدیمی شده است. برگردید، صفحه را تازه کنید و دوباره بفرستید.
admin-not-found = چیزی اینجا نیست یا دیگر نیست.
admin-not-now = در وضعیت کنونی فایل این کار شدنی نیست.
admin-back = بازگشت

admin-page-people = افراد
admin-search-people = شماره، ‎@نام یا نام
admin-nobody = کسی نیست.
admin-is-admin = مدیر
admin-is-blocked = مسدود
admin-role-USER = کاربر
admin-role-ADMIN = مدیر
admin-usage = مصرف
admin-their-files = فایل‌هایش
admin-quota = سهمیه
admin-quota-minutesADay = دقیقه در روز
admin-quota-minutesAMonth = دقیقه در ۳۰ روز
admin-quota-waitingFiles = فایل‌های در نوبت
admin-quota-how = یک عدد، unlimited برای نامحدود، یا خالی برای مقدار معمول.
admin-not-a-quota = این سهمیه نیست: عددی درست، unlimited (برای دقیقه‌ها) یا خالی.
admin-save = ذخیره
admin-block = مسدود کردن
admin-unblock = رفع مسدودی
admin-promote = مدیر شود
admin-demote = دیگر مدیر نباشد
admin-protected = این حساب را نمی‌توانید تغییر دهید.
admin-column-seen = آخرین حضور
admin-column-since = از
admin-column-open = فایل‌های باز
admin-column-standing = وضعیت
admin-column-username = نام در تلگرام
admin-column-blocked = مسدود از
admin-column-role = نقش

admin-search = شماره، ‎@نام، نام یا فایل
admin-show = نمایش
admin-filter-state = همهٔ وضعیت‌ها
admin-filter-engine = همهٔ موتورها
admin-filter-kind = همهٔ نوع‌ها
admin-newest = تازه‌ترین‌ها
admin-older = قدیمی‌ترها
admin-csv = خروجی CSV
admin-no-files = فایلی نیست.
admin-file = فایل { $number }

admin-column-number = شماره
admin-column-person = شخص
admin-column-what = چه
admin-column-name = نام
admin-column-sent = فرستاده شد
admin-column-size = بایت
admin-column-length = مدت
admin-column-language = زبان
admin-column-engine = موتور
admin-column-state = وضعیت
admin-column-waited = انتظار
admin-column-cost = هزینه
admin-column-action = کار
admin-column-attempts = تلاش‌ها

admin-state-CHOOSING = انتخاب موتور
admin-state-PENDING = در نوبت
admin-state-QUEUED = آمادهٔ اجرا
admin-state-PROCESSING = در حال اجرا
admin-state-COMPLETED = تمام‌شده
admin-state-FAILED = ناموفق
admin-state-CANCELLED = لغوشده

admin-cancel = لغو
admin-retry = تلاش دوباره
admin-engine = با این موتور
admin-delete = پاک کردن
admin-delete-sure = متن، فایل‌ها و هر چه از آن نزد ماست برای همیشه پاک می‌شود؛ از گفتگو هم.
