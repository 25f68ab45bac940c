command-transcribe = Transcribe the message you reply to
transcribe-how = Reply to a voice note, an audio file or a video with /transcribe, and I’ll send you its text.
transcribe-already = Somebody already asked for this file: the answer is here ↑
# Answers another member's file, whose size is nothing to report here. In a private chat: file-too-large-now.
transcribe-too-large = Bots can download at most { $limit } from Telegram, and this file is larger. { $links ->
    [on] Send a link to it, or the file in parts, or only its audio.
   *[off] Send it in parts, or only its audio.
}
transcribe-who = You post under another name, so I don’t know whose queue to use. Tap the button to use yours; nobody else sees who you are.
transcribe-button-mine = Transcribe
transcribe-taken = On its way
transcribe-automatic-ended = Voice messages are no longer transcribed automatically: the admin who turned this on can no longer use this bot, or is no longer an admin here. Any admin can turn it on again with /settings, using their own minutes. /transcribe works as before.
transcribe-automatic-spent = Voice messages here use { $name }’s minutes, and those have run out. Until { $again } I skip messages that don’t fit. /transcribe works as before, with your own minutes.
