inline-more = All your transcripts
inline-none = Nothing found. See all in the chat with Dabir
