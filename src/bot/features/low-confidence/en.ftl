uncertain-title = Words that may be wrong. Press one to hear it:
uncertain-below = Here they are
uncertain-none = No uncertain words are left here
uncertain-clip = { $word }, at { $time }. Something else? Reply with what you hear.
uncertain-no-clip = The recording is not to be had from Telegram any more, so I cannot play { $word } ({ $time }).
