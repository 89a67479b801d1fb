"""A bound on the processor time that one document may take, after which it is given up.

What kg does with a text takes a time that grows with its length; what strangers write can
still find a corner where it does not. The time counted is that of the processor, not of the
clock on the wall: a busy machine, or a sleeping one, gives up nothing that another would read.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kg.text.watch import WATCH

SECONDS = 300.0
"""For one document of the usual kind: the longest that are read at all take a tenth of it."""


class OutOfPatience(BaseException):
    """The time is over. No ``Exception``: code that mends what went wrong shall not catch it."""


@contextmanager
def bounded(seconds: float = SECONDS) -> Iterator[None]:
    """Raise ``OutOfPatience`` once the body has used so many seconds of processor time.

    Within another bound the outer one counts. In the main thread it is the time of the process;
    elsewhere, as in a notebook's or a web server's worker, that of the thread, looked at once a
    second. Where the system has no such timer or clock (Windows; macOS in other threads)
    nothing is bounded.
    """
    if threading.current_thread() is not threading.main_thread():
        with WATCH.over(seconds, OutOfPatience):
            yield
        return
    if not hasattr(signal, "SIGVTALRM") or signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0:
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _over)
    # Again and again: where Python cannot pass an exception on, as in a finaliser, it is lost.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _over(number: int, frame: FrameType | None) -> None:
    raise OutOfPatience
