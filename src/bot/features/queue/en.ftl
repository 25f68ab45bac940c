command-queue = Your files: running and waiting
queue-empty = Nothing is running or waiting. Send me a voice note!
queue-title = Your files
queue-choosing = waits for you to pick an engine
queue-waiting = { $before ->
    [0] is next
    [one] one before it
   *[other] { $before } before it
}
queue-running = is being worked on
queue-more = … and more
