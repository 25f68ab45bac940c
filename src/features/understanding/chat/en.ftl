button-understand-summary = Summary
button-understand-tasks = Tasks and dates
button-understand-chapters = Chapters
button-understand-clean = Clean text
button-understand-translation = Translate
button-understand-minutes = Minutes
button-understand-more = ✨ More

understanding-stays = 🔒 A language model on this machine reads the text. It is sent nowhere.
understanding-goes = { $keeps ->
    [nothing] The text is sent to { $host }, which keeps nothing.
    [deleted] The text is sent to { $host }, where it is deleted afterwards.
   *[unknown] The text is sent to { $host }. I don’t know how long it is kept there.
}
understanding-which-language = Into which language?
understanding-begun = On its way: see below
understanding-already = This is already on its way
understanding-full = Too much is waiting. Try again when some of it is done.
understanding-cancelled = Cancelled.
understanding-waiting = { $title }: waiting…
understanding-running = { $title }: { $percent }
understanding-failed = ✗ { $title }: { $failure ->
    [empty] there are no words to work on.
    [budget-userDay] that would cost more than is left of your budget for today.
    [budget-userMonth] that would cost more than is left of your budget for this month.
    [budget-allDay] that would cost more than is left of everybody’s budget for today.
    [budget-allMonth] that would cost more than is left of everybody’s budget for this month.
    [unauthorized] the language model’s service does not accept this bot. The admin has to look at it.
    [out_of_credit] the credit at the language model’s service is used up. The admin has to look at it.
    [not_found] the language model was not found. The admin has to look at it.
    [rate_limited] the language model is too busy. Try again later.
    [unavailable] the language model does not answer. Try again later.
    [timed_out] the language model took too long. Try again later.
    [refused] the language model refuses to work on this text.
   *[other] the language model gave no usable answer. Try again.
}
understanding-title-summary = Summary
understanding-title-tasks = Tasks and dates
understanding-title-chapters = Chapters
understanding-title-clean = Clean text
understanding-title-translation = Translation
understanding-title-minutes = Minutes
understanding-title-question = Answer
understanding-made-by-model = made by { $model }, a language model
understanding-transcript = Transcript
understanding-nothing-summary = The model said nothing that the file supports.
understanding-nothing-question = Not in this file.
understanding-nothing-tasks = Nobody names a task or a date here.
understanding-nothing-chapters = The model found no chapters.
understanding-button-ics = 📅 Calendar (.ics)
understanding-button-spoken = As spoken
understanding-button-cleaned = Cleaned
understanding-left-out = { $kind ->
    [clean] { $count ->
        [one] 1 sentence stays as it was spoken, because the cleaned one says something else.
       *[other] { $count } sentences stay as they were spoken, because the cleaned ones say something else.
    }
    [translation] { $count ->
        [one] 1 sentence stays as it is: what the model made of it does not fit.
       *[other] { $count } sentences stay as they are: what the model made of them does not fit.
    }
   *[other] { $count ->
        [one] 1 statement was left out because the file does not support it.
       *[other] { $count } statements were left out because the file does not support them.
    }
}
understanding-incomplete = For some of the text the model gave nothing usable.
understanding-made-by = { $kind ->
    [clean] Made by { $model }. No word was added.
    [translation] Made by { $model }.
    [chapters] Made by { $model }.
   *[other] Made by { $model }. Each line rests on what is said at its time.
}
understanding-clip = From { $time }
understanding-no-clip = This file is no longer in Telegram, so I cannot play { $time }.
command-templates = Forms for minutes: see, add, remove
templates-title = These forms are offered for minutes:
templates-button-add = Add a form
templates-button-add-all = Add one for everybody
templates-button-cancel = Cancel
templates-cancelled = Nothing was added.
templates-removed = Removed
templates-ask =
    Write the form in one message: its name in the first line, then a section in each line. After a colon you can say what belongs there. For example:

    Standup
    Yesterday: what was done
    Today: what is planned
    Problems
templates-not-understood = That is no form. Its name comes in the first line (40 characters at most), then 1 to 12 sections, one in each line.
templates-added = Added: { $name }. You find it under ⋯, ✨ and “Minutes”.
templates-full = There are { $max } forms already. Remove one first: /templates
understanding-which-template = Which form?
minutes-meeting = Meeting
minutes-meeting-topics = Topics
minutes-meeting-decisions = Decisions
minutes-meeting-tasks = Tasks
minutes-meeting-open = Open questions
minutes-interview = Interview
minutes-interview-about = Who and what
minutes-interview-answers = Answers
minutes-interview-quotes = Quotes
minutes-lecture = Lecture
minutes-lecture-subject = Subject
minutes-lecture-points = Main points
minutes-lecture-examples = Examples and figures
minutes-lecture-reading = Exercises and sources
minutes-diary = Voice diary
minutes-diary-happened = What happened
minutes-diary-thoughts = Thoughts
minutes-diary-plans = Plans
minutes-sales = Sales call
minutes-sales-needs = Needs
minutes-sales-offer = Offer
minutes-sales-objections = Objections
minutes-sales-next = Next step
command-ask = Asks all your texts: /ask what was decided about the bridge
ask-how = Write your question after the command, for example: /ask what was decided about the bridge
understanding-nothing-found = Not in your files.
