dialogs-ended = All right, we leave that.
dialogs-outdated = I have been renewed in the meantime and have lost the thread. Please begin again.
