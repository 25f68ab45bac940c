dialogs-ended = All right, cancelled.
dialogs-outdated = I was updated and lost our place. Please start again.
