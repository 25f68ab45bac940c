correct-done = { $wrong } → { $right }{ $places ->
    [one] {""}
   *[other] {" "}({ $places } places)
  }
correct-renewing = The text and the files here are being renewed.
correct-learnt = I will remember this spelling for your next recordings.
correct-full = Your glossary is full, so I could not remember this: /glossary
correct-missing = “{ $wrong }” is not in this transcript. Write it as it stands there: wrong → right
correct-same = It reads like that already.
correct-unsure = To correct the text, reply with: wrong → right. Or with a few words as they should read.
correct-long = That is too much text to compare, so nothing was changed. Quote less: only the sentence that is wrong, as it should read.
correct-unknown = There is no transcript to correct here (any more).
correct-undone = Taken back; the text and the files are being put back.
correct-undo-undone = Taken back
correct-undo-already = That has been taken back already
correct-undo-later = A later correction has changed the same stretch. Take that one back first.
correct-undo-unknown = This button does not work any more
correct-forgotten = Forgotten
correct-button-undo = Undo
correct-button-forget = Don’t remember
correct-reply-now = Reply to the message below
correct-placeholder = wrong → right
correct-how = Reply to this message with what is wrong and how it should be, such as:
    { $example } → right word
    
    Several lines are several corrections. Or send a few words as they should read, and I will find the place. You can reply to the text and the files like that, too.
uncertain-title = Words that may be wrong. Press one to hear it:
uncertain-below = Here they are
uncertain-none = No uncertain words are left here
uncertain-clip = { $word }, at { $time }. Something else? Reply with what you hear.
uncertain-no-clip = The recording is not to be had from Telegram any more, so I cannot play { $word } ({ $time }).
