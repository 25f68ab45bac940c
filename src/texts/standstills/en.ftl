standstill-no-bots = No bot is running.
standstill-no-workers = No worker is running, and files are waiting.
standstill-tokens-away = Redis (or PostgreSQL, without REDIS_URL) does not respond. Workers take no files.
standstill-telegram-away = Telegram’s Bot API does not respond.
standstill-updates-stuck = Messages are waiting at Telegram, and no bot takes them.
standstill-files-stuck = { $engine }: files are waiting, and no worker takes them although one reports ready.
standstill-circuit-open = { $engine } fails every time. Its files are waiting.
standstill-engine-away = { $engine }: files are waiting, and no worker has this engine ready.
standstill-answers-unsent = Finished transcripts are not reaching users.
standstill-disk-full = The disk of { $machine }, where audio files are stored, is nearly full.
standstill-files-slow = { $engine }: files wait too long. There are too few workers.
standstill-backup-old = The last backup is old.

advice-no-bots = Start a bot. Telegram keeps users’ messages for a day.
advice-no-workers = Start a worker. Nothing is lost: files continue where they stopped.
advice-tokens-away = Check that Redis is running and REDIS_URL is right. Files continue by themselves when it responds.
advice-telegram-away = Check that the server can reach Telegram, and that TELEGRAM_API_ROOT is right.
advice-updates-stuck = Each bot’s /readyz says what is missing; restart a bot that hangs. With a webhook, “npm run webhook” shows Telegram’s last error.
advice-files-stuck = Restart the workers one by one. First check their logs and /readyz for the cause.
advice-circuit-open = /report and /engines show what the service answers: a wrong key, no credit, or an outage. Dabir retries every five minutes.
advice-engine-away = /engines shows why. Start a worker that has this engine, or users can pick another one.
advice-answers-unsent = The workers’ logs show why Telegram accepts no messages. Dabir retries for half a day.
advice-disk-full = Free some space there, and restart the worker: it deletes what was left behind.
advice-files-slow = Start more workers, or raise WORKER_LOCAL and WORKER_REMOTE.
advice-backup-old = Make one with “npm run backup”, and check why the timer did not.

notice-begun = 🔴 { $what }
notice-lasts = 🔴 Still: { $what }
notice-over = 🟢 Resolved: { $what } It lasted { $lasted }.
notice-since = Since { $since } ({ $lasted }).
notice-waiting = Waiting: { $waiting }{ $many ->
    [yes] {" "}or more
   *[no] {""}
}.
