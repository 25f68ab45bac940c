command-mydata = See, export or delete your data
mydata-title = What Dabir keeps about you:
mydata-transcripts = { $count ->
    [0] no transcripts
    [one] 1 transcript, { $duration } of audio
   *[other] { $count } transcripts, { $duration } of audio in all
}
mydata-oldest = Oldest: { $date }
mydata-glossary = { $count ->
    [0] an empty glossary
    [one] 1 word in your glossary
   *[other] { $count } words in your glossary
}
mydata-voices = { $count ->
    [one] 1 remembered voice
   *[other] { $count } remembered voices
}
mydata-retention = Kept: { $time }
mydata-more = Also your settings, ratings and the minutes you used. Audio is never kept: /privacy
mydata-time-always = until you delete them
mydata-time-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
mydata-time-hours = { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}
mydata-button-export = Export everything
mydata-button-retention = Keep transcripts: { $time }
mydata-button-erase = 🗑 Delete everything
mydata-button-stay = No, keep it
mydata-back = Back
mydata-set = Saved
mydata-retention-page = How long should I keep transcripts? After that they are deleted automatically; the messages in this chat stay. This applies to existing transcripts, too.
mydata-retention-usual = Default: { $time }
mydata-export-page = All your data as a ZIP file: text (TXT) and data (JSON). Word and PDF files too?
mydata-export-texts = Just text and data
mydata-export-documents = Word and PDF too
mydata-export-begun = Preparing your file…
mydata-export-already = It is already being prepared
mydata-exporting = Preparing your file: { $done } of { $total ->
    [one] 1 transcript
   *[other] { $total } transcripts
}
mydata-exported = { $archives ->
    [one] Everything is in this file.
   *[other] Everything is in these { $archives } files.
}
mydata-export-failed = I could not create the file. None of your data is lost; try /mydata again later.
mydata-archive = Part { $number }
mydata-archive-name = My data
mydata-word = delete everything
mydata-erase-page =
    All your transcripts, files, glossary, remembered voices, settings and their messages will be deleted for good, and files in progress are stopped. This cannot be undone.

    If you are sure, send this within ten minutes:
    { $word }
mydata-erasing = Deleting everything…
mydata-too-late = Nothing was deleted: you have ten minutes to confirm. Start again with /mydata.
mydata-erased = { $stays ->
    [true] Deleted: { $files ->
        [one] 1 file
       *[other] { $files } files
    } and everything kept with them. Only your account number and the minutes you used stay, for 31 days; also a limit, if an admin has set one. Telegram keeps messages older than two days; you can clear this chat yourself.
   *[other] Deleted: { $files ->
        [one] 1 file
       *[other] { $files } files
    } and everything I kept about you. Telegram keeps messages older than two days; you can clear this chat yourself.
}
command-privacy = What is kept, and what is not
privacy-page =
    Dabir does not keep your audio: it downloads a file, transcribes it and deletes it at once.
    • LOCAL works on the bot’s own server. Every other engine sends the audio to its own service; you see where when you choose.
    • What is kept: transcripts with their times, file names, your name on Telegram, settings, your glossary, your ratings and the minutes you used.
    • Voices of speakers whom you have named: only if you agree each time, and never the audio.
    • How long: see and change it in /mydata.
    • To delete one transcript, use 🗑 behind ⋯ under it, or /history; to delete or export everything, /mydata.
    • The messages in this chat are stored by Telegram.
    • If you connect me to your account (/secretary), I store only voice notes of your chats, as texts: for a day, unless you choose more. Nobody else reads them, admins neither, and they leave this server only for an engine that you chose for them.
