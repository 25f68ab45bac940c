correct-done = { $wrong } → { $right }{ $places ->
    [one] {""}
   *[other] {" "}({ $places } places)
  }
correct-renewing = The text and files here are being updated.
correct-learnt = I’ll remember this spelling for your next files.
correct-full = Your glossary is full, so I could not save this: /glossary
correct-missing = “{ $wrong }” is not in this transcript. Copy it exactly from the text: wrong -> right
correct-same = It already reads like that.
correct-unclear = I didn’t get that. Send those words as they should read, or: wrong -> right
correct-long = That is too much text to compare, so nothing was changed. Send only the wrong sentence, as it should read.
correct-unknown = There is no transcript to correct here.
correct-undone = Undone; the text and files are being restored.
correct-undo-undone = Undone
correct-undo-already = Already undone
correct-undo-later = A later correction changed the same passage. Undo that one first.
correct-undo-unknown = This button no longer works
correct-unlearnt = Forgotten
correct-button-undo = Undo
correct-button-forget = Forget this spelling
correct-reply-now = Reply to the message below
correct-placeholder = wrong -> right
correct-how = Reply to this message with what to change:
    { $example } -> the correct word
    
    One correction per line. Or just send those words as they should read, and I’ll find the place.
low-confidence-title = These words may be wrong. Tap one to listen:
low-confidence-below = Here they are
low-confidence-none = No uncertain words are left here
low-confidence-clip = { $word }, at { $time }. Something else? Reply with the right word.
low-confidence-no-clip = The file is no longer on Telegram, so I can’t play { $word } ({ $time }).
correct-button-remember = Remember this spelling
correct-button-rest = { $others ->
    [one] Correct the other place, too
   *[other] Correct the other { $others } places, too
}
correct-rest-done = Corrected everywhere
correct-or-ask = Is this a question about the text, or how the text should read?
correct-button-ask = Ask about this text
correct-button-reply = Correct the text
