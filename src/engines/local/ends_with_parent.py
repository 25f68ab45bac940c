"""Runs a Python module like `python -m`, and ends it and all programs that it started when standard input closes.

    python ends_with_parent.py <folder for temporary files> <module> [parameter …]

The parent closes the input to stop the module, and the system closes it when the parent dies. Neither pip nor the
programs that `venv` starts notice the parent's death by themselves.
"""

import os
import runpy
import signal
import subprocess
import sys
import threading


def wait_for_end():
    # Not sys.stdin: a thread that waits for its lock makes Python crash when the module ends.
    while os.read(0, 1024):
        pass
    if os.name == "nt":
        subprocess.call(["taskkill", "/F", "/T", "/PID", str(os.getpid())], stdout=subprocess.DEVNULL)
    else:
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


# A process group of its own, so that killing the group ends exactly the programs that were started here.
if os.name != "nt" and os.getpgrp() != os.getpid():
    os.setpgid(0, 0)
temporary, module = sys.argv[1:3]
for variable in ("TMPDIR", "TEMP", "TMP"):
    os.environ[variable] = temporary
sys.argv = [module] + sys.argv[3:]
threading.Thread(target=wait_for_end, daemon=True).start()
runpy.run_module(module, run_name="__main__", alter_sys=True)
