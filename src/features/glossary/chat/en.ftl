command-glossary = Your own spellings of names and words
glossary-title = Your glossary ({ $entries } of { $max }). Beside each word are the misspellings it fixes. Tap one to change or remove it.
glossary-empty = Your glossary is empty. It fills up when you reply to a transcript with “wrong -> right”, or you can add words here: names, places, terms.
glossary-entry = Spelling: { $spelling }
glossary-misspellings = Replaces: { $forms }
glossary-ask = Which word or name? Send its correct spelling. If you know how it is misspelled: wrong -> right
glossary-ask-again = How should “{ $spelling }” be spelled?
glossary-learnt = ✓ { $spelling }: saved for your next files. See all: /glossary
glossary-learnt-common = ✓ { $spelling }: saved as a hint for engines that take hints. “{ $misspelling }” is a common word, so I don’t replace it everywhere.
glossary-full = Your glossary is full ({ $max ->
    [one] 1 entry
   *[other] { $max } entries
}). Remove one first: /glossary
glossary-gone = That entry no longer exists: /glossary
glossary-not-understood = Send one word or name of at most { $max ->
    [one] 1 letter
   *[other] { $max } letters
}, or: wrong -> right
glossary-cancelled = Nothing was changed.
glossary-removed = Removed
glossary-button-add = Add
glossary-button-edit = Change
glossary-button-remove = Remove
glossary-button-back = Back
glossary-button-cancel = Cancel
glossary-replaced = Changed to match your glossary (before → after):
glossary-replaced-below = Here is what was replaced
glossary-none-replaced = No glossary changes are left in this text
glossary-restored = Changed back
glossary-button-restore = Change back
glossary-line = { $line }
