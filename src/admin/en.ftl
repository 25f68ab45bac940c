# The admin page, in English. Every key here is in admin.fa.ftl too.

admin-name = Dabir
admin-menu = Pages
admin-skip = To the content
admin-other-language = فارسی
admin-leave = Sign out
admin-page-now = Now

admin-link =
    Here is your way into the admin page, for one use within ten minutes:
    { $link }
admin-enter-title = Sign in
admin-enter-question = Sign in to the admin page in this browser? The link is used up by it.
admin-enter = Sign in
admin-enter-slowly = Too many tries. Wait a minute.
admin-enter-other-browser = Open the link from the bot again, in the browser in which you want to sign in.
admin-enter-expired = This link is not good any more. Send /admin to the bot for another.
admin-signed-out = You are not signed in any more. Send /admin to the bot for a new link.
admin-how-to-enter = Send /admin to the bot: it gives you a link to sign in with.
admin-not-from-here = This form is out of date. Go back, load the page again, and repeat it.
admin-not-found = There is nothing here (any more).
admin-not-now = This is not possible in the file’s present state.
admin-back = Back

admin-page-people = People
admin-search-people = Number, @name or name
admin-nobody = Nobody here.
admin-is-admin = admin
admin-is-blocked = blocked
admin-role-USER = person
admin-role-ADMIN = admin
admin-usage = Used
admin-their-files = Their files
admin-quota = Quota
admin-quota-minutesADay = Minutes a day
admin-quota-minutesAMonth = Minutes in 30 days
admin-quota-waitingFiles = Files that may wait
admin-quota-how = A number, “unlimited”, or nothing for what is usual.
admin-not-a-quota = That is no quota: a whole number, “unlimited” (for minutes), or nothing.
admin-save = Save
admin-block = Block
admin-unblock = Unblock
admin-admit = Let in
admin-block-sure = They are told once, and their files are not taken any more until somebody unblocks them.
admin-promote = Make an admin
admin-promote-sure = An admin can cancel and delete everybody’s files, and block and admit people.
admin-demote = No admin any more
admin-protected = This account is not yours to change.
admin-column-seen = Last seen
admin-column-since = Since
admin-column-open = Open files
admin-column-standing = Standing
admin-column-username = Name in Telegram
admin-column-blocked = Blocked
admin-column-role = Role

admin-search = Number, @name, name or file
admin-show = Show
admin-filter-state = Any state
admin-filter-engine = Any engine
admin-filter-kind = Any kind
admin-newest = Newest
admin-older = Older
admin-csv = As CSV
admin-no-files = No files here.
admin-file = File { $number }

admin-column-number = No.
admin-column-person = Person
admin-column-what = What
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
admin-retry = Try again
admin-engine = With this engine
admin-delete = Delete
admin-read = Read what was said
admin-read-kept = That you have read this is kept in the log of what admins did.
admin-delete-sure = The transcript, its files and our record of them will be gone for good, from the chat too.

admin-page-engines = Engines
admin-page-system = System
admin-page-audit = Log
admin-nothing = Nothing yet.

