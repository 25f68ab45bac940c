send-me-audio = I turn speech into text. Send a voice note, an audio file or a video. More: /help
