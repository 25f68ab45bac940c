command-privacy = What is kept, and what is not
privacy-page =
    Dabir does not keep your recordings: it fetches one, writes down what is said, and deletes it at once.

    • LOCAL writes on this very machine. Every other engine sends the recording to its service; when you choose one I say where that is.
    • Kept are: texts with their times, names of files, your name on Telegram, settings, your glossary, and how long each file took.
    • Until when: until you delete it, or for as long as you say in /mydata.
    • Delete one transcript with 🗑 under it or in /history, everything in /mydata. A copy of all your data is there, too.
    • The messages of this chat are at Telegram.
