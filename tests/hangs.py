"""A test that hangs is stopped by pytest-timeout while the event loop waits. Its report tells where each task waits."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterator
from types import CoroutineType

import pytest


def waiting_tasks(stopped: pytest.ExceptionInfo[BaseException]) -> list[str]:
    """The tasks of the loop that was running when `stopped` was raised: each with its awaits, the innermost last."""
    for entry in stopped.traceback:
        loop = entry.frame.f_locals.get("self")
        if isinstance(loop, asyncio.AbstractEventLoop):
            return ["\n  ".join([task.get_name(), *_awaits(task.get_coro())]) for task in asyncio.all_tasks(loop)]
    return []


def _awaits(waiting: object) -> Iterator[str]:
    while isinstance(waiting, CoroutineType) and waiting.cr_frame is not None:
        yield f"{waiting.cr_code.co_filename}:{waiting.cr_frame.f_lineno} in {waiting.cr_code.co_qualname}"
        waiting = waiting.cr_await


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.excinfo is not None and "pytest-timeout" in str(call.excinfo.value):
        report.sections.append(("Where tasks wait", "\n".join(waiting_tasks(call.excinfo))))
    return report
