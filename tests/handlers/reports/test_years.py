"""A year of the house: what is counted, what is never described, and when its draft is due."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from handlers.context import Acting, UseCaseContext
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.months import Month
from handlers.domain.page_changes import Outcome
from handlers.domain.recommendations import MAX_LETTERS, AskedRecommendation
from handlers.domain.states import State
from handlers.ports import UnitOfWork
from handlers.reports import months, recommendations, yearly, years
from handlers.reports.years import YearReport
from tests.handlers.reports.digest_rig import DIRECTOR, FRIDAY, MONDAY, DigestRig, at

LATER = date(2026, 11, 30)


def acting(rig: DigestRig, uow: UnitOfWork, who: str = "kemal", day: date = LATER, key: str = "") -> Acting:
    person = uow.people.by_handle(who)
    assert person is not None
    return Acting(desk=rig.desk, uow=uow, now=at(day, "10:00"), person=person, channel="web", event_key=key)


def report(rig: DigestRig, year: int = 2026, day: date = LATER) -> YearReport:
    return rig.store.read(lambda uow: years.report(acting(rig, uow, day=day), year))


def test_what_happened_is_counted_and_security_matters_only_that() -> None:
    rig = DigestRig()
    for minute in range(3):
        toner = rig.opens(at(FRIDAY, f"09:0{minute}"), category="toner-kartus", facts={"oda": "312"})
        rig.resolves(toner, "mehmet", at(FRIDAY, "11:00"))
    rig.waits(rig.opens(at(FRIDAY, "09:30"), "hasan"), State.WAITING_PARTS, "mehmet", at(FRIDAY, "13:00"))
    rig.opens(at(MONDAY, "09:00"), unit="yazilim", category="bilgi-guvenligi", restricted=True)
    found = report(rig)
    assert (found.opened, found.solved, found.restricted, found.running) == (5, 3, 1, True)
    assert "bilgi-guvenligi" not in found.subjects
    assert found.subjects["toner-kartus"] == 3
    assert [(one.where, one.what, one.count) for one in found.repeating] == [("oda", "312", 3)]
    (wait,) = [one for one in found.waits if one.state is State.WAITING_PARTS]
    assert (wait.tickets, wait.spent) == (1, timedelta(hours=4 + 5 * 8 + 2))
    assert [(str(one.month), one.opened, one.solved) for one in found.months][-1] == ("2026-11", 5, 3)
    assert len(found.months) == 11


def test_a_year_that_is_over_ends_with_it() -> None:
    rig = DigestRig()
    rig.opens(at(FRIDAY, "09:00"))
    rig.opens(at(date(2027, 1, 4), "09:00"))
    found = report(rig, day=date(2027, 1, 15))
    assert (found.opened, found.running, len(found.months)) == (1, False, 12)
    assert report(rig, 2027, date(2027, 1, 15)).opened == 1


def test_a_locked_month_is_named_with_its_seal() -> None:
    rig = DigestRig()
    rig.store.write(lambda uow: months.lock(acting(rig, uow), "donanim", Month(2026, 10)))
    (lock, who), *rest = report(rig).months[9].locks
    assert (len(lock.seal), who, rest) == (64, "Kemal Aydın", [])


@pytest.mark.parametrize("who", ["ayse", "mehmet", "fatma", "denetci"])
def test_it_is_the_directors(who: str) -> None:
    rig = DigestRig()
    with pytest.raises(NotAllowed):
        rig.store.read(lambda uow: years.report(acting(rig, uow, who), 2026))
    with pytest.raises(NotAllowed):
        rig.store.read(lambda uow: recommendations.standing(acting(rig, uow, who), 2026))


@pytest.mark.parametrize("year", [1999, 2027])
def test_no_year_but_those_that_began(year: int) -> None:
    with pytest.raises(Invalid, match="year_ahead"):
        report(DigestRig(), year)


# --- öneri ve tedbirler --------------------------------------------------------------------------------
def writes(rig: DigestRig, text: str, seen: int, key: str = "panel:1", who: str = "kemal") -> Outcome:
    asked = AskedRecommendation(year=2026, text=text, seen=seen)
    return rig.store.write(lambda uow: recommendations.carry_out(acting(rig, uow, who, key=key), asked))


def test_what_the_director_writes_is_kept_with_what_stood_before() -> None:
    rig = DigestRig()
    assert writes(rig, "Yedek hat istensin.", 0) is Outcome.DONE
    assert writes(rig, " Yedek hat istensin. ", 0) is Outcome.NONE
    assert writes(rig, "Toner üç ayda bir alınsın.", 1) is Outcome.DONE
    assert writes(rig, "Eski sayfadan.", 1) is Outcome.STALE
    assert writes(rig, "x" * (MAX_LETTERS + 1), 2) is Outcome.REFUSED
    assert writes(rig, "Şef yazdı.", 2, who="fatma") is Outcome.REFUSED
    newest, before = rig.store.read(lambda uow: recommendations.standing(acting(rig, uow), 2026))
    assert newest is not None
    assert before is not None
    assert (newest.text, before.text) == ("Toner üç ayda bir alınsın.", "Yedek hat istensin.")
    assert report(rig).recommendation == newest
    noted = [line[3] for line in rig.store.read(lambda uow: uow.audit.recent()) if line[2] == "recommendation_written"]
    assert sorted(noted) == ["2026 1 19", "2026 2 26"], "who wrote, and no word of it"


# --- the draft in January ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "clock", "is_due"),
    [
        (date(2027, 1, 14), "09:00", False),
        (date(2027, 1, 15), "08:14", False),
        (date(2027, 1, 15), "08:15", True),
        (date(2027, 1, 15), "12:00", False),
        (date(2027, 1, 16), "09:00", False),  # Saturday
        (date(2027, 1, 18), "09:00", True),  # the desk was down
        (date(2027, 2, 26), "09:00", True),
        (date(2027, 3, 1), "09:00", False),
    ],
)
def test_the_draft_is_due_from_the_fifteenth_on(day: date, clock: str, is_due: bool) -> None:
    rig = DigestRig()
    rig.opens(at(FRIDAY, "09:00"))
    found = rig.store.read(lambda uow: yearly.due(rig.desk, uow, at(day, clock), time(8, 15)))
    assert (found is not None) is is_due


def test_it_comes_once_and_not_for_a_year_without_tickets() -> None:
    rig, now = DigestRig(), at(date(2027, 1, 15), "09:00")
    assert rig.store.read(lambda uow: yearly.due(rig.desk, uow, now, time(8, 15))) is None
    rig.opens(at(FRIDAY, "09:00"))
    item = rig.store.read(lambda uow: yearly.due(rig.desk, uow, now, time(8, 15)))
    assert item is not None
    made = {DIRECTOR: yearly.Made(1, 0, recommended=False, files=())}
    for posted in (True, False):
        work = rig.store.write(lambda uow: yearly.post(UseCaseContext(desk=rig.desk, uow=uow, now=now), item, made))
        assert work is posted
    (said,) = rig.said(DIRECTOR, "yearly")
    assert "2026 yılında 1 kayıt açıldı, 0 kayıt tamamlandı." in said
    assert "V. bölüm (öneri ve tedbirler) boş" in said
