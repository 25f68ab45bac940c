# Texts for users, in English. Every key here is in fa.ftl too, with the same variables.

lane-full-files = Your queue is full: { $limit ->
    [one] 1 file is
   *[other] { $limit } files are
} already waiting, so this one was not accepted. Send it again when some are done, or clear the queue with /cancel.
lane-full-minutes = Your queue is full: { $limit ->
    [one] 1 minute of audio is
   *[other] { $limit } minutes of audio are
} already waiting, so this one was not accepted. Send it again when some are done, or clear the queue with /cancel.
quota-day = This file does not fit into your { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
} a day (waiting files count too), so it was not accepted. You can send it again from { $again }. /usage shows what you have used.
quota-month = This file does not fit into your { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
} in 30 days (waiting files count too), so it was not accepted. You can send it again from { $again }. /usage shows what you have used.
quota-too-long-day = This file is longer than your { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
} a day, so it was not accepted. Send a shorter part of it.
quota-too-long-month = This file is longer than your { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
} in 30 days, so it was not accepted. Send a shorter part of it.

usage-day = Today: { $limit ->
    [none] { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }
    [one] { $minutes } of 1 minute
   *[other] { $minutes } of { $limit } minutes
}
usage-month = In 30 days: { $limit ->
    [none] { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }
    [one] { $minutes } of 1 minute
   *[other] { $minutes } of { $limit } minutes
}
usage-files = { $files ->
    [one] 1 file
   *[other] { $files } files
}
usage-open = In progress or waiting: { $files ->
    [0] nothing
    [one] 1 file, at most { $max }
   *[other] { $files } files, at most { $max }
}
usage-cost = Engine costs in 30 days: { $costs }
kind-voice = Voice note
kind-audio = Audio
kind-video = Video
kind-video_note = Video message
kind-document = File
kind-link = Link

status-other-engine = { $engine } is working on this file. Continue with another engine?
status-no-other-engine = { $engine } is working on this file. No other engine is ready right now.
status-choosing = Which engine should transcribe this?
status-choosing-only = { $engine } is the only engine here. Use it for this file?
status-choosing-preparing = { $engine } is being set up for the first time. You can already pick it; your file starts by itself.
status-choosing-paused = { $engine } is paused; files for it wait until it resumes.
status-choosing-resting = { $engine } is having trouble; files for it wait until it is back.
status-no-engine = No engine is available right now. Your file is kept; tap “Refresh” in a moment.
status-waiting = { $before ->
    [0] This file is next and starts by itself.
    [one] Waiting: 1 file before it
    [100] Waiting: 100 or more files before it
   *[other] Waiting: { $before } files before it
}
status-preparing = The engine is being set up ({ $stage }). Your file starts by itself.
stage-prepare-download = downloading
stage-prepare-install = installing
stage-prepare-verify = checking
stage-prepare-load = loading
status-paused = The engine is paused. Your file keeps its place and continues by itself; or tap the engine’s name to choose another one.
status-resting = The engine is having trouble. Your file keeps its place and continues by itself.
status-download = Downloading the file…
status-decode = Reading the audio…
status-left = about { $time } left
status-below = Done. The result is further down.
status-transcribe = Transcribing…
status-speakers = Finding out who said what…
status-retrying = { $reason } Trying again in { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}.
status-cancelling = Stopping…
status-cancelled = Cancelled.
status-completed = Done: { $duration } of audio in { $wall } with { $engine }.
status-reused = You sent this before. Here is the transcript { $engine } made then ({ $duration } of audio). For a new one, tap ⋯ and “Other engine”.
status-other-language = This sounds like { $detected }, not { $asked }.
status-bundled = It will be part of the document.
status-excerpt-on-request = This is the beginning. Tap a format below for the full text.
status-excerpt = Here’s the beginning; the full text is in the files.
status-replaced = { $places ->
    [one] 1 place was spelled as in your glossary.
   *[other] { $places } places were spelled as in your glossary.
  }
status-without-speakers = Who said what could not be found out on this machine.
status-lost = The file is damaged: about { $lost } of it could not be read.
status-lost-some = The file is damaged: part of it could not be read.
status-deleted = Deleted: this transcript, its files and everything we kept of it.
status-deleted-renewed = Deleted: this transcript and everything we kept of it. The one document is being made again without it.
# The message of files that arrived together.
burst-files = { $files ->
    [one] 1 file
   *[other] { $files } files
}
burst-title = { $files ->
    [one] 1 file
   *[other] { $files } files
}: { $facts }
burst-title-bundled = { $files ->
    [one] 1 file
   *[other] { $files } files
} in one document: { $facts }
burst-and = { $some }, { $more }
burst-done = { $count } done
burst-running = { $count } running
burst-waiting = { $count } waiting
burst-failed = { $count } failed
burst-cancelled = { $count } cancelled
burst-without-engine = { $count } without an engine
burst-all-done = all done
burst-all-cancelled = all cancelled
burst-choosing = Which engine should transcribe them?
burst-no-engine = No engine is available right now. Your files are kept; tap “Refresh” in a moment.
burst-bundled = They come as one document, in the order you sent them, when the last file is done.
burst-button-all = All with { $engine }
burst-button-separate = Each by itself
burst-button-bundle = One document
burst-button-never = Never ask
burst-button-cancel = Cancel all

