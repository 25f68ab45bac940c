command-transcribe = Writes down the recording that you reply to
transcribe-how = Send /transcribe as a reply to a voice note, an audio file or a video, and I write down what is said in it.
transcribe-already = Somebody has asked for this recording before: the answer is here ↑
transcribe-too-large = Bots can fetch at most { $limit } from Telegram, and this file is larger. { $links ->
    [on] Send me a link to it instead, or the file in parts, or only its sound.
   *[off] Send it in parts, or only its sound.
}
transcribe-who = You write under another name, so I do not know whose queue this belongs in. Press the button, and it goes into yours; nobody else sees who you are.
transcribe-button-mine = Write it down
transcribe-taken = On its way
transcribe-automatic-ended = Voice messages are no longer transcribed automatically: the admin who switched that on can no longer use this bot, or is no longer an admin here. Any admin can switch it on again with /settings, and then pays for it. /transcribe works as before.
transcribe-automatic-spent = { $name }’s minutes, which pay for the voice messages here, are used up. Until { $again } I leave out those that do not fit. /transcribe works as before, from your own minutes.
