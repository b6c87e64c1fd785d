"""What the Web API answers, as outcomes of a delivery.

| answer                            | means                                   | outcome                |
|-----------------------------------|-----------------------------------------|------------------------|
| 429, `ratelimited`                | too fast, in this channel               | RetryAt, `Retry-After` |
| `invalid_auth`, `missing_scope` … | an operator can put it right            | RetryAt, and an alarm  |
| `internal_error`, 5xx …           | Slack's own trouble; perhaps it arrived | RetryAt `unsure`       |
| none: connection lost, timeout    | nobody knows                            | RetryAt `unsure`       |
| any other error of the API        | the request is wrong and will stay so   | GaveUp                 |
"""

from __future__ import annotations

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from handlers.messages import GaveUp, RetryAt

OPERATOR_SECONDS = 60.0
TRANSIENT_SECONDS = 2.0

NETWORK = (aiohttp.ClientError, TimeoutError, OSError, SlackClientError)
"""What a call may raise: all of it is an outcome."""

_OPERATOR = frozenset(
    {
        "access_denied",
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
_TRANSIENT = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "rollup_error", "service_unavailable", "team_added_to_org"}
)
_log = structlog.get_logger("slack")


def outcome_of(error: BaseException) -> RetryAt | GaveUp:
    """What a failed call means for its delivery."""
    if not isinstance(error, SlackApiError):
        return RetryAt(TRANSIENT_SECONDS, f"no answer: {type(error).__name__}", unsure=True)
    code, status = code_of(error), status_of(error)
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return RetryAt(retry_after(error), "429")
    if code in _OPERATOR:
        _log.error("slack_refuses_token", error=code, needed=_needed(error))
        return RetryAt(OPERATOR_SECONDS, code)
    if status >= 500 or code in _TRANSIENT or not code:
        return RetryAt(TRANSIENT_SECONDS, f"no answer: {status} {code}".rstrip(), unsure=True)
    return GaveUp(code)


def seconds_asked(error: BaseException) -> float:
    """Slack's own word on when to come back; 0 where it gave none."""
    outcome = outcome_of(error) if isinstance(error, SlackApiError) else None
    return outcome.seconds if isinstance(outcome, RetryAt) else 0.0


def code_of(error: SlackApiError) -> str:
    """`channel_not_found`; empty where the answer was no answer of the API."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def status_of(error: SlackApiError) -> int:
    """The SDK hands over its own response, or where it could not read the body the bare HTTP one."""
    response = error.response
    return int(getattr(response, "status_code", None) or getattr(response, "status", 0) or 0)


def retry_after(error: SlackApiError) -> float:
    value = str(error.response.headers.get("Retry-After", ""))
    return float(value) if value.isascii() and value.isdecimal() else 30.0


def _needed(error: SlackApiError) -> str:
    data = getattr(error.response, "data", None)
    return str(data.get("needed", "")) if isinstance(data, dict) else ""
