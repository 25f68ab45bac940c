speakers-title = Who spoke? Tap ▶ to listen, then reply to the clip with the name.
speakers-below = See below
speakers-line = • { $name }: { $duration }
speakers-button-others = Same as …
speakers-button-same = Same as { $name }
speakers-button-back = Back
speakers-button-apart = Separate them again
speakers-button-is = { $speaker } is { $name }
speakers-others = Who is the same speaker as { $name }?
speakers-merged = Now one speaker
speakers-separated = Separate again
speakers-renamed = Renamed
speakers-clip = { $word }, at { $time }. Who is it? Reply to this with the name.
speakers-no-clip = The file is no longer on Telegram, so I can’t play { $word } ({ $time }). To name this speaker, reply to this message.
speakers-no-name = I can’t use that as a name. Reply to the clip with one line of at most 64 characters.
speakers-named = { $speaker } is now { $name }.
speakers-keep =
    Should I remember this voice, to put the name { $name } into your next files? Only with the consent of { $name }. I keep numbers that describe the voice, no audio; /mydata shows and deletes them.
speakers-button-keep = Yes, remember
speakers-button-leave = No
speakers-keeping = Listening to the voice…
speakers-left = I won’t ask again. You can change that in /settings.
speakers-left-one = Not remembered
voice-remembered = { $outcome ->
    [remembered] I’ll recognise { $name } in your next files, where I find out who said what. /mydata shows the voices that I remember.
    [full] I already remember as many voices as I can. Delete one first: /mydata
    [short] { $name } speaks too briefly here for me to recognise the voice later. Nothing is kept.
   *[none] I could not listen to { $name } again, so nothing is kept.
}
voices-page =
    When you name a speaker, I can remember the voice and put the name into your next files. I keep numbers that describe the voice, no audio. Each voice is deleted after a year without use.

    Only remember voices of people who agreed.
voices-count = { $count ->
    [0] I remember no voice.
    [one] I remember one voice. Tap it to delete it.
   *[other] I remember { $count } voices. Tap one to delete it.
}
voices-state = { $state ->
    [off] I don’t ask and remember nothing.
   *[ask] I ask each time before I remember a voice.
}
voices-button-on = Ask me after I name a speaker
voices-button-off = Never ask, and delete all voices
