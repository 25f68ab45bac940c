command-secretary = Voice notes that others send you
secretary-title = Your secretary
secretary-how = Connect me to your Telegram account, and I transcribe the voice notes that others send you, here, for you alone.
    
    In Telegram: Settings → Telegram Business → Chatbots → { $bot }. You choose there which chats I see, and whether I may send your answers.
secretary-greeting = I am connected to your account.
    • I transcribe the voice notes that others send you. The text comes here, to you alone.
    • I write nothing into your chats and mark nothing as read. Only when you tap “Send as me” here, that one answer goes out.
    • I keep no other messages. What others say is deleted after a day, and you can end this in Telegram’s settings at any time.
secretary-ended = The connection to your account has ended. I no longer get anything from there; what was not transcribed yet is deleted.
secretary-set = Saved
secretary-back = ‹ Back

secretary-notes-line = { $notes ->
    [mine] I transcribe the notes that you send.
    [both] I transcribe the notes that you get and those that you send.
    [none] I transcribe nothing now.
   *[received] I transcribe the notes that you get.
}
secretary-senders-line = { $senders ->
    [chosen] Only from those whom you have allowed; I ask once about each.
   *[all] From everybody, except those you refuse.
}
secretary-engine-line = Engine: { $engine }
secretary-engine-none = No engine on this machine is ready. I transcribe nothing until you choose one.
secretary-kept-line = I keep the texts for { $kept }.
secretary-no-reply = Telegram does not let me send your answers: you can allow it where you connected me.
secretary-kept = { $hours ->
    [24] a day
    [168] a week
   *[720] a month
}
secretary-notes = { $notes ->
    [mine] Notes: mine
    [both] Notes: both
    [none] Notes: off
   *[received] Notes: received
}
secretary-senders = { $senders ->
    [chosen] From: those I choose
   *[all] From: everybody
}
secretary-engine = Engine: { $engine }
secretary-engine-choose = choose one
secretary-files = { $files ->
    [on] Files: with each text
   *[off] Files: on request
}
secretary-deleted = { $removes ->
    [yes] Deleted notes: text goes too
   *[no] Deleted notes: text stays
}
secretary-keep = Kept for { $kept }
secretary-people = From whom
secretary-people-page = ✓ is transcribed, ✗ is not. A tap changes it.
secretary-people-none = { $senders ->
    [chosen] Nobody yet. I ask when somebody sends you a note.
   *[all] You have refused nobody. “Not from this sender” is under each text.
}
secretary-engines = Which engine should transcribe these notes? The others in the chat have not chosen it, so LOCAL, which keeps their voice on this machine, is the considerate choice.
secretary-engines-none = No engine is ready now. Try again in a moment.
secretary-sent-to = sent to { $host }

secretary-ask = { $name } sent you a voice note ({ $duration }). Shall I transcribe what { $name } sends you?
secretary-ask-yes = Yes
secretary-ask-no = No
secretary-asked-yes = From the next note on, I transcribe what { $name } sends you. To have this one too, forward it to me.
secretary-asked-no = I transcribe nothing that { $name } sends you.
secretary-decided-yes = Saved: transcribed
secretary-decided-no = Saved: not transcribed
secretary-too-large = { $name } sent you a file that is larger than { $limit }. Bots cannot get it, so I could not transcribe it.
secretary-no-engine = { $name } sent you a voice note. I do not transcribe it, because you have not chosen an engine: /secretary
secretary-refused = { $name } sent you a voice note that I did not transcribe. { $reason }

secretary-heading = 🎙 { $name } · { $time }
secretary-heading-mine = 🎙 You to { $name } · { $time }
secretary-button-draft = ✎ Draft an answer
secretary-button-later = Later
secretary-button-never = Not from this sender
secretary-button-chat = Open the chat
secretary-button-in = { $hours ->
    [1] In an hour
   *[other] In { $hours } hours
}
secretary-later = { $hours ->
    [1] I will remind you in an hour
   *[other] I will remind you in { $hours } hours
}
secretary-reminder = ⏰ You wanted to come back to { $name }.
secretary-never = From now on I transcribe nothing that { $name } sends you. You can change it in /secretary.

secretary-prompt = Answer { $name }: reply to this message by voice or in words. Nothing is sent before you tap “Send as me”.
secretary-prompt-field = Your answer
secretary-draft = { $state ->
    [SENT] ✓ Sent to { $name } as you
    [UNKNOWN] Perhaps sent to { $name }: please look in the chat
    [DISCARDED] Discarded; nothing was sent to { $name }
    [REPLACED] Replaced by a newer draft
   *[OPEN] Draft for { $name }, not sent
}
secretary-button-send = Send as me
secretary-button-again = Send again
secretary-button-edit = Edit
secretary-button-discard = Discard
secretary-edit-how = Reply to the draft with the text as it should be, or with another voice note.
secretary-discarded = Discarded
secretary-send-sent = Sent to { $name }
secretary-send-unknown = This draft can no longer be sent
secretary-send-sending = It is being sent…
secretary-send-lost = I do not know whether it was sent. Look in the chat with { $name }, and send it again only if it is not there.
secretary-send-long = This is longer than one message. Shorten it: reply to it with a shorter text.
secretary-send-later = Telegram is busy. Nothing was sent; try again in a moment.
secretary-send-ended = Nothing was sent: I am no longer connected to your account.
secretary-send-rights = Nothing was sent: Telegram does not let me write there. You can allow it where you connected me.
secretary-send-window = Nothing was sent: { $name } has written nothing for 24 hours, and Telegram lets me answer only until then. Copy the text and send it yourself.
secretary-send-other = Telegram did not accept it, so nothing was sent. Copy the text and send it yourself.
