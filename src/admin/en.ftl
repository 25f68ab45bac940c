# The admin page, in English. Every key here is in fa.ftl too.

admin-name = Dabir
admin-menu = Pages
admin-skip = Skip to content
admin-other-language = فارسی
admin-leave = Sign out
admin-page-now = Now

admin-link =
    Your link to the admin page, valid once and for ten minutes:
    { $link }
admin-enter-title = Sign in
admin-enter-question = Sign in to the admin page in this browser? The link works only once.
admin-enter = Sign in
admin-enter-slowly = Too many attempts. Wait a minute.
admin-enter-other-browser = Open the link from the bot again, in the browser you want to use.
admin-enter-expired = This link has expired. Send /admin to the bot for a new one.
admin-signed-out = You are signed out. Send /admin to the bot for a new link.
admin-how-to-enter = Send /admin to the bot to get a sign-in link.
admin-not-from-here = This form is out of date. Go back, reload the page and try again.
admin-not-found = There is nothing here.
admin-not-now = Not possible in the file’s current state.
admin-back = Back

admin-page-users = Users

admin-search = Number, @name, name or file
admin-show = Show
admin-filter-state = Any state
admin-filter-engine = Any engine
admin-filter-kind = Any kind
admin-newest = Newest
admin-older = Older
admin-csv = Export CSV
admin-no-files = No files here.
admin-file = File { $number }

admin-column-number = No.
admin-column-user = User
admin-column-what = Type
admin-column-name = Name
admin-column-sent = Sent
admin-column-size = Bytes
admin-column-length = Length
admin-column-language = Language
admin-column-engine = Engine
admin-column-state = State
admin-column-waited = Waited
admin-column-cost = Cost
admin-column-action = Action
admin-column-attempts = Attempts

admin-state-CHOOSING = Choosing
admin-state-PENDING = Pending
admin-state-QUEUED = Queued
admin-state-PROCESSING = Running
admin-state-COMPLETED = Done
admin-state-FAILED = Failed
admin-state-CANCELLED = Cancelled

admin-cancel = Cancel
admin-retry = Retry
admin-engine = With this engine
admin-delete = Delete
admin-read = Read transcript
admin-read-kept = The audit log records that you read this.
admin-delete-sure = The transcript, its files and everything we keep of it will be deleted for good, from the chat too.

admin-page-engines = Engines
admin-page-system = System
admin-page-audit = Audit log
admin-nothing = Nothing yet.

admin-engine-engine = Engine
admin-engine-state = State
admin-engine-success = Success rate
admin-engine-realTimeFactor = Per minute of audio (p50 · p95)
admin-engine-credit = Credit
admin-engine-test = Test
admin-engine-nobody = No worker runs it.
admin-engine-try = Test
admin-readiness-ready = Ready
admin-readiness-preparing = Being set up
admin-readiness-resting = Resting after failures
admin-readiness-unavailable = Not available
admin-test-waiting = Waiting for a worker
admin-test-running = Running
admin-test-passed = Passed
admin-test-failed = Failed
admin-test-lost = No worker responded
admin-models = Models of LOCAL
admin-model-name = Model
admin-model-languages = Languages
admin-model-size = Size
admin-model-accuracy = Wrong words
admin-model-licence = Licence
admin-model-state = State
admin-model-any = about 100
admin-model-unknown = not known
admin-model-state-used = In use
admin-model-state-installed = Installed
admin-model-state-available = Not installed
admin-model-state-terms = Not installed; its terms need your agreement
admin-model-state-forbidden = Forbidden in the configuration
admin-model-pinned = The hash of a file is not published; that of the first download counts.
admin-model-change = Change
admin-model-install = Install
admin-model-install-title = Install { $model }
admin-model-remove = Remove
admin-model-cancel = Don’t install
admin-model-agree = I have read this and agree to the licence
admin-model-not-agreed = Tick that you agree to the licence
admin-model-back = Back to the models
admin-model-change-installing = Being installed
admin-model-change-removing = Being removed
admin-model-change-waiting = Could not be downloaded; tries again by itself
admin-model-change-failed = Failed
admin-models-install = A button here installs or removes a model on the machines of all workers. Files in progress go on; the next ones use it.
admin-models-terms = The licence of the Shenava models is unclear. Their project says Apache-2.0; others say CC-BY-NC-4.0 (no commercial use).
admin-costs = Costs in 7 days
admin-cost-day = Day
admin-scores = User ratings
admin-score-all = Ratings
admin-no-scores = No ratings yet.

admin-version = Version
admin-processes = Processes
admin-process-count = { $bots ->
        [one] { $bots } bot
       *[other] { $bots } bots
    }, { $workers ->
        [one] { $workers } worker
       *[other] { $workers } workers
    }
