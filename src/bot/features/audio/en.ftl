not-media = This file is neither audio nor video. Send me a voice note, an audio file or a video.
file-too-large-now = This file is { $size }, and bots can fetch at most { $limit } from Telegram. { $links ->
    [on] Send me a link to it instead, or the file in parts, or only its sound.
   *[off] Send it in parts, or only its sound.
}
