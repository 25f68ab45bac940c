send-me-audio = I turn speech into text. Send a voice note, an audio file or a video. More: /help
unknown-command = I don’t know { $command }. All commands: /help
transcribe-needless = No command needed here: send or forward a voice note, an audio file or a video. /transcribe is for groups.
