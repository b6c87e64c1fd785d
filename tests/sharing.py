"""How several processes share the tests: a file stays whole, and what takes longest goes out first.

xdist's own `loadgroup` hands out one test at a time. What a file sets up once was then set up in every process, and
each of ten thousand tests waited for its order.
"""

from __future__ import annotations

from collections import OrderedDict

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling


def unit(name: str) -> str:
    """What stays together: of a test's name, as xdist writes it, its group or its file."""
    path, _, test = name.partition("::")
    closed = test.rfind("]")
    group = test.rfind("@")
    return test[group + 1 :] if group > closed else path


def turn(unit: str, tests: int) -> tuple[bool, int]:
    """Where a unit of that many tests comes in the order, least first: groups (a browser, processes), then the files of
    few tests, which take long each. At the end stand many short ones, or one worker would be left with the longest.
    """
    return unit.endswith(".py"), tests


class ByFile(LoadGroupScheduling):
    """Files and groups, one after another."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)

    def schedule(self) -> None:
        """Orders what waits. Each worker has one of the largest by then, with which xdist begins."""
        super().schedule()
        self.workqueue = OrderedDict(sorted(self.workqueue.items(), key=lambda work: turn(work[0], len(work[1]))))


@pytest.hookimpl(optionalhook=True)  # of xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile | None:
    return ByFile(config, log) if config.getvalue("dist") == "loadgroup" else None
