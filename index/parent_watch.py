"""A process that works for another ends with it, whatever it is doing."""

import os
import time
from threading import Thread

_SECONDS_BETWEEN_LOOKS = 0.2


def end_with(parent: int) -> None:
    """End this process soon after its parent, given by its number, has ended."""
    Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    os._exit(1)
