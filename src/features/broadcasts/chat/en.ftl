command-broadcast = Message all users
admin-chat-broadcast-how = Send /broadcast followed by your message, or reply to the message with /broadcast.
admin-chat-broadcast-sure = The message above goes to { $users ->
    [one] 1 user
   *[other] { $users } users
}. Send it?
admin-chat-button-send = { $users ->
    [one] Send to 1 user
   *[other] Send to { $users } users
}
admin-chat-button-stop = Stop
admin-chat-broadcast-sending = Sending to about 20 users a second. I’ll tell you when it’s done.
admin-chat-broadcast-stopped = Stopped. Users who already have it keep it.
admin-chat-broadcast-over = That broadcast is already over.
admin-chat-broadcast-done = The broadcast was sent to { $sent ->
    [one] 1 user
   *[other] { $sent } users
}{ $missed ->
    [0] .
   *[other] ; { $missed } could not be reached.
}
broadcasts-off = Announcements are off
broadcasts-on = Announcements are on again
button-broadcasts-off = 🔕 Mute announcements
button-broadcasts-on = 🔔 Unmute announcements