button-engine = { $facts }
price-free = free
price-a-minute = { $price }/min
price-USD = ${ $amount }
price-IRT = { $amount } toman
stays-here = 🔒 stays here
expected-time = about { $time }
button-always = Always use { $engine }
button-engine-open = { $engine } ▾
picker-missing-title = Not set up yet (only admins see this):
picker-missing = • { $engine }: set { $variable } for the worker and restart it
picker-missing-local = • { $engine }: start a worker that runs it (WORKER_LOCAL)
sent-where = Where your audio goes:
sent-nowhere = • { $engine }: nowhere
sent-to-nothing = • { $engine }: { $host }, which keeps nothing
sent-to-deleted = • { $engine }: { $host }, deleted afterwards
sent-to-unknown = • { $engine }: { $host }
sent-retention-unknown = For the others, we don’t know how long it is kept.
button-cancel = Cancel
button-refresh = Refresh
button-retry = Try again
button-reopen = Choose an engine
button-go-on = ✓ Keep { $engine }
button-other = Other engine
button-language = Transcribe as { $language }
button-times = Timestamps
button-copy = Copy
button-on-request = Files only when I ask
button-more = ⋯
button-less = ▴
button-fix = Fix text
button-low-confidence = Uncertain words ({ $words })
button-replaced = Glossary changes
button-speakers = Who spoke?
button-delete = 🗑 Delete
button-erase = Yes, delete this transcript
button-keep = Keep it
button-good = 👍
button-bad = 👎
button-good-chosen = 👍 ✓
button-bad-chosen = 👎 ✓

error-file_empty = The file is empty: it has no audio.
# The status of an accepted file whose size Telegram had not announced: only the download shows it. On arrival, with an
# announced size, the file is refused by file-too-large-now (private chat) or transcribe-too-large (group).
error-file_too_large = The file is too large: bots can download at most { $limitMegabytes } MB from Telegram.
error-file_unavailable = Telegram no longer has this file. Please send it again.
error-download_failed = The file could not be downloaded from Telegram.
error-link_refused = This link leads to an address that I don’t open. Send a link that anybody on the internet can open, or the file itself.
error-link_unreachable = This link’s server did not respond properly.
error-link_denied = This link’s server did not allow the download. Does it open without signing in? If not, send the file itself.
error-link_missing = There is no file at this link: its server has none there. Check the address, or send the file itself.
error-link_is_page = This link leads to a page, not to an audio or video file. Send a link to the file, or the file itself.
error-link_page_failed = I could not get a video from this page: it may have none, be private, or need signing in. Send the file itself.
error-link_too_large = The file behind this link is too large: the limit is { $limitMegabytes } MB. Send it in parts, or only its audio.
error-not_media = This file could not be read as audio or video. Is it really what its name says?
error-no_audio_track = This video has no audio, so there is nothing to transcribe.
error-media_damaged = The file is damaged: no audio could be read from it. Please send it again.
error-media_too_long = The file is too long: { $limitMinutes ->
    [one] at most 1 minute is
   *[other] at most { $limitMinutes } minutes are
} accepted. Please send it in parts.
error-media_too_heavy = This file is too heavy for me to read. Please send it in another format.
error-quota_spent = This file has { $fileMinutes ->
    [one] 1 minute
   *[other] { $fileMinutes } minutes
} of audio, more than is left of your { $limitMinutes ->
    [one] 1 minute
   *[other] { $limitMinutes } minutes
} { $period ->
    [month] in 30 days
   *[day] a day
}. Nothing was used up. /usage shows what is left; try again when there is enough.
error-no_speech = I found no speech in this file.
engine-unavailable-python_missing = Python 3.9 or newer is missing on the worker’s machine. Install it, or set LOCAL_PYTHON.
engine-unavailable-venv_missing = Python has no venv module. On Debian or Ubuntu, add the package python3-venv.
engine-unavailable-packages_not_installed = The Python packages could not be installed. The network, a proxy or the disk may be the cause.
engine-unavailable-packages_broken = The installed Python packages do not load.
engine-unavailable-model_unknown = LOCAL_MODEL is neither a known model nor a folder with a model.
engine-unavailable-model_not_fetched = The model could not be downloaded. The network, a proxy or the disk may be the cause.
engine-unavailable-start_failed = The engine does not start. The worker’s log says more.
engine-unavailable-closing = The worker is shutting down.
error-engine_unavailable = This engine cannot be used right now. The problem is its setup on our side, not your file.
error-engine_account = This engine does not accept our account or settings, or has no credit left. The problem is on our side, not your file.
error-engine_rejected = The engine rejected this file.
error-engine_failed = The engine did not respond properly.
error-engine_response_unknown = The service answered in a form I do not know ({ $form }). The problem is on our side, not your file.
error-chunks_missing = { $reason } Still missing: { $ranges }. The rest is done. Tap “Try again” or “Choose an engine” for these parts.
retrying-chunks_missing = Some parts are still missing; the rest is kept.
error-deadline_exceeded = This took too long and was stopped.
error-worker_lost = The machine working on your file stopped.
error-disk_full = Our machine is out of disk space.
error-internal = Something went wrong on our side.

document-title = Transcript of { $date }
document-date = Date
document-sender = Sender
document-duration = Duration
document-engine = Engine
document-language = Language
document-ranges-by = { $engine } ({ $ranges })
document-file = File
document-name = Transcript { $stamp }
document-numbered = { $name } ({ $number })
document-heading = { $name }, { $time }
document-time = Time
document-speaker = Speaker
document-speaker-number = Speaker { $number }
document-text = Text
document-missing-glyphs = Characters with no font available, shown as �

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
