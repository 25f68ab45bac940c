command-admin = The admin page
command-stats = Today and the last seven days
command-report = What went wrong lately
command-engines = Engines: ready, success, pace
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
