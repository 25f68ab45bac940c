command-settings = Language, engine, files and their look
settings-main = What would you like to change? Every change counts at once, from the next file on.
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
settings-speakers = Speakers in files: { $value ->
    [hidden] not named
   *[shown] named, where the engine knows
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
settings-look = How text and files look
settings-look-page = How is the text written, and what do the files look like? Each press goes on to the next choice.
settings-speech = Your recordings: { $language }
settings-language = Dabir speaks: { $language ->
    [fa] فارسی
    [en] English
   *[telegram] as Telegram does
}
settings-language-page = Which language should Dabir speak with you?
settings-language-fa = فارسی
settings-language-en = English
settings-language-telegram = As Telegram does
settings-kept = How long transcripts are kept
settings-reset = Start over
settings-reset-page = Put all these settings back to where they began? Your transcripts stay, for as long as you have said.
settings-reset-yes = Yes, put them back
