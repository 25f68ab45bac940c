command-language = The language of your recordings
language-ask = Which language are your recordings in? For one file you can name another as its caption.
language-unknown = I do not know that language’s code. Pick one, or write its code: /language de
language-auto = Find out each time
language-set = Noted
language-chosen-auto = I find out the language of each recording.
language-chosen = I take your recordings to be in this language: { $language }. /language changes it.
