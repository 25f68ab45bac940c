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
staff-engine-paused = paused by an admin
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
staff-ask-block = Block { $name }? They are told once, and their files are not taken any more until you unblock them.
staff-ask-promote = Make { $name } an admin? They could cancel and delete everybody’s files, and block people and let them in.
staff-button-sure-ask-block = Yes, block
staff-button-sure-ask-promote = Yes, make admin
staff-button-back = Back
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
