"""How long to wait before another attempt: one policy, in tenacity's terms, for whatever may fail for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    retry_if_not_exception_type,
    stop_after_attempt,
    stop_never,
    wait_exponential,
)

T = TypeVar("T")
Errors = tuple[type[BaseException], ...]


def _nothing_asked(_error: BaseException) -> float:
    return 0.0


def _not_told(_error: BaseException, _seconds: float) -> None:
    """Nobody needs to hear of it."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits that double: `first` seconds after the first failure, never more than `longest`."""

    first: float
    longest: float

    def seconds(self, failures: int) -> float:
        """To wait after so many failures in a row; for who keeps count of them elsewhere, as the inbox does."""
        state = RetryCallState(AsyncRetrying(), None, (), {})
        state.attempt_number = failures
        return self._wait(state)

    async def retry(
        self,
        call: Callable[[], Awaitable[T]],
        errors: Errors,
        *,
        but_not: Errors = (),
        attempts: int | None = None,
        asked: Callable[[BaseException], float] = _nothing_asked,
        on_failure: Callable[[BaseException, float], None] = _not_told,
    ) -> T:
        """What `call` returns, once it does: called again while it raises one of `errors`, `but_not` those.

        Any other error, and the last one of so many `attempts`, is raised as it is. `asked`: the seconds that an error
        itself asks to be left alone, waited for where they are longer. `on_failure` hears of each failure that is
        followed by another attempt, and in how many seconds that is.
        """

        def wait(state: RetryCallState) -> float:
            return max(self._wait(state), asked(_error_of(state)))

        def tell(state: RetryCallState) -> None:
            on_failure(_error_of(state), state.upcoming_sleep)

        retrying = AsyncRetrying(
            retry=retry_if_exception_type(errors) & retry_if_not_exception_type(but_not),
            wait=wait,
            stop=stop_never if attempts is None else stop_after_attempt(attempts),
            before_sleep=tell,
            sleep=asyncio.sleep,
            reraise=True,
        )
        return await retrying(call)

    def _wait(self, state: RetryCallState) -> float:
        return float(wait_exponential(multiplier=self.first, max=self.longest)(state))


def _error_of(state: RetryCallState) -> BaseException:
    assert state.outcome is not None
    error = state.outcome.exception()
    assert error is not None
    return error
