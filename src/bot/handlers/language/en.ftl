command-language = The language of your files
language-ask = Which language are your files in? For one file, you can name another in its caption.
language-unknown = I don’t know that language. Pick one, or send its name or code: /language German
language-auto = Detect automatically
language-set = Saved
language-chosen-auto = I detect the language of each file.
language-chosen = Language of your files: { $language }. Change it with /language.
