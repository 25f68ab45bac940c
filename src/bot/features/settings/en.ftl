command-settings = Which files you get, and how they look
settings-main = Which engine your files start with, and how they come back. Press what you want changed: it counts at once, from the next file on.
settings-formats =
    Which files come with every transcript? The others are one press away under it.

    TXT: plain text
    DOCX: Word, to edit
    PDF: to read and print
    SRT, VTT: subtitles
    MD: notes (Markdown)
    JSON: for programs, with all times
settings-attached = { $count ->
    [0] Files: none, only the text
   *[other] Files: { $formats }
}
settings-spelling = Persian spelling: { $value ->
    [school] put right
   *[heard] as heard
}
settings-digits = Digits in Persian: { $value ->
    [persian] ۱۲۳
    [latin] 123
   *[heard] as heard
}
settings-page = Paper: { $value ->
    [letter] Letter
   *[a4] A4
}
settings-lines = Lines in PDF: { $value ->
    [ragged] ragged
   *[justified] justified
}
settings-times = Times in PDF, Word and TXT: { $value ->
    [shown] yes
   *[hidden] no
}
settings-doubt = Uncertain words: { $value ->
    [marked] marked
   *[unmarked] not marked
}
settings-word = Word file: { $value ->
    [table] table with times
   *[text] running text
}
settings-engine = Engine: { $engine }
settings-engine-ask = ask each time
settings-engine-page = Which engine should your files start with? For one file, name another as its caption, such as vira; a format (srt) and a language (fa) can stand there too.
settings-back = Back
settings-set = Noted
