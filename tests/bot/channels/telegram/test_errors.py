"""What went wrong with a call decides what becomes of its delivery."""

from __future__ import annotations

import aiohttp
import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.channels.telegram.errors import AnswerLost, answer_lost, outcome_of
from bot.channels.telegram.http_transport import AiohttpRequest, proxy_for
from handlers.messages import GaveUp, RetryAt

NOBODY = "http://127.0.0.1:9"


async def test_what_never_left_cannot_arrive_twice() -> None:
    """A name that nobody knows is a ClientConnectorError too."""
    request = AiohttpRequest(NOBODY, connections=1, connect_seconds=2.0, read_seconds=2.0)
    with pytest.raises(NetworkError) as caught:
        await request.do_request(f"{NOBODY}/bot1:x/getMe", "GET")
    await request.shutdown()
    assert isinstance(caught.value.__cause__, aiohttp.ClientConnectorError)
    assert issubclass(aiohttp.ClientConnectorDNSError, aiohttp.ClientConnectorError)
    assert not answer_lost(caught.value)
    assert outcome_of(caught.value) == RetryAt(2.0, "not connected")


@pytest.mark.parametrize(
    "cause", [TimeoutError(), aiohttp.ServerDisconnectedError(), aiohttp.ClientPayloadError(), None]
)
def test_where_no_answer_came_it_may_stand_there(cause: Exception | None) -> None:
    error = TimedOut() if isinstance(cause, TimeoutError) else NetworkError("Bad Gateway")
    error.__cause__ = cause
    assert answer_lost(error)
    lost = AnswerLost()
    lost.__cause__ = error
    outcome = outcome_of(lost)
    assert isinstance(outcome, RetryAt)
    assert outcome.unsure


@pytest.mark.parametrize("error", [BadRequest("chat not found"), Forbidden("blocked")])
def test_what_was_refused_is_known_not_to_stand_there(error: TelegramError) -> None:
    assert isinstance(outcome_of(error), GaveUp)
    assert not (isinstance(error, NetworkError) and answer_lost(error))


def test_a_revoked_token_is_waited_for() -> None:
    assert outcome_of(InvalidToken()) == RetryAt(60.0, "token refused")


def test_the_houses_proxy_is_taken_and_loopback_goes_past_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert proxy_for("https://api.telegram.org") is None
    monkeypatch.setenv("https_proxy", "http://vekil.belediye.example:3128")
    monkeypatch.setenv("no_proxy", "127.0.0.1,sunucu.belediye.example")
    assert proxy_for("https://api.telegram.org") == "http://vekil.belediye.example:3128"
    assert proxy_for("https://sunucu.belediye.example:8081") is None
