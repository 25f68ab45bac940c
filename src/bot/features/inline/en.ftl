inline-more = All your transcripts
inline-none = Nothing found: your transcripts, in the chat with Dabir
