command-admin = Admin page
command-stats = Today and the last 7 days
command-report = Recent errors
command-engines = Engines: state, success, speed
admin-chat-today = Today: { $totals }
admin-chat-week = 7 days: { $totals }
admin-chat-users = { $users ->
    [one] 1 user
   *[other] { $users } users
}
admin-chat-failures = { $failures ->
    [0] no failures
    [one] 1 failure
   *[other] { $failures } failures
}
admin-chat-open = In progress or waiting: { $files ->
    [one] 1 file
   *[other] { $files } files
}{ $many ->
    [yes] {" "}or more
   *[no] {""}
}
admin-chat-report = Errors in the last 7 days:
admin-chat-no-failures = No errors in the last 7 days.
admin-chat-failure = • { $count } × { $code } · { $engine } · last { $last }
admin-chat-no-engines = No worker has reported an engine in the last 30 seconds. Is one running?
admin-chat-engine-ready = ready
admin-chat-engine-preparing = being set up
admin-chat-engine-resting = resting after too many failures
admin-chat-engine-paused = paused by an admin
admin-chat-engine-unavailable = not available: { $reason }
admin-chat-success = { $share } succeeded
admin-chat-speed = 1 minute of audio in { $time }
