"""Ends this process when its standard input closes: the parent has ended, or has stopped it."""

import os
import sys
import threading


def end_with_input():
    """Starts the thread that waits for the end. The process then ends with os._exit, which does not wait for it."""
    threading.Thread(target=wait_for_end, daemon=True).start()


def wait_for_end():
    # Only the parent writes here, and it never does.
    sys.stdin.buffer.read()
    os._exit(1)
