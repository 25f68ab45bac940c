# What people read, in English. Every key here is in fa.ftl too, with the same variables.

start =
    Hi { $name }, I write down what is said in voice notes, audio files and videos: send or forward me one.
    You get the text here and as TXT, Word and PDF files.
help =
    Send a voice note, an audio file, a video or a video message. I ask which engine should write it down, show how far it is, and send the text with its files.
    If its language is not recognised, name it with /language. For one file its caption can name an engine, a language and formats: vira fa srt.

    One file of yours runs at a time; the others wait in order and start by themselves.

    /queue – what is running and waiting
    /cancel – cancel your files
    /usage – what you have used
    /settings – which files you get, and how they look
    /language – the language of your recordings
    /help – this page
command-start = What Dabir does
command-help = How it works
command-queue = Your files: running and waiting
command-cancel = Cancel your files
command-usage = What you have used
command-settings = Which files you get, and how they look
command-language = The language of your recordings
command-admin = The admin page
command-stats = Today and the last seven days
command-report = What went wrong lately
command-engines = Engines: ready, success, pace
command-user = Somebody’s account
command-quota = Somebody’s quota
command-block = Block somebody
command-unblock = Let somebody in again
command-flush = Somebody’s queue, when it hangs
command-invite = A link that lets people in
command-broadcast = A message to everybody
send-me-audio = I write down speech. Send me a voice note, an audio file or a video.
not-media = This file is neither audio nor video. Send me a voice note, an audio file or a video.
file-too-large-now = This file is { $size }, and bots can fetch at most { $limit } from Telegram. Send it in parts, or only its sound.
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
usage-id = Your id: { $id }
usage-when = A day ends at midnight ({ $zone }); minutes of the 30 days come back day by day.

announcements-off = You get no more announcements
announcements-on = You get announcements again
button-announcements-off = 🔕 No more announcements
button-announcements-on = 🔔 Announcements again

access-blocked = You cannot use this bot any more.
access-uninvited = This bot is by invitation. If somebody gave you a link, open it once more; otherwise ask whoever told you of the bot for one.
access-unlisted = This bot is for certain people only. If you should be one of them, tell its operator your id: { $id }
invitation-invalid = This invitation is used up or too old. Ask for a new link.

queue-empty = Nothing is running or waiting. Send me a voice note!
queue-title = Your files
queue-choosing = waits for you to pick an engine
queue-waiting = { $before ->
    [0] is next
    [one] one before it
   *[other] { $before } before it
}
queue-running = is being worked on
queue-more = … and more

cancel-nothing = There is nothing to cancel.
cancel-all = { $count ->
    [one] Cancelled your file.
   *[other] Cancelled your { $count } files.
}

language-ask = Which language are your recordings in? For one file you can name another as its caption.
language-unknown = I do not know that language’s code. Pick one, or write its code: /language de
language-auto = Find out each time
language-set = Noted
language-chosen-auto = I find out the language of each recording.
language-chosen = I take your recordings to be in this language: { $language }. /language changes it.

settings-main = Which engine your files start with, and how they come back. Press what you want changed: it counts at once, from the next file on.
settings-formats =
    Which files come with every transcript? The others are one press away under it.

    TXT: plain text
    DOCX: Word, to edit
    PDF: to read and print
    SRT, VTT: subtitles
    MD: notes (Markdown)
    JSON: for programs, with all times
settings-attached = { $count ->
    [0] Files: none, only the text
   *[other] Files: { $formats }
}
settings-spelling = Persian spelling: { $value ->
    [school] put right
   *[heard] as heard
}
settings-digits = Digits in Persian: { $value ->
    [persian] ۱۲۳
    [latin] 123
   *[heard] as heard
}
settings-page = Paper: { $value ->
    [letter] Letter
   *[a4] A4
}
settings-lines = Lines in PDF: { $value ->
    [ragged] ragged
   *[justified] justified
}
settings-times = Times in the PDF’s margin: { $value ->
    [shown] yes
   *[hidden] no
}
settings-doubt = Uncertain words: { $value ->
    [marked] marked
   *[unmarked] not marked
}
settings-word = Word file: { $value ->
    [table] table with times
   *[text] running text
}
settings-engine = Engine: { $engine }
settings-engine-ask = ask each time
settings-engine-page = Which engine should your files start with? For one file, name another as its caption, such as vira; a format (srt) and a language (fa) can stand there too.
settings-back = Back
settings-set = Noted

kind-voice = Voice note
kind-audio = Audio
kind-video = Video
kind-video_note = Video message
kind-document = File

status-choosing = Which engine should write it down?
status-choosing-preparing = { $engine } is being set up here for the first time. You can pick it already; your file starts by itself.
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
status-resting = The engine is having trouble just now. Your file keeps its place and goes on by itself.
status-download = Fetching the file…
status-decode = Reading the audio…
status-listen = Listening…
status-retrying = { $reason } Trying again in { $seconds ->
    [one] a second
   *[other] { $seconds } seconds
}.
status-cancelling = Stopping…
status-cancelled = Cancelled.
status-completed = Done: { $duration } of audio in { $wall } with { $engine }.
status-other-language = It sounds more like { $heard } than { $asked }. If it is, send it again with the caption { $code }.
status-excerpt = This is how it begins; all of it is in the files.
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
button-delete = Delete
button-erase = Yes, delete everything
button-keep = Keep it
button-good = 👍
button-bad = 👎
button-good-chosen = 👍 ✓
button-bad-chosen = 👎 ✓

