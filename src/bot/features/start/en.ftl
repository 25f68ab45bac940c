start =
    Hi { $name }, I write down what is said in voice notes, audio files and videos: send or forward me one.
    You get the text here and as TXT, Word and PDF files.
help =
    Send a voice note, an audio file, a video or a video message. I ask which engine should write it down, show how far it is, and send the text with its files.
    If its language is not recognised, name it with /language. For one file its caption can name an engine, a language and formats: vira fa srt.
    Something is misspelt? Reply to the text or a file with wrong → right, and all of them are put right; I remember the spelling.

    One file of yours runs at a time; the others wait in order and start by themselves.
command-start = What Dabir does
command-help = How it works
