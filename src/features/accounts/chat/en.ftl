access-blocked = You can no longer use this bot. You can still export or erase your data: /mydata
access-uninvited = This bot is by invitation only. If you have a link, open it again; if not, ask the person who told you about the bot.
access-unlisted = Only certain users can use this bot. If you should be one of them, send its admin your ID: { $id }
invitation-invalid = This invitation is used up or expired. Ask for a new link.
command-usage = What you have used
usage-id = Your ID: { $id }
usage-when = A day ends at midnight ({ $zone }); 30-day minutes become free again day by day.
usage-model-userDay = Language model today: { $limit ->
    [none] { $cost }
   *[other] { $cost } of { $limit }
}
usage-model-userMonth = Language model in 30 days: { $limit ->
    [none] { $cost }
   *[other] { $cost } of { $limit }
}
