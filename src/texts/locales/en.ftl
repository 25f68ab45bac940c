# What people read, in English. Every key here is in fa.ftl too, with the same variables.

lane-full-files = Your queue is full: { $limit } files are waiting already, so this one was not taken. Send it again when some are done, or clear the queue with /cancel.
lane-full-minutes = Your queue is full: { $limit } minutes of audio are waiting already, so this one was not taken. Send it again when some are done, or clear the queue with /cancel.
quota-day = This file does not fit into the { $minutes } minutes that you have a day (what is waiting counts too), so it was not taken. There is room for it again from { $again }. /usage shows what you have used.
quota-month = This file does not fit into the { $minutes } minutes that you have in 30 days (what is waiting counts too), so it was not taken. There is room for it again from { $again }. /usage shows what you have used.
quota-too-long-day = This recording is longer than the { $minutes } minutes that you have a day, so it was not taken. Send a shorter part of it.
quota-too-long-month = This recording is longer than the { $minutes } minutes that you have in 30 days, so it was not taken. Send a shorter part of it.

usage-day = Today: { $limit ->
    [none] { $minutes } minutes
   *[other] { $minutes } of { $limit } minutes
}
usage-month = In 30 days: { $limit ->
    [none] { $minutes } minutes
   *[other] { $minutes } of { $limit } minutes
}
usage-files = { $files ->
    [one] one file
   *[other] { $files } files
}
usage-open = Under way or waiting: { $files ->
    [0] nothing
    [one] one file of { $most } at most
   *[other] { $files } files of { $most } at most
}
usage-cost = What engines asked for it in 30 days: { $costs }
kind-voice = Voice note
kind-audio = Audio
kind-video = Video
kind-video_note = Video message
kind-document = File
kind-link = Link

status-choosing = Which engine should write it down?
status-choosing-preparing = { $engine } is being set up here for the first time. You can pick it already; your file starts by itself.
status-choosing-paused = { $engine } is paused just now; a file for it waits until it goes on.
status-choosing-resting = { $engine } is having trouble just now; a file for it waits until it is back.
status-no-engine = No engine is available right now. Your file is kept; press “Look again” in a moment.
status-waiting = { $before ->
    [0] This file is next and starts by itself.
    [one] Waiting: one before it
    [100] Waiting: 100 or more before it
   *[other] Waiting: { $before } before it
}
status-preparing = The engine is being set up ({ $stage }). Your file starts by itself.
stage-prepare-download = downloading
stage-prepare-install = installing
stage-prepare-verify = checking
stage-prepare-load = loading
status-paused = The engine is paused just now. Your file keeps its place and goes on by itself; or choose another engine.
status-resting = The engine is having trouble just now. Your file keeps its place and goes on by itself.
status-download = Fetching the file…
status-decode = Reading the audio…
status-left = about { $time } left
status-listen = Listening…
status-retrying = { $reason } Trying again in { $seconds ->
    [one] a second
   *[other] { $seconds } seconds
}.
status-cancelling = Stopping…
status-cancelled = Cancelled.
status-completed = Done: { $duration } of audio in { $wall } with { $engine }.
status-repeated = You have had this recording written down before: here is what { $engine } heard then ({ $duration } of audio). “Other engine” hears it anew.
status-other-language = It sounds more like { $heard } than { $asked }. If it is, send it again with the caption { $code }.
status-joined = It goes into the one document.
status-excerpt-on-request = This is how it begins; all of it comes as a file for a press below.
status-excerpt = This is how it begins; all of it is in the files.
status-replaced = { $places ->
    [one] One place was spelt as in your glossary.
   *[other] { $places } places were spelt as in your glossary.
  }
status-lost = The file is damaged: about { $lost } of it could not be read.
status-lost-some = The file is damaged: a part of it could not be read.
status-deleted = Deleted: the transcript, its files and our record of them are gone.

