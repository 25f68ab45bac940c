not-media = This file is not audio or video. Send a voice note, an audio file or a video.
file-too-large-now = This file is { $size }, but bots can download at most { $limit } from Telegram. { $links ->
    [on] Send a link to it, or the file in parts, or only its audio.
   *[off] Send it in parts, or only its audio.
}
