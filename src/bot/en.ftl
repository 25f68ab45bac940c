bot-name = Dabir
bot-description =
    I turn speech into text. Send or forward a voice note, an audio file or a video, and get the text here, with TXT, Word and PDF files.
    
    I work in groups, too. Your audio is deleted as soon as it is transcribed.
bot-short-description = Turns voice notes, audio and video into text and files.
