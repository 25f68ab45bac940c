groups-hello = Reply to a voice note, an audio file or a video with /transcribe, and I write down what is said. Otherwise I keep quiet; admins choose with /settings.
groups-private = That is between you and me: not for the group.
groups-button-private = Open our chat
groups-not-yours = Only whoever asked for this recording can use its buttons. The admins of the group can cancel or delete it.
groups-admins-only = Only the admins of this group choose that.
groups-settings = How I work in this group. A press counts at once, from the next recording on.
groups-blind = Telegram shows me voice messages of this group only when I am one of its admins. I need no rights as one.
groups-automatic = Every voice message: { $value ->
    [on] written down unasked
   *[off] only when asked for
}
groups-engine = Engine: { $engine }
groups-engine-own = each person’s own
groups-engine-page = Which engine hears the recordings of this group? What it hears leaves for its service, unless it is LOCAL.
groups-formats = { $count ->
    [0] Files: on request
   *[other] Files: { $formats }
}
groups-formats-page = Which files come with every transcript here? The others are one press away under it.
groups-language = Language: { $language }
groups-language-page = Which language do people speak here?
groups-close = Done
groups-help = I work in groups, too: bring me in, and reply to a recording with /transcribe.
groups-payer = Voice messages that are transcribed automatically count towards { $name }’s minutes. Each file stays its sender’s own.
groups-payer-you = Switched on. From now on the voice messages of this group count towards your minutes. Each file stays its sender’s own.
