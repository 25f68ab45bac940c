not-media = This file is neither audio nor video. Send me a voice note, an audio file or a video.
file-too-large-now = This file is { $size }, and bots can fetch at most { $limit } from Telegram. Send it in parts, or only its sound.
