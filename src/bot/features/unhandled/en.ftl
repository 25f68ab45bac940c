send-me-audio = I write down speech. Send me a voice note, an audio file or a video.
