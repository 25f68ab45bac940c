standstill-no-bots = No bot is running.
standstill-no-workers = No worker is running, and files wait.
standstill-tokens-away = Redis (or PostgreSQL, without REDIS_URL) does not answer. Workers take no files.
standstill-telegram-away = Telegram’s Bot API does not answer.
standstill-updates-stuck = Messages wait at Telegram, and no bot takes them.
standstill-files-stuck = { $engine }: files wait, and no worker takes them although one says that it is ready.
standstill-circuit-open = { $engine } fails every time. Its files wait.
standstill-engine-away = { $engine }: files wait, and no worker has this engine ready.
standstill-answers-unsent = Finished transcripts are not sent to people.
standstill-disk-full = The disk of { $machine } is nearly full, where recordings lie.
standstill-files-slow = { $engine }: files wait for a long time. There are too few workers.
standstill-backup-old = The last backup is old.

advice-no-bots = Start a bot. Telegram keeps people’s messages for a day.
advice-no-workers = Start a worker. Nothing is lost: files go on where they were.
advice-tokens-away = See whether Redis is running and whether REDIS_URL is right. Files go on by themselves when it answers.
advice-telegram-away = See whether the server reaches Telegram, and whether TELEGRAM_API_ROOT is right.
advice-updates-stuck = Ask each bot’s /readyz what is missing, and restart a bot that hangs. With a webhook, “npm run webhook” shows Telegram’s last error.
advice-files-stuck = Restart the workers one after the other. Before that, their logs and /readyz say what is wrong.
advice-circuit-open = /report and /engines say what the service answers: a wrong key, no credit, or an outage. Dabir tries again by itself every five minutes.
advice-engine-away = /engines says why. Start a worker that has this engine, or people can pick another one.
advice-answers-unsent = The workers’ logs say why Telegram takes no answer. They are tried again for half a day.
advice-disk-full = Make room there, and restart the worker: it clears away what was left behind.
advice-files-slow = Start more workers, or raise WORKER_LOCAL and WORKER_REMOTE.
advice-backup-old = Make one with “npm run backup”, and see why the timer did not.

notice-begun = 🔴 { $what }
notice-lasts = 🔴 Still: { $what }
notice-over = 🟢 This is over: { $what } It lasted { $lasted }.
notice-since = Since { $since } ({ $lasted }).
notice-waiting = Waiting: { $waiting }{ $many ->
    [yes] {" "}or more
   *[no] {""}
}.
