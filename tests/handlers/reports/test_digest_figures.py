"""What the daily summary says, and to whom it says names and matters of security."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.domain.people import Person
from handlers.domain.states import State
from handlers.ports import UnitOfWork
from handlers.reports import digest_figures
from tests.handlers.reports.digest_rig import DIRECTOR, FRIDAY, LEAD, MONDAY, ROOM, DigestRig, at
from tests.storage.builders import open_ticket


def test_three_lines_come_first(rig: DigestRig) -> None:
    for hour in ("09:00", "10:00", "11:00"):
        rig.opens(at(FRIDAY, hour))
    rig.resolves(rig.opens(at(FRIDAY, "12:00")), "mehmet", at(FRIDAY, "13:00"))
    rig.waits(
        rig.opens(at(FRIDAY, "08:30") - timedelta(days=4)),
        State.WAITING_PARTS,
        "zeynep",
        at(MONDAY, "10:00") - timedelta(days=7),
    )
    rig.tick(at(FRIDAY, "17:00"))
    (text,) = rig.said(ROOM, "digest")
    assert text.splitlines()[:3] == [
        "📥 Açılan: 4",
        "✅ Tamamlanan: 1",
        "⏳ Bekleyen: 4 – malzeme 1 (en eskisi 4 iş günü), sırada 3",
    ]


def test_names_reach_lead_and_director_only(rig: DigestRig) -> None:
    rig.resolves(rig.opens(at(FRIDAY, "09:00")), "mehmet", at(FRIDAY, "10:00"))
    rig.claims(rig.opens(at(FRIDAY, "11:00")), "zeynep", at(FRIDAY, "11:30"))
    rig.tick(at(FRIDAY, "17:00"))
    for address in (ROOM, "terminal:r:donanim"):
        (text,) = rig.said(address)
        assert not any(name in text for name in ("Mehmet", "Zeynep", "Ayşe"))
    for address in (LEAD, DIRECTOR):
        (text,) = rig.said(address)
        assert "Mehmet K. 1" in text
        assert "Üstlenildi: Zeynep A." in text
    assert rig.said("web:p:mehmet") == []


def test_of_a_security_matter_the_room_learns_no_more_than_that_it_is_one(rig: DigestRig) -> None:
    rig.opens(at(FRIDAY, "09:00"), category="bilgi-guvenligi", unit="yazilim", restricted=True)
    rig.tick(at(FRIDAY, "17:00"))
    (room,) = rig.said("web:r:yazilim")
    assert "2026-000001 · Gizli güvenlik kaydı" in room
    assert "Bilgi güvenliği" not in room
    (director,) = rig.said(DIRECTOR)
    assert "2026-000001 · Bilgi güvenliği" in director
    document = digest_figures.as_json(rig.digest(FRIDAY, "yazilim"))
    assert document["oldest"][0]["category"] is None  # type: ignore[index] # a document of plain values


def test_the_director_gets_both_units_in_one_message(rig: DigestRig) -> None:
    rig.opens(at(FRIDAY, "09:00"))
    rig.opens(at(FRIDAY, "09:00"), unit="yazilim", category="kep")
    assert rig.tick(at(FRIDAY, "17:00")) == [
        "digest:donanim:2026-11-20",
        "digest:yazilim:2026-11-20",
        "digest:director:2026-11-20",
    ]
    (text,) = rig.said(DIRECTOR)
    assert text.splitlines()[0] == "📥 Açılan: 2 (Donanım ve Teknik Destek 1, Yazılım 1)"
    assert text.index("Donanım ve Teknik Destek Birimi") < text.index("Yazıcı yazdırmıyor") < text.index("KEP")


def test_subjects_departments_tips_and_the_oldest(rig: DigestRig) -> None:
    for hour in range(8, 15):
        rig.opens(at(FRIDAY, f"{hour:02}:00"), reporter="hasan" if hour % 2 else "ayse", category="toner-kartus")
    old = rig.opens(at(date(2026, 11, 16), "09:00"), category="tarayici")
    rig.store.write(lambda uow: uow.feedback.tip_solved(at(FRIDAY, "10:00"), "donanim", "tarayici", "Zabıta"))
    rig.tick(at(FRIDAY, "17:00"))
    (text,) = rig.said(ROOM)
    assert "önerilen adımlarla çözülen: 1" in text
    assert f"{old.number} · Tarayıcı arızası · 4 iş günü · Sırada" in text
    assert text.count("· Sırada") == 5
    assert "Toner, kartuş ve drum: 7" in text
    assert "Mali Hizmetler: 4 / 0\nZabıta: 3 / 0" in text


def test_the_change_against_the_last_five_working_days(rig: DigestRig) -> None:
    for back in (1, 2, 3, 4):  # Monday to Thursday: 3 each; nothing the Friday before
        for _ in range(3):
            rig.opens(at(FRIDAY - timedelta(days=back), "10:00"))
    rig.opens(at(FRIDAY, "10:00"))
    found = rig.digest(FRIDAY)
    assert found.comparison == digest_figures.Comparison(days=5, opened_average=2.4, resolved_average=0)
    assert digest_figures.as_json(found)["change"] == {
        "days": 5,
        "opened_average": 2.4,
        "resolved_average": 0.0,
        "opened": -1.4,
        "resolved": 0.0,
    }
    assert [day.day for day in found.days][-2:] == [date(2026, 11, 19), FRIDAY]
    assert [day.active for day in found.days][-5:] == [3, 6, 9, 12, 13]
    rig.tick(at(FRIDAY, "17:00"))
    assert "ortalaması: açılan 2,4 (▼ daha az)" in rig.said(ROOM)[0]


def test_a_quiet_day_has_one_friendly_line_and_no_empty_table(rig: DigestRig) -> None:
    rig.tick(at(FRIDAY, "17:00"))
    (text,) = rig.said(ROOM)
    assert text.startswith("🌿 Sakin bir gün")
    assert "En eski" not in text
    assert "En sık" not in text
    assert "Müdürlüklere" not in text
    assert rig.said(DIRECTOR)[0].startswith("🌿")


def test_many_departments_do_not_make_an_endless_message(rig: DigestRig) -> None:
    def fill(uow: UnitOfWork) -> None:
        for number in range(40):
            person = uow.people.add(
                Person(handle=f"p{number}", name="P", department=f"Müdürlük {number:02}" + "x" * 60)
            )
            open_ticket(uow, person.id, at(FRIDAY, "10:00"))

    rig.store.write(fill)
    rig.tick(at(FRIDAY, "17:00"))
    (text,) = rig.said(ROOM)
    assert "ve 28 müdürlük daha" in text
    assert len(text) < 4096
