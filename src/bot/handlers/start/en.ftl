start =
    Hi { $name }, I turn speech into text: send or forward me a voice note, an audio file or a video.
    You get the text here and as TXT, Word and PDF files.
    More: /help
help =
    Send a voice note, an audio file or a video, and get its text here, with TXT, Word and PDF files.
    Your files run one after another and start by themselves.
    
    What would you like to know?
help-button-files = Files and links
help-files = I take voice notes, audio files, videos and video messages. You can forward them, and send several at once. Files sent together can become one document.
help-button-languages = Languages and formats
help-languages =
    I detect the language of each file. Wrong language? Set it with /language.
    For one file, put a language, a format or an engine in its caption: fa srt means Persian, with subtitles. “2 speakers” there shows who said what.
    Engine, files, style and time zone: /settings
help-button-corrections = Corrections
help-corrections =
    Found a mistake? Reply to the text with those words as they should read, or with: wrong -> right
    ⋯ and then “Fix text” under a text shows how. I remember names and rare words for your next files: /glossary
help-button-groups = Groups
help-groups = Add me to a group and reply to a voice note with /transcribe. The group’s admins can have every voice message transcribed: /settings, in the group.
help-button-data = Your data
help-data =
    Your audio is deleted as soon as it is transcribed; the transcripts stay until you delete them.
    Find one: /history
    Export or delete everything: /mydata
    What is kept: /privacy
help-button-commands = All commands
help-commands = All commands:
help-back = Back
command-start = What Dabir does
command-help = How it works