admin-no-processes = No process has reported yet.
admin-process-name = Process
admin-process-role = Role
admin-process-version = Version
admin-process-state = State
admin-process-started = Started
admin-process-disk = Free disk
admin-process-files = Working on
admin-role-bot = Bot
admin-role-worker = Worker
admin-alive = Running
admin-silent = No signal
admin-database = Database
admin-database-state = PostgreSQL { $version } · { $size } · { $connections ->
    [one] 1 connection
   *[other] { $connections } connections
} · { $milliseconds } ms
admin-tokens = Queue
admin-answers = healthy
admin-no-answer = does not respond
admin-waiting = Not done yet
admin-kind-local = LOCAL
admin-kind-remote = Services
admin-kind-none = No engine yet
admin-charts = Activity
admin-span-day = Day
admin-span-week = Week
admin-span-month = Month
admin-as-table = As table
admin-chart-at = From
admin-chart-files = Files
admin-chart-minutes = Minutes of audio
admin-chart-failures = Failures
admin-chart-wait = Waiting time (mean, seconds)
admin-chart-longest = Longest wait
admin-failures = Failures in 7 days
admin-no-failures = No failures.
admin-failure-code = Reason
admin-failure-engine = Engine
admin-failure-count = Files
admin-failure-last = Last
admin-configuration = Configuration
admin-setting-name = Variable
admin-setting-value = Value
admin-set = set
admin-not-set = not set

admin-audit-at = When
admin-audit-actor = Admin
admin-audit-action = Action
admin-audit-subject = Subject
admin-audit-details = Details

admin-column-before = Files before it
admin-column-error = Error
admin-history = History
admin-history-at = Since
admin-history-state = State
admin-history-lasted = For
admin-history-worker = Worker
admin-history-error = Ended by
admin-history-attempt = attempt { $number }
admin-messages = Answer messages
admin-message-kind = Kind
admin-message-part = Part
admin-message-sent = Sent
admin-unsent = not sent
admin-answer-unsent = The answer has not been sent since { $since }; attempts: { $attempts }.
admin-next-try = Next attempt: { $at }.
admin-given-up = No more automatic attempts.
admin-took = Time taken
admin-took-audio = Audio
admin-took-download = Download
admin-took-decode = Decoding
admin-took-transcribe = Transcribing
admin-state-OPEN = Not finished
admin-bulk-cancel = Cancel all of these
admin-bulk-retry = Retry all of these
admin-bulk-filter = Filter: { $filter }
admin-bulk-no-filter = No filter: all users’ files.
admin-bulk-nothing = None of the filtered files can be changed this way.
admin-bulk-cancel-sure = { $files ->
    [one] 1 file will be cancelled.
   *[other] { $files } files{ $more ->
        [yes] {" "}or more
       *[no] {""}
    } will be cancelled.
}
admin-bulk-retry-sure = { $files ->
    [one] 1 failed file will be retried.
   *[other] { $files } failed files{ $more ->
        [yes] {" "}or more
       *[no] {""}
    } will be retried.
}
admin-bulk-how = It starts after { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}; until then you can undo it. You can stop it later, but what is done stays done. Files that arrive from now on are not included.
admin-bulk-cancel-now = Cancel { $files ->
    [one] 1 file
   *[other] { $files } files
}
admin-bulk-retry-now = Retry { $files ->
    [one] 1 file
   *[other] { $files } files
}
admin-bulk-waiting = Starts in { $seconds } s. Nothing has happened yet.
admin-bulk-running = In progress
admin-bulk-done = Done
admin-bulk-stopped = Undone or stopped: the other files stay as they are.
admin-bulk-cancel-done = Cancelled so far: { $files }.
admin-bulk-retry-done = Retried so far: { $files }.
admin-bulk-skipped = Skipped, already changed: { $files }.
admin-bulk-undo = Undo
admin-bulk-stop = Stop
admin-engine-pause = Pause
admin-engine-resume = Resume
admin-readiness-paused = Paused by an admin
admin-page-sessions = Sessions
admin-session-who = User
admin-session-since = Since
admin-session-seen = Last used
admin-session-address = Address
admin-session-end = Sign out
admin-session-this = this browser
admin-leave-everywhere = Sign out everywhere ({ $sessions })
admin-unsent-answers = Unsent answers
admin-answer-file = File
admin-answer-user = User
admin-answer-since = Unsent since
admin-answer-attempts = Attempts
admin-answer-next = Next attempt
admin-answer-error = Error
admin-answer-action = Action
admin-answer-retry = Send now
admin-no-unsent = Every answer has been sent.
admin-summary-well = All is well
admin-summary-warning = Everything is running, but check these:
admin-summary-unknown = Unknown: the database does not respond.
admin-summary-for = For { $time }.
admin-summary-waiting = Waiting: { $files }.
admin-summary-none = none
admin-summary-oldest = Oldest waiting file
admin-summary-circuits = Resting engines
admin-summary-paused = Paused engines
admin-summary-answers = Unsent answers
admin-summary-disk = Least free disk
admin-summary-backup = Last backup
admin-summary-no-backup = No backup yet
admin-summary-first-backup = Make the first one with “npm run backup”.
admin-summary-ago = { $time } ago
admin-lines = Log lines
admin-lines-how = The latest lines of all processes: warnings, errors, and lines about files. No transcripts, no secrets.
admin-lines-all = Show all
admin-lines-warnings = Only warnings and errors
admin-line-at = When
admin-line-level = Level
admin-line-process = Process
admin-line-file = File
admin-line-message = Message
admin-level-info = info
admin-level-warning = warning
admin-level-error = error
