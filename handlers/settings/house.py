"""What is said of the house's settings in the browser: institution, terms, places, tokens and all else that `masa.toml`
can say and does not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.context import Acting, UseCaseContext
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.house_settings import SettingChangedMeanwhile, SettingRule, SettingsRefused, StoredSetting
from handlers.domain.people import PersonId
from handlers.domain.rights import may_keep_settings
from handlers.ports import HouseSettings, PeopleWanted

MAX_AUDIT_LETTERS = 400
NOTHING, CHANGED = "–", "değiştirildi"


def require_keeper(acting: Acting) -> None:
    """Raises NotAllowed."""
    if not may_keep_settings(acting.person):
        raise NotAllowed("keep_settings", acting.person.handle)


def change(acting: Acting, wanted: Mapping[str, Any], *, seen: Mapping[str, int] | None = None) -> list[StoredSetting]:
    """What changed. None takes what was said away. `seen`: the versions that somebody had before them; None: whatever
    stands.

    Raises NotAllowed, NotFound, Invalid (`setting_locked`), SettingsRefused, SettingChangedMeanwhile.
    """
    require_keeper(acting)
    return store(acting, wanted, seen=seen, by=acting.person.id)


def before(acting: Acting, key: str) -> Any:
    """What stood there before what stands now; taking back is changing it to that. Raises NotFound, Invalid
    (`setting_secret`: of such nothing is kept)."""
    rule, stands = open_rule(acting, key), acting.uow.stored_settings.get(key)
    if rule.is_secret:
        raise Invalid("setting_secret", name=rule.name)
    return stands.before if stands is not None else None


def store(
    context: UseCaseContext,
    wanted: Mapping[str, Any],
    *,
    seen: Mapping[str, int] | None = None,
    by: PersonId | None = None,
) -> list[StoredSetting]:
    """The same without asking who: for a house that is set up and has nobody yet. Raises as `change` does."""
    differing = check(context, wanted, seen)
    return [_put(context, key, value, by) for key, value in sorted(differing.items())]


def check(context: UseCaseContext, wanted: Mapping[str, Any], seen: Mapping[str, int] | None = None) -> dict[str, Any]:
    """What of it differs from what stands. Raises as `change` does."""
    for key in wanted:
        open_rule(context, key)
    known = {one.key: one for one in context.uow.stored_settings.all()}
    stands = {key: one.value for key, one in known.items() if one.value is not None}
    differing = {key: value for key, value in wanted.items() if value != stands.get(key)}
    changed = [known[key] for key in differing if key in known and known[key].version != (seen or {}).get(key, 0)]
    if changed and seen is not None:
        raise SettingChangedMeanwhile(changed)
    coming = {key: value for key, value in {**stands, **differing}.items() if value is not None}
    problems = _house(context).problems(coming)
    if refused := {key: said for key, said in problems.items() if differing.get(key) is not None}:
        raise SettingsRefused(refused)
    return differing


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAgain:
    """What a change does to the privacy notice."""

    version: int
    """That it would have."""
    people: int
    """Who have read another one, and would be shown this."""


def shown_again(context: UseCaseContext, wanted: Mapping[str, Any]) -> ShownAgain | None:
    """None: nobody would be. Raises NotFound for a desk without such settings."""
    house = _house(context)
    stands = {one.key: one.value for one in context.uow.stored_settings.all() if one.value is not None}
    coming = {key: value for key, value in {**stands, **wanted}.items() if value is not None}
    edited = context.desk.notice.edited
    version = house.notice(coming).in_words(edited).version
    if version == house.notice(stands).in_words(edited).version:
        return None
    people = context.uow.people.count(PeopleWanted(shown_other_than=version))
    return ShownAgain(version=version, people=people) if people else None


def open_rule(context: UseCaseContext, key: str) -> SettingRule:
    """Raises NotFound, or Invalid where it is said elsewhere."""
    rule = _house(context).rule(key)
    if rule is None:
        raise NotFound("setting", key)
    if not rule.is_open:
        raise Invalid("setting_locked", name=rule.name, place=rule.place)
    return rule


def _house(context: UseCaseContext) -> HouseSettings:
    """Raises NotFound for a desk without."""
    if context.desk.house is None:
        raise NotFound("setting", "house")
    return context.desk.house


def _put(context: UseCaseContext, key: str, value: Any, by: PersonId | None) -> StoredSetting:
    rule, stood = open_rule(context, key), context.uow.stored_settings.get(key)
    was = stood.value if stood is not None else None
    said = StoredSetting(
        key=key,
        value=value,
        before=None if rule.is_secret else was,
        version=stood.version + 1 if stood is not None else 1,
        set_by=by,
        set_at=context.now,
    )
    context.uow.stored_settings.put(said)
    context.uow.audit.log(context.now, by, "setting_changed", _audit_line(rule, was, value), context.channel)
    return said


def _audit_line(rule: SettingRule, was: Any, now: Any) -> str:
    """Before and after; of a secret only that it was changed."""
    if rule.is_secret:
        return f"{rule.key}: {CHANGED if now is not None else 'kaldırıldı'}"
    return f"{rule.key}: {_short(was)} → {_short(now)}"[:MAX_AUDIT_LETTERS]


def _short(value: Any) -> str:
    if value is None:
        return NOTHING
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    room = (MAX_AUDIT_LETTERS - 60) // 2
    return said if len(said) <= room else f"{said[:room]}…"
