uncertain-title = These words may be wrong. Tap one to listen:
uncertain-below = Here they are
uncertain-none = No uncertain words are left here
uncertain-clip = { $word }, at { $time }. Something else? Reply with the right word.
uncertain-no-clip = The file is no longer on Telegram, so I can’t play { $word } ({ $time }).
