"""Neutral events as JSON, for the inbox."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from handlers.domain.house_settings import SettingRule
from handlers.domain.people import Account
from handlers.events import (
    AccountClosed,
    ButtonPressed,
    ChangeAsked,
    ContactShared,
    ContractAsked,
    CountAsked,
    DeviceAsked,
    Event,
    HandoverAsked,
    KeepingAsked,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    MonthAsked,
    PaperworkAsked,
    PersonAsked,
    ReachChanged,
    RecommendationAsked,
    RefusedFile,
    ScrapAsked,
    SettingAsked,
    SpokenAnonymously,
    StockAsked,
)
from handlers.settings import page as house_page
from knowledge.language.storable import storable

_KINDS: dict[str, type[Any]] = {
    "message": MessageReceived,
    "press": ButtonPressed,
    "edit": MessageEdited,
    "delete": MessageDeleted,
    "contact": ContactShared,
    "reach": ReachChanged,
    "anonymous": SpokenAnonymously,
    "closed": AccountClosed,
    "change": ChangeAsked,
    "setting": SettingAsked,
    "keeping": KeepingAsked,
    "recommendation": RecommendationAsked,
    "month": MonthAsked,
    "person": PersonAsked,
    "device": DeviceAsked,
    "handover": HandoverAsked,
    "paperwork": PaperworkAsked,
    "stock": StockAsked,
    "count": CountAsked,
    "contract": ContractAsked,
    "scrap": ScrapAsked,
}
_OfForms = (
    SettingAsked
    | KeepingAsked
    | PersonAsked
    | DeviceAsked
    | HandoverAsked
    | PaperworkAsked
    | StockAsked
    | CountAsked
    | ContractAsked
    | ScrapAsked
)
"""What pages ask for, with the fields of a form."""
_NAMES = {kind: name for name, kind in _KINDS.items()}


def dump(event: Event) -> str:
    """One JSON object, ASCII, of text that every database takes."""
    names = type(event).__dataclass_fields__.keys() - {"key", "at", "refused"}
    data = {name: getattr(event, name) for name in names}
    data["sender"] = [event.sender.channel, event.sender.name]
    if isinstance(event, MessageReceived):
        data["refused"] = [[one.reason, dict(one.data)] for one in event.refused]
    for name, value in data.items():
        if isinstance(value, str):
            data[name] = storable(value)
    if isinstance(event, _OfForms):
        data["given"] = {field: storable(value) for field, value in event.given.items()}
    return json.dumps({"kind": _NAMES[type(event)], **data})


def load(payload: str, key: str, at: datetime) -> Event:
    """Raises ValueError, KeyError or TypeError for what `dump` never wrote."""
    data = json.loads(payload)
    kind = _KINDS[data.pop("kind")]
    channel, name = data.pop("sender")
    if "files" in data:
        data["files"] = tuple(data["files"])
    if "refused" in data:  # an event of the version before has none
        data["refused"] = tuple(RefusedFile(reason=reason, data=about) for reason, about in data["refused"])
    event: Event = kind(key=key, at=at, sender=Account(channel, name), **data)
    return event


def without_secrets(payload: str, rules: Sequence[SettingRule]) -> str | None:
    """What may lie in the inbox of an event that nobody could handle; None: all of it."""
    if (data := _of_a_setting(payload)) is None:
        return None
    stays = house_page.without_secrets(data["action"], data["given"], rules)
    return json.dumps({**data, "given": stays}) if stays is not None else None


def is_emptied(payload: str) -> bool:
    """Whether a secret was taken out of it, which has to be typed again."""
    data = _of_a_setting(payload)
    return data is not None and house_page.EMPTIED in data["given"]


def _of_a_setting(payload: str) -> dict[str, Any] | None:
    """None: it is another event, or what `dump` never wrote."""
    try:
        data = json.loads(payload)
    except ValueError:
        return None
    is_one = isinstance(data, dict) and data.get("kind") == _NAMES[SettingAsked]
    return data if is_one and isinstance(data.get("given"), dict) and "action" in data else None
