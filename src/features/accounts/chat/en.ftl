access-blocked = You cannot use this bot any more.
access-uninvited = This bot is by invitation. If somebody gave you a link, open it once more; otherwise ask whoever told you of the bot for one.
access-unlisted = This bot is for certain people only. If you should be one of them, tell its operator your id: { $id }
invitation-invalid = This invitation is used up or too old. Ask for a new link.
command-usage = What you have used
usage-id = Your id: { $id }
usage-when = A day ends at midnight ({ $zone }); minutes of the 30 days come back day by day.
