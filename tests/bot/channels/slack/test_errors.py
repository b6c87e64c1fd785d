from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels.slack.errors import outcome_of
from handlers.messages import GaveUp, Outcome, RetryAt


def answered(code: str, status: int = 200, **headers: str) -> SlackApiError:
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": code} if code else {},
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", response)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (answered("ratelimited", 429, **{"Retry-After": "17"}), RetryAt(17.0, "429")),
        (answered("ratelimited", 429, **{"Retry-After": "soon"}), RetryAt(30.0, "429")),
        (answered("invalid_auth"), RetryAt(60.0, "invalid_auth")),
        (answered("missing_scope"), RetryAt(60.0, "missing_scope")),
        (answered("account_inactive"), RetryAt(60.0, "account_inactive")),
        (answered("internal_error"), RetryAt(2.0, "no answer: 200 internal_error", unsure=True)),
        (answered("", 503), RetryAt(2.0, "no answer: 503", unsure=True)),
        (answered("channel_not_found"), GaveUp("channel_not_found")),
        (answered("is_archived"), GaveUp("is_archived")),
        (answered("not_in_channel"), GaveUp("not_in_channel")),
        (answered("user_disabled"), GaveUp("user_disabled")),
        (answered("message_not_found"), GaveUp("message_not_found")),
        (answered("invalid_blocks"), GaveUp("invalid_blocks")),
        (answered("something_new"), GaveUp("something_new")),
        (TimeoutError(), RetryAt(2.0, "no answer: TimeoutError", unsure=True)),
        (aiohttp.ServerDisconnectedError(), RetryAt(2.0, "no answer: ServerDisconnectedError", unsure=True)),
        (ConnectionResetError(), RetryAt(2.0, "no answer: ConnectionResetError", unsure=True)),
    ],
)
def test_the_table(error: Exception, outcome: Outcome) -> None:
    assert outcome_of(error) == outcome