admin-engine-engine = Engine
admin-engine-state = State
admin-engine-success = Success
admin-engine-pace = Per minute of audio (p50 · p95)
admin-engine-credit = Credit
admin-engine-test = Test
admin-engine-nobody = No worker runs it.
admin-engine-try = Test it
admin-readiness-ready = Ready
admin-readiness-preparing = Being set up
admin-readiness-resting = Resting after failures
admin-readiness-unavailable = Not available
admin-test-waiting = Waiting for a worker
admin-test-running = Running
admin-test-passed = Passed
admin-test-failed = Failed
admin-test-lost = No worker answered
admin-costs = Costs of seven days
admin-cost-day = Day
admin-scores = What people think
admin-score-all = Thumbs
admin-no-scores = Nobody has given a thumb yet.

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
admin-process-files = Works on
admin-role-bot = Bot
admin-role-worker = Worker
admin-alive = Alive
admin-silent = Silent
admin-database = Database
admin-database-state = PostgreSQL { $version } · { $size } · { $connections } connections · { $milliseconds } ms
admin-tokens = Queue
admin-answers = well
admin-no-answer = does not answer
admin-waiting = Not done yet
admin-kind-local = LOCAL
admin-kind-remote = Services
admin-kind-none = No engine yet
admin-charts = What was done
admin-span-day = Day
admin-span-week = Week
admin-span-month = Month
admin-as-table = As a table
admin-chart-at = From
admin-chart-files = Files
admin-chart-minutes = Minutes of audio
admin-chart-failures = Failures
admin-chart-wait = Waiting time (mean, seconds)
admin-chart-longest = Longest wait
admin-failures = Failures of seven days
admin-no-failures = Nothing has failed.
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
admin-messages = Messages of the answer
admin-message-kind = Kind
admin-message-part = Part
admin-message-sent = Sent
admin-unsent = not sent
admin-answer-unsent = The answer has not been sent since { $since }; tries: { $attempts }.
admin-next-try = Next try: { $at }.
admin-given-up = It is not tried again by itself.
admin-took = What it took
admin-took-audio = Audio
admin-took-download = Download
admin-took-decode = Decoding
admin-took-listen = Listening
admin-state-OPEN = Not ended
admin-bulk-cancel = Cancel all of these
admin-bulk-retry = Try all of these again
admin-bulk-filter = Filter: { $filter }
admin-bulk-no-filter = No filter: everybody’s files.
admin-bulk-nothing = No file of this filter can be changed like that.
admin-bulk-cancel-sure = { $files ->
    [one] One file will be cancelled.
   *[other] { $files } files{ $more ->
        [yes] {" "}or more
       *[no] {""}
    } will be cancelled.
}
admin-bulk-retry-sure = { $files ->
    [one] One failed file will be tried again.
   *[other] { $files } failed files{ $more ->
        [yes] {" "}or more
       *[no] {""}
    } will be tried again.
}
admin-bulk-how = It begins after { $seconds } seconds; until then it can be undone. Later it can be stopped, and what has been done stays. Files that come from now on are not meant.
admin-bulk-cancel-now = Cancel { $files ->
    [one] one file
   *[other] { $files } files
}
admin-bulk-retry-now = Try { $files ->
    [one] one file
   *[other] { $files } files
} again
admin-bulk-waiting = Begins in { $seconds } s. Nothing has happened yet.
admin-bulk-running = Under way
admin-bulk-done = Done
admin-bulk-stopped = Undone or stopped: the other files stay as they are.
admin-bulk-cancel-done = Cancelled so far: { $files }.
admin-bulk-retry-done = Tried again so far: { $files }.
admin-bulk-skipped = Moved on meanwhile: { $files }.
admin-bulk-undo = Undo
admin-bulk-stop = Stop
admin-engine-pause = Pause
admin-engine-resume = Resume
admin-readiness-paused = Paused by an admin
admin-page-sessions = Sessions
admin-session-who = Who
admin-session-since = Since
admin-session-seen = Last used
admin-session-address = Address
admin-session-end = Sign out
admin-session-this = this browser
admin-leave-everywhere = Sign out everywhere ({ $sessions })
admin-unsent-answers = Answers that have not been sent
admin-answer-file = File
admin-answer-person = Person
admin-answer-since = Unsent
admin-answer-attempts = Tries
admin-answer-next = Next try
admin-answer-error = Error
admin-answer-action = Action
admin-answer-retry = Send now
admin-no-unsent = Every answer has been sent.
admin-summary-well = All is well
admin-summary-warning = Nothing stands still, but this needs attention:
admin-summary-unknown = Nobody knows: the database does not answer.
admin-summary-for = For { $time }.
admin-summary-waiting = Waiting: { $files }.
admin-summary-none = none
admin-summary-oldest = Oldest waiting file
admin-summary-circuits = Open circuits
admin-summary-paused = Paused engines
admin-summary-answers = Unsent answers
admin-summary-disk = Least free disk
admin-summary-backup = Last backup
admin-summary-no-backup = No backup yet
admin-summary-first-backup = Make the first one with “npm run backup”.
admin-summary-ago = { $time } ago
admin-lines = Log lines
admin-lines-how = The latest lines of all processes: warnings, errors, and what is about a file. Nothing of what was said, no secrets.
admin-lines-all = Show all of them
admin-lines-warnings = Only warnings and errors
admin-line-at = When
admin-line-level = Level
admin-line-process = Process
admin-line-file = File
admin-line-message = Line
admin-level-info = info
admin-level-warning = warning
admin-level-error = error
