"""What a page of the settings asks for, done in its event's transaction (decisions 0060, 0061)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from handlers.context import Acting
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.house_settings import SettingChangedMeanwhile, SettingRule, SettingsRefused
from handlers.domain.idempotency import asked_by_page
from handlers.domain.keys import key_from
from handlers.domain.page_changes import Outcome
from handlers.settings import house

VALUES, SEEN, KEY = "values", "seen", "setting"
EMPTIED = "emptied"
"""Stands beside what was given where a secret was taken out of it."""


class HouseAction(StrEnum):
    CHANGE = "change_house"
    """`values`: JSON, by key; `seen`: the versions that stood on the page, by key."""
    TAKE_BACK = "take_back_house"
    """`setting`, and `seen` its version."""


def asked_change(values: Mapping[str, Any], seen: Mapping[str, int]) -> dict[str, str]:
    return {VALUES: json.dumps(values), SEEN: json.dumps(seen)}


def without_secrets(action: str, given: Mapping[str, str], rules: Sequence[SettingRule]) -> Mapping[str, str] | None:
    """What may lie somewhere of a change that nobody could carry out: what no rule knows counts as secret, too. None:
    all of it."""
    if action != HouseAction.CHANGE:
        return None
    open_keys = {rule.key for rule in rules if not any(one.is_secret for one in (rule, *rule.fields))}
    try:
        values = json.loads(given[VALUES])
        stays = {key: value for key, value in values.items() if value is None or key in open_keys}
    except (ValueError, KeyError, AttributeError):
        values, stays = None, {}
    return {**given, VALUES: json.dumps(stays), EMPTIED: "1"} if stays != values else None


def try_out(acting: Acting, action: HouseAction, given: Mapping[str, str]) -> None:
    """Whether it could be done now; nothing is changed. Raises what doing it would raise."""
    house.require_keeper(acting)
    house.check(acting, *_wanted(acting, action, given))


def shown_again(acting: Acting, action: HouseAction, given: Mapping[str, str]) -> house.ShownAgain | None:
    """What it would do to the privacy notice, of something that can be done. Raises as `try_out` does."""
    return house.shown_again(acting, _wanted(acting, action, given)[0])


def carry_out(acting: Acting, action: HouseAction, given: Mapping[str, str]) -> Outcome:
    """Whatever comes of it is marked. Refusals do not leave: the page tells them."""
    try:
        wanted, seen = _wanted(acting, action, given)
        outcome = Outcome.DONE if house.change(acting, wanted, seen=seen) else Outcome.NONE
    except SettingChangedMeanwhile:
        outcome = Outcome.STALE
    except (NotFound, NotAllowed, Invalid, SettingsRefused):
        outcome = Outcome.REFUSED
    acting.uow.once.first(asked_by_page(acting.event_key, outcome), acting.now)
    return outcome


def _wanted(
    acting: Acting, action: HouseAction, given: Mapping[str, str]
) -> tuple[Mapping[str, Any], Mapping[str, int]]:
    if action is HouseAction.TAKE_BACK:
        key = given.get(KEY, "")
        return {key: house.before(acting, key)}, {key: key_from(given.get(SEEN, "")) or 0}
    values, seen = json.loads(given[VALUES]), json.loads(given[SEEN])
    return values, seen