answer-started = Chosen; it starts by itself
answer-waiting = It is in your queue
answer-already = That has been decided already
answer-cancelled = Cancelled
answer-cancelling = Stopping…
answer-ended = That file is done already
answer-unknown = This button does not work any more
answer-engine-gone = This engine is not available right now; pick another
answer-choose = Choose an engine for it
answer-delete-sure = Transcript and files will be gone for good. Delete?
answer-deleted = Deleted
answer-kept = Kept
answer-thanks = Thank you, noted
answer-always = Noted: files start by themselves now. /settings changes it
answer-format = It is on its way
answer-refreshed = Here is what there is now
answer-still-none = Still none; try again in a moment

error-file_empty = The file is empty: there is nothing in it to hear.
error-file_too_large = The file is too large: at most { $limitMegabytes } MB can be fetched from Telegram.
error-file_unavailable = Telegram no longer has this file. Please send it again.
error-download_failed = The file could not be fetched from Telegram.
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
document-time = Time
document-speaker = Speaker
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

# For admins.
staff-whom = Whom? Write their id or @name behind the command, or reply with it to a message forwarded from them.
staff-nobody = Nobody of that id or name has written to me.
staff-hidden = Telegram hides who wrote that message. Write their id or @name behind the command.
staff-done = Done
staff-shown = Here it is
staff-already = It was so already.
staff-unknown = Nobody of that id has written to me.
staff-protected = You cannot do that to this person.
staff-blocked = Blocked. They are told once, and their files are not taken any more.
staff-unblocked = They may use the bot again.
staff-today = Today: { $totals }
staff-week = Seven days: { $totals }
staff-people = { $people ->
    [one] one person
   *[other] { $people } people
}
staff-failures = { $failures ->
    [0] no failures
    [one] one failure
   *[other] { $failures } failures
}
staff-open = Under way or waiting: { $files ->
    [one] one file
   *[other] { $files } files
}{ $many ->
    [yes] {" "}or more
   *[no] {""}
}
staff-report = What went wrong in seven days:
staff-no-failures = Nothing has gone wrong in seven days.
staff-failure = • { $count } × { $code } · { $engine } · last { $last }
staff-no-engines = No worker has reported an engine in the last half minute. Is one running?
staff-engine-ready = ready
staff-engine-preparing = is being set up
staff-engine-resting = has failed too often and rests
staff-engine-unavailable = not available: { $reason }
staff-success = { $share } went well
staff-pace = a minute of audio in { $time }
staff-account = Here since { $since }, last seen { $seen }
staff-is-admin = Admin
staff-is-uninvited = Not in: has no invitation
staff-is-blocked = Blocked since { $since }
staff-button-queue = Queue
staff-button-quota = Quota
staff-button-block = Block
staff-button-unblock = Unblock
staff-button-admit = Let in
staff-button-promote = Make admin
staff-button-demote = No longer admin
staff-button-give-back = Set going again
staff-button-cancel-all = Cancel all
staff-queue = Queue of { $name }
staff-queue-empty = { $name } has nothing under way or waiting.
staff-given_back = The file was taken from its worker; the next one gets it
staff-idle = No file of theirs was in a worker’s hands
staff-quota = What { $name } may use. A press counts at once; any other number is set as /quota ID day 45 (or month, or files).
staff-quota-how = So it goes: /quota ID day 45. Instead of day also month or files, instead of the number also unlimited or default.
staff-quota-day = Minutes a day
staff-quota-month = Minutes in 30 days
staff-quota-files = Files that may wait
staff-quota-unlimited = ∞
staff-quota-default = usual
staff-invitation = { $uses ->
    [one] A link for one person, good for a week:
   *[other] A link for { $uses } people, good for a week:
} { $link }
staff-invite-how = So it goes: /invite, or /invite 20 for a link that lets 20 people in ({ $most } at most).
staff-invite-needless = Nobody needs it just now: ACCESS is not invitation.
staff-broadcast-how = So it goes: /broadcast and your message behind it, or /broadcast as a reply to the message.
staff-broadcast-sure = The message above goes to { $people ->
    [one] one person
   *[other] { $people } people
}. Send it?
staff-button-send = { $people ->
    [one] Send to one person
   *[other] Send to { $people } people
}
staff-button-stop = Stop
staff-broadcast-sending = It is being sent, some 20 people a second. I tell you when everybody has it.
staff-broadcast-stopped = Stopped. Whoever has it already keeps it.
staff-broadcast-over = That announcement is over already.
staff-broadcast-done = The announcement has been sent to { $sent ->
    [one] one person
   *[other] { $sent } people
}{ $missed ->
    [0] .
   *[other] ; { $missed } could not be reached.
}

number = { $number }
