command-settings = Language, engine, files and formatting
settings-main = What would you like to change? Changes are saved at once and apply from the next file.
settings-formats =
    Which files come with every transcript? The others are behind ⋯ under each text.

    TXT: plain text
    Word: to edit
    PDF: to read and print
    SRT, VTT: subtitles
    MD: notes (Markdown)
    JSON: for programs, with all times
settings-attached = { $count ->
    [0] Files: none, only the text
   *[other] Files: { $formats }
}
settings-spelling = Persian spelling: { $value ->
    [school] corrected
   *[heard] unchanged
}
settings-digits = Digits in Persian: { $value ->
    [persian] ۱۲۳
    [latin] 123
   *[heard] unchanged
}
settings-speakers = Speakers in files: { $value ->
    [hidden] not shown
    [found] found for every engine
   *[shown] shown, if the engine names them
}
settings-page = Paper: { $value ->
    [letter] Letter
   *[a4] A4
}
settings-lines = Lines in PDF: { $value ->
    [ragged] not justified
   *[justified] justified
}
settings-times = Times in PDF, Word and TXT: { $value ->
    [shown] shown
   *[hidden] hidden
}
settings-lowConfidence = Uncertain words: { $value ->
    [marked] marked
   *[unmarked] not marked
}
settings-summary = What the language model made: { $value ->
    [before] before the text, in files
    [hidden] not in files
   *[after] after the text, in files
}
settings-word = Word file: { $value ->
    [table] table with times
   *[text] plain text
}
settings-engine = Engine: { $engine }
settings-engine-ask = ask if there are several
settings-engine-page = Which engine should your files use? For one file, name another in its caption, such as vira; a format (srt) and a language (fa) work there too.
settings-back = Back
settings-set = Saved
settings-look = Text and file style
settings-look-page = How should text and files look? Each tap shows the next choice.
settings-speech = Spoken language: { $language }
settings-language = Dabir’s language: { $language ->
    [fa] فارسی
    [en] English
   *[telegram] same as Telegram
}
settings-language-page = Which language should Dabir use with you?
settings-language-fa = فارسی
settings-language-en = English
settings-language-telegram = Same as Telegram
settings-retention = How long transcripts are kept
settings-voices = Remembered voices
settings-reset = Reset settings
settings-reset-page = Reset all these settings? Your transcripts stay, for as long as you chose.
settings-reset-yes = Yes, reset
settings-bundles = Offer “One document”: { $value ->
    [on] on
   *[off] off
}
settings-zone = Time zone: { $zone }
settings-zone-guess = automatic
settings-zone-page = Which clock should dates and times follow, here and in your files? Pick a place that shows your time.
zone-Asia-Tehran = Tehran
zone-Asia-Kabul = Kabul
zone-Asia-Dushanbe = Dushanbe
zone-Asia-Dubai = Dubai
zone-Asia-Baghdad = Baghdad
zone-Europe-Istanbul = Istanbul
zone-Europe-Moscow = Moscow
zone-Europe-Berlin = Berlin
zone-Europe-London = London
zone-America-New_York = New York
zone-America-Chicago = Chicago
zone-America-Los_Angeles = Los Angeles
zone-America-Sao_Paulo = São Paulo
zone-Asia-Karachi = Karachi
zone-Asia-Kolkata = Delhi
zone-Asia-Shanghai = Beijing
zone-Asia-Tokyo = Tokyo
zone-Australia-Sydney = Sydney
