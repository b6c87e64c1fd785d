"""The settings of the house while the desk runs: how each is asked for, what holds now, and what waits for a start.

Implements `handlers.ports.HouseSettings`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from functools import cached_property
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from zoneinfo import ZoneInfo

import structlog
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from bot.config import FILE, Settings
from bot.setting_sources import source
from bot.setting_types import BASES, ChannelSection
from bot.shown_settings import CHOICES, FIELD_NAMES, in_words, name_of
from bot.stored_settings import is_of_machine, joined, path_of, values_of
from handlers.domain.house_settings import FieldKind, SettingRule, SettingView, StoredSetting
from handlers.domain.notice import PrivacyNotice
from handlers.ports import UnitOfWork

log = structlog.get_logger(__name__)
AT_START = frozenset({"timezone", "web.connections", "web.connections_an_address"})
"""These hold when the desk starts anew, as do those of a channel."""
_UNSET = {"schedule.weekly_at": "off"}


class HouseSettings:
    """One a process. What is said in the browser of another process is taken over when `take_over` is called."""

    def __init__(self, base: Settings, file: Path = FILE) -> None:
        """`base`: what environment and file say."""
        self._base, self._file = base, file
        self._text = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
        self.now = self._started = base
        self.unusable: Mapping[str, str] = {}
        self.said: frozenset[str] = frozenset()
        """Keys of those that were said in the browser and are used."""
        self._version = 0
        self._listeners: list[Callable[[Settings], None]] = []
        self._taking_over = threading.Lock()

    def begin(self, stored: Iterable[StoredSetting]) -> Settings:
        """With which the desk starts."""
        self._take(stored)
        self._started = self.now
        return self.now

    def on_change(self, listener: Callable[[Settings], None]) -> None:
        """From a thread of whoever takes over."""
        self._listeners.append(listener)

    # --- the port ---------------------------------------------------------------------------------
    @cached_property
    def _rules(self) -> Mapping[str, SettingRule]:
        return {rule.key: rule for rule in self._read_rules(type(self._base))}

    def rules(self) -> Sequence[SettingRule]:
        return list(self._rules.values())

    def rule(self, key: str) -> SettingRule | None:
        return self._rules.get(key)

    def problems(self, values: Mapping[str, Any]) -> Mapping[str, str]:
        return joined(self._base, values)[1]

    def notice(self, values: Mapping[str, Any]) -> PrivacyNotice:
        return joined(self._base, values)[0].privacy_notice

    def take_over(self, uow: UnitOfWork) -> None:
        with self._taking_over:
            if uow.stored_settings.version() <= self._version:  # lower: read before another thread took over
                return
            self._take(uow.stored_settings.all())
            for listener in self._listeners:
                listener(self.now)

    def views(self, stored: Sequence[StoredSetting]) -> Sequence[SettingView]:
        said = {one.key: one for one in stored}
        coming, unusable = joined(self._base, values_of(stored))
        return [self._view(rule, said.get(rule.key), coming, unusable.get(rule.key, "")) for rule in self.rules()]

    # --- what holds -------------------------------------------------------------------------------
    def _take(self, stored: Iterable[StoredSetting]) -> None:
        said = list(stored)
        self.now, unusable = joined(self._base, values_of(said))
        self._version = sum(one.version for one in said)
        for key in sorted(unusable.keys() - self.unusable.keys()):
            log.warning("stored_setting_left_out", setting=key, why=unusable[key])
        self.unusable = unusable
        self.said = frozenset(values_of(said)) - unusable.keys()

    def _view(self, rule: SettingRule, said: StoredSetting | None, coming: Settings, unusable: str) -> SettingView:
        value, path = _at(coming, path_of(rule.key)), path_of(rule.key)
        if said is not None and rule.is_secret:
            said = _without_value(said)
        return SettingView(
            rule=rule,
            value=in_words(path, value),
            given=None if rule.is_secret else as_json(value),
            stored=said,
            unusable=unusable,
            waits=not rule.at_once and value != _at(self._started, path),
        )

    # --- how each is asked for --------------------------------------------------------------------
    def _read_rules(self, kind: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[SettingRule]:
        of_channel = issubclass(kind, ChannelSection) or bool(above and _is_channel(type(self._base), above[0]))
        for name, field in kind.model_fields.items():
            path, of = (*above, name), _plain(field.annotation)
            if isinstance(of, type) and issubclass(of, BaseModel):
                yield from self._read_rules(of, path)
                continue
            key = ".".join(path)
            yield SettingRule(
                key=key,
                section=path[0] if len(path) > 1 else "",
                name=name_of(path),
                kind=_kind(key, of),
                choices=_choices(name, of),
                fields=_fields(of),
                unset=_UNSET.get(key, ""),
                least=_limit(field, "ge"),
                most=_limit(field, "le"),
                place=source(path, self._file, self._text),
                of_machine=is_of_machine(key),
                at_once=not of_channel and key not in AT_START,
            )


def _is_channel(kind: type[Settings], name: str) -> bool:
    of = kind.model_fields[name].annotation
    return isinstance(of, type) and issubclass(of, ChannelSection)


def _without_value(said: StoredSetting) -> StoredSetting:
    return StoredSetting(
        key=said.key,
        value=None if said.value is None else True,
        version=said.version,
        set_by=said.set_by,
        set_at=said.set_at,
    )


def _at(settings: BaseModel, path: tuple[str, ...]) -> Any:
    found: Any = settings
    for part in path:
        found = getattr(found, part)
    return found


def _plain(annotation: Any) -> Any:
    """Without what is asked of it, and without None."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _plain(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation


