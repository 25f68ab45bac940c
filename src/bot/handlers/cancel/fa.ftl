command-cancel = لغو فایل‌های شما
cancel-nothing = چیزی برای لغو کردن نیست.
cancel-all = { $count ->
    [one] فایل شما لغو شد.
   *[other] { $count } فایل شما لغو شد.
}
