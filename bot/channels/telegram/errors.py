"""What the library raises, as outcomes of a delivery.

| raised                    | means                                   | outcome                                    |
|---------------------------|-----------------------------------------|--------------------------------------------|
| RetryAfter (429)          | too fast, in this chat                  | RetryAt what the platform says             |
| BadRequest (400)          | the request is wrong and will stay so   | GaveUp; "not modified" is success          |
| Forbidden (403)           | blocked, removed, deactivated           | GaveUp, and the conversation is marked     |
| ChatMigrated              | the group has a new id                  | sent there; RetryAt where that fails too   |
| InvalidToken (401, 404)   | the token was revoked                   | RetryAt: an operator can put it right      |
| NetworkError, not sent    | no connection, no such name             | RetryAt                                    |
| TimedOut, NetworkError    | nobody knows: answer lost, or a 5xx     | RetryAt; of a post (AnswerLost) `unsure`   |

`BadRequest` is a `NetworkError` to the library: it is looked at first.
"""

from __future__ import annotations

from datetime import timedelta

import aiohttp
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from handlers.messages import GaveUp, RetryAt

TOKEN_SECONDS = 60.0
NETWORK_SECONDS = 2.0

_NOT_MODIFIED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")
_NO_REPLY = ("message to be replied not found", "replied message not found", "message to reply not found")
_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class AnswerLost(Exception):
    """A post went out and no answer came back. The platform cannot be asked what it holds, so it is posted again: twice
    is better than never. Edits need none of this: the same edit again is "not modified"."""


def answer_lost(error: NetworkError) -> bool:
    """Whether it may have reached the platform all the same."""
    return not isinstance(error, BadRequest) and not isinstance(error.__cause__, _NOT_SENT)


def outcome_of(error: TelegramError | AnswerLost) -> RetryAt | GaveUp:
    """What a failed call means for its delivery. What comes back from the platform is named, never quoted at length."""
    match error:
        case AnswerLost():
            return RetryAt(NETWORK_SECONDS, f"no answer: {type(error.__cause__).__name__}", unsure=True)
        case BadRequest():
            return GaveUp(f"400 {error.message[:120]}")
        case Forbidden():
            return GaveUp(f"403 {error.message[:120]}")
        case RetryAfter():
            return RetryAt(seconds_asked(error), "429")
        case ChatMigrated():
            return RetryAt(0, "group moved")
        case InvalidToken():
            return RetryAt(TOKEN_SECONDS, "token refused")
        case NetworkError() if isinstance(error.__cause__, _NOT_SENT):
            return RetryAt(NETWORK_SECONDS, "not connected")
        case NetworkError():
            return RetryAt(NETWORK_SECONDS, f"no answer: {type(error).__name__}")
        case _:
            return RetryAt(NETWORK_SECONDS, type(error).__name__)


def seconds_asked(error: BaseException) -> float:
    """For which the platform wants to be left alone; 0 where it did not say."""
    if not isinstance(error, RetryAfter):
        return 0.0
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def not_modified(error: BadRequest) -> bool:
    """It already looks like that: as good as done."""
    return _NOT_MODIFIED in error.message.lower()


def message_gone(error: BadRequest) -> bool:
    """What was to be edited is not there any more, or too old."""
    return _says(error, _GONE)


def topic_gone(error: BadRequest) -> bool:
    return _says(error, _NO_TOPIC)


def reply_gone(error: BadRequest) -> bool:
    """What it should have answered was deleted; inside topics the platform does not overlook that by itself."""
    return _says(error, _NO_REPLY)


def _says(error: BadRequest, phrases: tuple[str, ...]) -> bool:
    said = error.message.lower()
    return any(phrase in said for phrase in phrases)
