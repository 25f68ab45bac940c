command-admin = Admin page
command-stats = Today and the last 7 days
command-report = Recent errors
command-engines = Engines: state, success, speed
command-user = Look up a user
command-quota = A user’s quota
command-block = Block a user
command-unblock = Unblock a user
command-flush = A user’s queue, if it is stuck
command-invite = An invitation link
command-broadcast = Message all users
staff-whom = Which user? Add their ID or @name after the command, or reply with it to a message forwarded from them.
staff-nobody = No user with that ID or name has messaged me.
staff-hidden = Telegram hides who sent that message. Add their ID or @name after the command.
staff-done = Done
staff-shown = Here it is
staff-already = Already done.
staff-unknown = No user with that ID has messaged me.
staff-protected = You can’t do that to this user.
staff-blocked = Blocked. They are told once, and their files are no longer accepted.
staff-unblocked = They can use the bot again.
staff-today = Today: { $totals }
staff-week = 7 days: { $totals }
staff-people = { $people ->
    [one] 1 user
   *[other] { $people } users
}
staff-failures = { $failures ->
    [0] no failures
    [one] 1 failure
   *[other] { $failures } failures
}
staff-open = In progress or waiting: { $files ->
    [one] 1 file
   *[other] { $files } files
}{ $many ->
    [yes] {" "}or more
   *[no] {""}
}
staff-report = Errors in the last 7 days:
staff-no-failures = No errors in the last 7 days.
staff-failure = • { $count } × { $code } · { $engine } · last { $last }
staff-no-engines = No worker has reported an engine in the last 30 seconds. Is one running?
staff-engine-ready = ready
staff-engine-preparing = being set up
staff-engine-resting = resting after too many failures
staff-engine-paused = paused by an admin
staff-engine-unavailable = not available: { $reason }
staff-success = { $share } succeeded
staff-pace = 1 minute of audio in { $time }
staff-account = Joined { $since }, last seen { $seen }
staff-is-admin = Admin
staff-is-uninvited = No access: not invited
staff-is-blocked = Blocked since { $since }
staff-button-queue = Queue
staff-button-quota = Quota
staff-button-block = Block
staff-button-unblock = Unblock
staff-button-admit = Give access
staff-button-promote = Make admin
staff-button-demote = Remove as admin
staff-ask-block = Block { $name }? They are told once, and their files are not accepted until you unblock them.
staff-ask-promote = Make { $name } an admin? Admins can cancel and delete all users’ files, and block users or give them access.
staff-button-sure-ask-block = Yes, block
staff-button-sure-ask-promote = Yes, make admin
staff-button-back = Back
staff-button-give-back = Requeue
staff-button-cancel-all = Cancel all
staff-queue = Queue of { $name }
staff-queue-empty = { $name } has no files in progress or waiting.
staff-given_back = The file is back in the queue; the next worker takes it
staff-idle = No worker has a file of theirs
staff-quota = Quota of { $name }. Each tap is saved at once. For any other number: /quota ID day 45 (or month, or files).
staff-quota-how = Example: /quota ID day 45. Instead of day, use month or files; instead of the number, unlimited or default.
staff-quota-day = Minutes a day
staff-quota-month = Minutes in 30 days
staff-quota-files = Waiting files
staff-quota-unlimited = ∞
staff-quota-default = default
staff-invitation = { $uses ->
    [one] A link for 1 user, valid for a week:
   *[other] A link for { $uses } users, valid for a week:
} { $link }
staff-invite-how = Send /invite, or /invite 20 for a link that lets 20 users in ({ $most } at most).
staff-invite-needless = No invitation is needed: ACCESS is not invitation.
staff-broadcast-how = Send /broadcast followed by your message, or reply to the message with /broadcast.
staff-broadcast-sure = The message above goes to { $people ->
    [one] 1 user
   *[other] { $people } users
}. Send it?
staff-button-send = { $people ->
    [one] Send to 1 user
   *[other] Send to { $people } users
}
staff-button-stop = Stop
staff-broadcast-sending = Sending to about 20 users a second. I’ll tell you when it’s done.
staff-broadcast-stopped = Stopped. Users who already have it keep it.
staff-broadcast-over = That broadcast is already over.
staff-broadcast-done = The broadcast was sent to { $sent ->
    [one] 1 user
   *[other] { $sent } users
}{ $missed ->
    [0] .
   *[other] ; { $missed } could not be reached.
}
