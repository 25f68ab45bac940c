not-media = This file is not audio or video. Send a voice note, an audio file or a video.
# Refused on arrival in a private chat: Telegram announces the size, so both sizes are named. In a group the reply to
# /transcribe is transcribe-too-large. error-file_too_large ends a file whose size only the download shows.
file-too-large-now = This file is { $size }, but bots can download at most { $limit } from Telegram. { $links ->
    [on] Send a link to it, or the file in parts, or only its audio.
   *[off] Send it in parts, or only its audio.
}
