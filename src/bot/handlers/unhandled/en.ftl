send-me-audio = I turn speech into text. Send a voice note, audio or video. /help
