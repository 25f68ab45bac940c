groups-hello = Reply to a voice note, an audio file or a video with /transcribe to get its text. Otherwise I stay quiet; admins can change that with /settings.
groups-private = That is between you and me, not for the group.
groups-button-private = Open our chat
groups-not-yours = Only the user who asked for this file can use its buttons. Its speaker and the group’s admins can cancel or delete it.
groups-admins-only = Only this group’s admins can choose that.
groups-settings = How I work in this group. Each tap is saved at once and applies from the next file.
groups-blind = To see this group’s voice messages I must be an admin. You can turn off every permission.
groups-automatic = Voice messages: { $value ->
    [on] transcribed automatically
   *[off] only on request
}
groups-engine = Engine: { $engine }
groups-engine-own = each user’s own
groups-engine-page = Which engine should transcribe this group’s files? All engines except LOCAL send the audio to their service.
groups-formats = { $count ->
    [0] Files: on request
   *[other] Files: { $formats }
}
groups-formats-page = Which files come with every transcript here? The others are behind ⋯ under each text.
groups-language = Language: { $language }
groups-language-page = Which language is spoken here?
groups-close = Done
groups-payer = Voice messages that are transcribed automatically use { $name }’s minutes. Each file still belongs to its sender.
groups-payer-you = Turned on. From now on, this group’s voice messages use your minutes. Each file still belongs to its sender.
