command-mydata = Your data: see it, take it, delete it
mydata-title = What Dabir keeps of you:
mydata-transcripts = { $count ->
    [0] no transcripts
    [one] one transcript, { $duration } of sound
   *[other] { $count } transcripts, { $duration } of sound in all
}
mydata-oldest = the oldest: { $date }
mydata-glossary = { $count ->
    [0] an empty glossary
    [one] one word in the glossary
   *[other] { $count } words in the glossary
}
mydata-kept = transcripts are kept: { $time }
mydata-more = And settings, thumbs, and the minutes that you used. Sound is never kept: /privacy
mydata-time-always = until you delete them
mydata-time-days = { $days ->
    [one] one day
   *[other] { $days } days
}
mydata-time-hours = { $hours ->
    [one] one hour
   *[other] { $hours } hours
}
mydata-button-export = All of it as a file
mydata-button-keep = Kept: { $time }
mydata-button-forget = 🗑 Delete everything
mydata-button-stay = No, keep it
mydata-back = Back
mydata-set = Noted
mydata-keep-page = How long shall a transcript be kept once it is there? Then it is deleted by itself; the messages of this chat stay. It counts for what is there already, too.
mydata-keep-usual = As for everybody: { $time }
mydata-export-page = All your data as a ZIP file: texts (TXT) and data (JSON). Word and PDF files too?
mydata-export-texts = Texts and data will do
mydata-export-documents = Word and PDF too
mydata-export-begun = I am preparing the file…
mydata-export-already = It is being prepared already
mydata-exporting = I am preparing the file: { $done } of { $total } transcripts
mydata-exported = { $archives ->
    [one] Everything is in this file.
   *[other] Everything is in these { $archives } files.
}
mydata-export-failed = The file could not be made. Nothing of your data is lost; try /mydata again in a while.
mydata-archive = Part { $part }
mydata-archive-name = My data
mydata-word = delete everything
mydata-forget-page =
    All transcripts, files, your glossary, settings and their messages will be gone for good, and what is under way is stopped. There is no way back.

    If you are sure, write within ten minutes:
    { $word }
mydata-forgetting = I am deleting everything…
mydata-too-late = Nothing was deleted: these words count for ten minutes after I ask for them. Start again with /mydata.
mydata-forgotten = { $stays ->
    [true] Deleted: { $files ->
        [one] one file
       *[other] { $files } files
    } and all that was kept of them. Only the number of your account stays, with the minutes you used, for 31 days; and a limit, where an admin has set one. Messages older than two days are kept by Telegram; you can clear this chat yourself.
   *[other] Deleted: { $files ->
        [one] one file
       *[other] { $files } files
    } and all that I kept of you. Messages older than two days are kept by Telegram; you can clear this chat yourself.
}
command-privacy = What is kept, and what is not
privacy-page =
    Dabir does not keep your recordings: it fetches one, writes down what is said, and deletes it at once.

    • LOCAL writes on this very machine. Every other engine sends the recording to its service; when you choose one I say where that is.
    • Kept are: texts with their times, names of files, your name on Telegram, settings, your glossary, and how long each file took.
    • Until when: until you delete it, or for as long as you say in /mydata.
    • Delete one transcript with 🗑 under it or in /history, everything in /mydata. A copy of all your data is there, too.
    • The messages of this chat are at Telegram.
