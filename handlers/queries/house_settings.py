"""The settings of the house: what holds, where it comes from, what was said in the browser and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.context import Acting
from handlers.domain.errors import NotAllowed
from handlers.domain.house_settings import SettingView
from handlers.domain.people import PersonId
from handlers.domain.rights import may_keep_settings, may_see_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    settings: Sequence[SettingView]
    names: Mapping[PersonId, str]
    """Of those who said something."""
    may_change: bool

    @property
    def waiting(self) -> Sequence[SettingView]:
        """For a start of the desk."""
        return [one for one in self.settings if one.waits]

    @property
    def unusable(self) -> Sequence[SettingView]:
        return [one for one in self.settings if one.unusable]


def require_reader(acting: Acting) -> None:
    """Raises NotAllowed."""
    if not may_see_settings(acting.person):
        raise NotAllowed("see_settings", acting.person.handle)


def look(acting: Acting) -> SettingsPage:
    """For admin and auditor. Raises NotAllowed."""
    require_reader(acting)
    house = acting.desk.house
    settings = [] if house is None else house.views(acting.uow.stored_settings.all())
    said_by = {one.stored.set_by for one in settings if one.stored is not None and one.stored.set_by is not None}
    return SettingsPage(
        settings=settings,
        names={person: acting.uow.people.get(person).name for person in said_by},
        may_change=may_keep_settings(acting.person),
    )
