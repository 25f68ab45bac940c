command-broadcast = A message to everybody
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
announcements-off = You get no more announcements
announcements-on = You get announcements again
button-announcements-off = 🔕 No more announcements
button-announcements-on = 🔔 Announcements again
