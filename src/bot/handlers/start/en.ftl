start =
    Hi { $name }, I turn speech into text: send or forward me a voice note, an audio file or a video.
    You get the text here and as TXT, Word and PDF files.
help =
    Send a voice note, an audio file, a video or a video message. You choose an engine, follow the progress, and get the text with its files.
    If the language is not recognised, set it with /language. For one file, the caption can name an engine, a language and formats: vira fa srt.
    Found a mistake? Reply to the text or a file with wrong → right. I correct it everywhere and remember the spelling.

    Your files run one at a time; the others wait in order and start by themselves.
command-start = What Dabir does
command-help = How it works