button-engine = { $facts }
price-free = free
price-a-minute = { $price }/min
price-USD = ${ $amount }
price-IRT = { $amount } toman
stays-here = 🔒 here
expected-time = about { $time }
button-always = Always use { $engine }
sent-where = Where your audio goes:
sent-nowhere = • { $engine }: nowhere, it stays with the bot
sent-to-nothing = • { $engine }: { $host }, which keeps nothing
sent-to-deleted = • { $engine }: { $host }, deleted afterwards
sent-to-unknown = • { $engine }: { $host }
sent-keeping-unknown = Unless said above, we do not know how long it is kept.
button-cancel = Cancel
button-refresh = Look again
button-retry = Try again
button-reopen = Choose an engine
button-other = Other engine
button-times = Timestamps
button-fix = Fix text
button-unsure = Uncertain words ({ $words })
button-replaced = From the glossary
button-delete = Delete
button-erase = Yes, delete everything
button-keep = Keep it
button-good = 👍
button-bad = 👎
button-good-chosen = 👍 ✓
button-bad-chosen = 👎 ✓

error-file_empty = The file is empty: there is nothing in it to hear.
error-file_too_large = The file is too large: at most { $limitMegabytes } MB can be fetched from Telegram.
error-file_unavailable = Telegram no longer has this file. Please send it again.
error-download_failed = The file could not be fetched from Telegram.
error-link_refused = This link leads to an address that I do not open. Send a link that anybody on the internet can open, or the file itself.
error-link_unreachable = The server of this link did not answer properly.
error-link_denied = The server of this link does not give the file out. Does it open without signing in? Otherwise send the file itself.
error-link_is_page = This link leads to a page, not to an audio or video file. Send the link of the file itself, or the file.
error-link_page_failed = I could not get a video from this page: it may have none, be private, or ask for signing in. Send the file itself.
error-link_too_large = The file behind this link is too large: at most { $limitMegabytes } MB are fetched. Send it in parts, or only its sound.
error-not_media = This is not audio or video that can be read. Is the file what its name says?
error-no_audio_track = This video has no sound, so there is nothing to write down.
error-media_damaged = The file is damaged: nothing in it can be heard. Please send it again.
error-media_too_long = The recording is too long: at most { $limitMinutes } minutes are taken. Please send it in parts.
error-media_too_heavy = This file needs more memory or time to read than is allowed here. Please send it in another format.
error-quota_spent = This file holds { $fileMinutes ->
    [one] a minute
   *[other] { $fileMinutes } minutes
} of audio, more than is left of your { $limitMinutes } minutes { $period ->
    [month] in 30 days
   *[day] a day
}. Nothing was used up. /usage shows what is left; try again when there is enough.
error-no_speech = I heard no speech in this file.
error-engine_unavailable = This engine cannot be used right now. The reason is its account or its set-up on our side, not your file.
error-engine_rejected = The engine refused this file.
error-engine_failed = The engine did not answer properly.
error-parts_missing = { $reason } Missing: { $ranges }. The rest is kept: try only these again, or have another engine do them.
retrying-parts_missing = Some parts are still missing; the rest is kept.
error-deadline_exceeded = This took too long and was stopped.
error-worker_lost = The machine that worked on your file stopped.
error-disk_full = There is no room left on our machine just now.
error-internal = Something went wrong on our side.

document-title = Transcript of { $date }
document-date = Date
document-sender = Sender
document-duration = Duration
document-engine = Engine
document-language = Language
document-parts-by = { $engine } ({ $ranges })
document-file = File
document-name = Transcript { $stamp }
document-heading = { $name }, { $time }
document-time = Time
document-speaker = Speaker
document-speaker-number = Speaker { $number }
document-text = Text
document-undrawn = Characters for which there is no font, shown as �

time-range = { $from }–{ $to }
duration-hours = { $minutes ->
    [0] { $hours } h
   *[other] { $hours } h { $minutes } min
}
duration-minutes = { $seconds ->
    [0] { $minutes } min
   *[other] { $minutes } min { $seconds } s
}
duration-seconds = { $seconds } s
megabytes = { $number } MB
percent = { $number }%

number = { $number }
