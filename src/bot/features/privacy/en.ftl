command-privacy = What is kept, and what is not
privacy-page =
    Dabir does not keep your audio: it downloads a file, transcribes it and deletes it at once.

    • LOCAL works on the bot’s own machine. Every other engine sends the audio to its service; I say where when you choose one.
    • What is kept: transcripts with their times, file names, your name on Telegram, settings, your glossary, and how long each file took.
    • How long: until you delete it, or for the time you choose in /mydata.
    • To delete one transcript, use 🗑 under it or /history; to delete or export everything, /mydata.
    • The messages in this chat are stored by Telegram.
