start =
    Hi { $name }, I turn speech into text: send or forward me a voice note, an audio file or a video.
    You get the text here and as TXT, Word and PDF files.
help =
    Send a voice note, an audio file or a video, choose an engine, and get the text with its files.
    Wrong language? Set it with /language.
    For one file, put a language and formats in the caption: fa srt means Persian, with subtitles.
    “2 people” there shows who said what.
    Found a mistake? Tap “Fix text” under it.
    
    Your files run one after another and start by themselves.
command-start = What Dabir does
command-help = How it works
