command-queue = Your files: running and waiting
queue-empty = Nothing is running or waiting. Send me a voice note!
queue-title = Your files
queue-choosing = waiting for you to pick an engine
queue-waiting = { $before ->
    [0] next in line
    [one] 1 file before it
   *[other] { $before } files before it
}
queue-running = in progress
queue-more = … and more
queue-line = { $number }. { $name }: { $state }
queue-button-cancel = Cancel { $number }
queue-button-cancel-all = Cancel all
