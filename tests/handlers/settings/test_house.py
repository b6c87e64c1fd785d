"""Settings said in the browser: by whom, what is written down, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels.registry import CHANNELS
from bot.config import Settings, with_channels
from bot.house_settings import HouseSettings
from handlers.context import Acting
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.house_settings import SettingChangedMeanwhile, SettingsRefused
from handlers.domain.page_changes import Outcome
from handlers.domain.people import Person, Role
from handlers.ports import UnitOfWork
from handlers.queries import house_settings
from handlers.queries.page_outcomes import outcome_of
from handlers.settings import house, page
from handlers.settings.page import HouseAction
from tests.clock import START
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk

TOKEN = "123456:gizli-anahtar"


class House:
    def __init__(self) -> None:
        base: Settings = with_channels(CHANNELS.sections)()
        self.store = FakeStore()
        self.desk = replace(shared_desk(), house=HouseSettings(base, Path("there-is-none.toml")))
        self.people = {
            role: self.store.write(
                lambda uow, role=role: uow.people.add(Person(handle=role.value, name="X", role=role))
            )
            for role in Role
        }

    def does(self, work: Any, role: Role = Role.ADMIN, key: str = "panel:1") -> Any:
        def run(uow: UnitOfWork) -> Any:
            return work(self.acting(uow, role, key))

        return self.store.write(run)

    def acting(self, uow: UnitOfWork, role: Role, key: str) -> Acting:
        person = uow.people.get(self.people[role].id)
        return Acting(desk=self.desk, uow=uow, now=START, person=person, channel="web", event_key=key)

    @property
    def audit(self) -> list[str]:
        return [line[3] for line in self.store.read(lambda uow: uow.audit.recent())][::-1]


@pytest.fixture
def at_home() -> House:
    return House()


def test_what_is_said_stands_with_before_and_after(at_home: House) -> None:
    at_home.does(lambda acting: house.change(acting, {"institution": "Örnek", "tell_days": False}))
    (second,) = at_home.does(lambda acting: house.change(acting, {"institution": "Yeni", "tell_days": False}))
    assert (second.value, second.before, second.version) == ("Yeni", "Örnek", 2)
    assert at_home.audit == ["institution: – → Örnek", "tell_days: – → false", "institution: Örnek → Yeni"]
    assert at_home.does(lambda acting: house.before(acting, "institution")) == "Örnek"
    assert at_home.does(lambda acting: house.change(acting, {"institution": None}))[0].value is None


def test_a_secret_stands_in_no_line_and_cannot_be_taken_back(at_home: House) -> None:
    for token in (TOKEN, TOKEN + "2"):
        at_home.does(lambda acting, token=token: house.change(acting, {"telegram.token": token}))
    at_home.does(lambda acting: house.change(acting, {"telegram.token": None}))
    assert at_home.audit == ["telegram.token: değiştirildi"] * 2 + ["telegram.token: kaldırıldı"]
    assert at_home.store.read(lambda uow: uow.stored_settings.get("telegram.token")).before is None
    with pytest.raises(Invalid, match="setting_secret"):
        at_home.does(lambda acting: house.before(acting, "telegram.token"))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_who_may_not(at_home: House, role: Role) -> None:
    with pytest.raises(NotAllowed):
        at_home.does(lambda acting: house.change(acting, {"institution": "Örnek"}), role)
    if role is not Role.AUDITOR:
        with pytest.raises(NotAllowed):
            at_home.does(house_settings.look, role)


def test_all_or_nothing_and_each_refusal_beside_its_setting(at_home: House) -> None:
    with pytest.raises(SettingsRefused) as refused:
        at_home.does(lambda acting: house.change(acting, {"institution": "", "backup_days": 0, "tell_days": False}))
    assert refused.value.problems == {"institution": "Boş bırakılamaz.", "backup_days": "En az 1 olmalı."}
    assert at_home.store.read(lambda uow: uow.stored_settings.all()) == []
    with pytest.raises(NotFound):
        at_home.does(lambda acting: house.change(acting, {"colour": "red"}))
    with pytest.raises(Invalid, match="setting_locked"):
        at_home.does(lambda acting: house.change(acting, {"database_url": "sqlite:///x.db"}))


def test_what_others_changed_meanwhile_is_not_written_over(at_home: House) -> None:
    at_home.does(lambda acting: house.change(acting, {"institution": "Örnek"}, seen={}))
    with pytest.raises(SettingChangedMeanwhile):
        at_home.does(lambda acting: house.change(acting, {"institution": "Başka"}, seen={"institution": 0}))
    at_home.does(lambda acting: house.change(acting, {"institution": "Örnek", "backup_days": 9}, seen={}))
    assert at_home.does(house_settings.look, Role.AUDITOR).may_change is False


def test_a_page_asks_and_its_outcome_is_marked(at_home: House) -> None:
    asked = page.asked_change({"institution": "Örnek"}, {})
    at_home.does(lambda acting: page.carry_out(acting, HouseAction.CHANGE, asked), key="panel:a")
    at_home.does(lambda acting: page.carry_out(acting, HouseAction.CHANGE, asked), key="panel:b")
    back = {page.KEY: "institution", page.SEEN: "1"}
    at_home.does(lambda acting: page.carry_out(acting, HouseAction.TAKE_BACK, back), key="panel:c")
    at_home.does(lambda acting: page.carry_out(acting, HouseAction.TAKE_BACK, back), key="panel:d")
    at_home.does(lambda acting: page.carry_out(acting, HouseAction.CHANGE, asked), Role.DIRECTOR, key="panel:e")
    found = [at_home.store.read(lambda uow, key=key: outcome_of(uow, f"panel:{key}")) for key in "abcde"]
    assert found == [Outcome.DONE, Outcome.NONE, Outcome.DONE, Outcome.STALE, Outcome.REFUSED]


def test_a_house_that_is_set_up_has_nobody_yet(at_home: House) -> None:
    at_home.does(lambda acting: house.store(acting, {"institution": "Örnek Belediyesi"}), Role.REQUESTER)
    said = at_home.store.read(lambda uow: uow.stored_settings.get("institution"))
    assert (said.value, said.set_by) == ("Örnek Belediyesi", None)
