command-admin = Admin page
command-stats = Today and the last 7 days
command-report = Recent errors
command-engines = Engines: state, success, speed
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