def _limit(field: FieldInfo, name: Literal["ge", "le"]) -> int | None:
    """Of a whole number, where it has one: also of one that may be missing."""
    limits = (getattr(one, name, None) for one in _asked(field.annotation, field.metadata))
    return next((limit for limit in limits if isinstance(limit, int)), None)


def _asked(annotation: Any, metadata: Iterable[Any]) -> Iterator[Any]:
    """What is asked of a value, however deep it is said."""
    for one in metadata:
        yield from one.metadata if isinstance(one, FieldInfo) else (one,)
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        yield from _asked(inner, more)
    elif get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from _asked(part, ())


def _kind(key: str, of: Any) -> FieldKind:
    if key == "units_without_effort":
        return FieldKind.UNITS
    if key.endswith("transfer.basis") or get_origin(of) is Literal:
        return FieldKind.CHOICE
    if get_origin(of) is tuple:
        inner = _plain(get_args(of)[0])
        return FieldKind.TABLES if isinstance(inner, type) and issubclass(inner, BaseModel) else FieldKind.LINES
    return _KINDS.get(of, FieldKind.TEXT)


_KINDS: Mapping[Any, FieldKind] = {
    bool: FieldKind.YES_NO,
    int: FieldKind.NUMBER,
    time: FieldKind.TIME,
    date: FieldKind.DATE,
    SecretStr: FieldKind.SECRET,
}


def _choices(name: str, of: Any) -> Sequence[tuple[str, str]]:
    if name == "basis":
        return [("", "yok"), *((one, CHOICES[one]) for one in sorted(BASES))]
    return [(one, CHOICES[one]) for one in get_args(of)] if get_origin(of) is Literal else ()


def _fields(of: Any) -> Sequence[SettingRule]:
    inner = _plain(get_args(of)[0]) if get_origin(of) is tuple else None
    if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
        return ()
    return [
        SettingRule(
            key=name,
            section="",
            name=FIELD_NAMES[name],
            kind=_kind(name, _plain(field.annotation)),
            choices=_choices(name, _plain(field.annotation)),
            least=_limit(field, "ge"),
            most=_limit(field, "le"),
        )
        for name, field in inner.model_fields.items()
    ]


def as_json(value: Any) -> Any:
    """As it is stored, and as a form has it."""
    match value:
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case ZoneInfo():
            return value.key
        case tuple() | list():
            return [as_json(one) for one in value]
        case BaseModel():
            return {name: as_json(getattr(value, name)) for name in type(value).model_fields}
        case None | bool() | int() | str():
            return value
        case _:
            return str(value)
