"""Planned work: written down, told twice to whom it hits, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.messages import plain
from tests.handlers.tickets.table import Table


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """Monday noon; Ayşe (Mali Hizmetler) and Hasan (Zabıta) speak with the desk."""
    made = Table(tmp_path / "table")
    for who in ("ayse", "hasan"):
        made.says(who, "merhaba")
    yield made
    made.close()


def told(table: Table, who: str) -> list[str]:
    return [plain(one.text) for one in table.shown(table.place(who, "")) if one.kind == "work_announced"]


def test_it_is_told_a_working_day_before_and_shortly_before(table: Table) -> None:
    table.says("fatma", "/planli EBYS 25 Kasım 18.00-20.00 sürüm yükseltme")
    assert "25 Kas 18:00 – 25 Kas 20:00 · “sürüm yükseltme”" in table.answer("fatma")
    table.press("fatma", "work_add:…")
    table.later(timedelta(hours=1))
    assert told(table, "ayse") == []
    table.later(timedelta(hours=21))  # Tuesday 10:00
    table.later(timedelta(minutes=1))
    assert len(told(table, "ayse")) == len(told(table, "hasan")) == 1
    table.later(timedelta(hours=31, minutes=46))  # Wednesday 17:47
    assert len(told(table, "ayse")) == 2
    assert "⚒ Planlı çalışma:" in told(table, "ayse")[1]
    table.says("fatma", "/sistem")
    assert "✓ EBYS" in table.answer("fatma")
    table.later(timedelta(minutes=15))
    table.says("fatma", "/sistem")
    assert "⚒ EBYS – Planlı çalışma" in table.answer("fatma")
    assert table.wrong() == []


@pytest.mark.parametrize(
    ("hours", "asked"),
    [("18.00-20.00", True), ("17.00-18.00", False), ("22.00-23.00", False), ("17.30-18.30", True)],
)
def test_on_an_important_day_it_is_asked_whether_it_must_be_then(table: Table, hours: str, asked: bool) -> None:
    table.says("kemal", "/takvim önemli gün 25 Kasım 18.00-22.00 Meclis toplantısı")
    table.press("kemal", "day_add:…")
    table.says("fatma", f"/planli EBYS 25 Kasım {hours} sürüm yükseltme")
    said = "25 Kasım 2026 Çarşamba günü Meclis toplantısı var (saat 18.00–22.00). Yine de planlansın mı?"
    assert (said in table.answer("fatma")) is asked
    table.press("fatma", "work_add:…")
    assert "25 Kas" in table.answer("fatma")


def test_an_important_day_without_hours_is_all_of_it_and_of_its_unit_alone(table: Table) -> None:
    table.says("fatma", "/takvim önemli gün 28 Kasım nikâh")
    table.press("fatma", "day_add:…")
    for system, asked in (("internet", True), ("EBYS", False)):
        table.says("fatma", f"/planli {system} 28 Kasım 23.00-23.30 bakım")
        assert ("nikâh var" in table.answer("fatma")) is asked
    table.says("kemal", "/takvim önemli gün 27 Kasım 23.00-24.00 ihale")
    table.says("fatma", "/planli internet 28 Kasım 01.00-02.00 bakım")
    assert table.answer("fatma").count("nikâh") == 1


def test_only_whom_it_hits_hears_of_it_and_that_it_is_off(table: Table) -> None:
    table.says("fatma", "/planli internet yarın 12.30-13.00 bakım etkilenen: zabıta")
    assert "etkilenen: Zabıta" in table.answer("fatma")
    table.press("fatma", "work_add:…")
    table.later(timedelta(hours=2))
    assert (len(told(table, "hasan")), told(table, "ayse")) == (1, [])
    table.press("fatma", "work_undo:…")
    assert "yapılmayacak" in told(table, "hasan")[-1]
    table.later(timedelta(hours=22, minutes=20))
    assert len(told(table, "hasan")) == 2


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("EBYS 25 Kasım sürüm yükseltme", "saatini de yazın"),
        ("EBYS 25 Kasım 18.00-20.00", "Ne yapılacağını da yazın"),
        ("EBYS bugün 09.00-10.00 bakım", "Başlangıcı geçmiş"),
        ("Uzay 25 Kasım 18.00-20.00 bakım", "diye bir sistem yok"),
        ("EBYS 25 Kasım 18.00-20.00 bakım etkilenen: Uzay İşleri", "diye bir müdürlük bulamadım"),
        ("EBYS 25-30 Kasım 18.00-20.00 bakım", "en çok üç gün"),
    ],
)
def test_what_cannot_be_planned_is_said(table: Table, typed: str, answered: str) -> None:
    table.says("fatma", f"/planli {typed}")
    assert answered in table.answer("fatma")
    assert not table.presses("fatma", "work_add:…")


def test_a_technician_sees_it_and_plans_none(table: Table) -> None:
    table.says("mehmet", "/planli EBYS 25 Kasım 18.00-20.00 bakım")
    assert "yetkiniz yok" in table.answer("mehmet")
    table.says("mehmet", "/planli")
    assert "Önümüzdeki 30 günde yok" in table.answer("mehmet")


def test_words_about_work_that_is_over_are_erased_wherever_they_were_said(table: Table) -> None:
    table.says("fatma", "/planli EBYS yarın 10.00-12.00 kadayıf")
    table.press("fatma", "work_add:…")
    table.later(timedelta(hours=1))
    table.later(timedelta(hours=20, minutes=50))
    table.later(timedelta(days=2))
    assert len(told(table, "ayse")) == 2
    table.says("fatma", "/verilerim")
    table.press("fatma", "erase_ask", "erase")
    for who in ("ayse", "hasan", "fatma"):
        assert not any("kadayıf" in plain(one.text) for one in table.shown(table.place(who, "")))


# --- while it goes on -----------------------------------------------------------------------------
def under_way(table: Table, hit: str = "") -> None:
    """Monday 12:15, a quarter of an hour into it."""
    table.says("fatma", f"/planli EBYS bugün 12.05-13.30 sürüm yükseltme{hit}")
    table.press("fatma", "work_add:…")
    table.later(timedelta(minutes=15))


def test_who_reports_the_system_meanwhile_hears_of_it_and_of_its_end(table: Table) -> None:
    under_way(table)
    table.says("ayse", "ebysye giremiyorum")
    assert "üzerinde planlı çalışma sürüyor" in table.answer("ayse")
    assert "Adım" not in table.answer("ayse")
    assert "“sürüm yükseltme”" in told(table, "ayse")[-1]
    table.press("ayse", "wait_for_work:…")
    assert "bitince haber vereceğim" in table.answer("ayse")
    assert table.tickets() == []
    table.later(timedelta(minutes=76))
    table.later(timedelta(minutes=1))
    over = [one for one in table.shown(table.place("ayse", "")) if one.kind == "work_over"]
    assert [plain(one.text) for one in over] == [
        "⚒ EBYS üzerindeki planlı çalışma bitti. Sizde sürüyorsa yazmanız yeter."
    ]
    assert "work_over" not in {one.kind for one in table.shown(table.place("hasan", ""))}
    assert table.wrong() == []


def test_who_has_another_trouble_is_shown_the_steps_and_their_ticket_is_marked(table: Table) -> None:
    under_way(table)
    table.says("ayse", "ebysye giremiyorum")
    table.press("ayse", "not_work:…")
    assert "planlı çalışma" not in table.answer("ayse")
    table.press("ayse", "open:…")
    (ticket,) = table.tickets()
    assert ticket.facts["calisma"] == "EBYS"
    table.says("ali", "/durum 1")
    assert "Planlı çalışma sırasında: EBYS" in table.answer("ali")


def test_typed_it_says_the_same(table: Table) -> None:
    under_way(table)
    table.says("ayse", "ebysye giremiyorum")
    table.says("ayse", "bende de")
    assert "bitince haber vereceğim" in table.answer("ayse")


def test_whom_it_does_not_hit_is_shown_the_steps(table: Table) -> None:
    under_way(table, " etkilenen: Zabıta")
    table.says("ayse", "ebysye giremiyorum")
    assert "planlı çalışma" not in table.answer("ayse")
    table.press("ayse", "open:…")
    assert "calisma" not in table.tickets()[0].facts


def test_of_what_is_planned_no_outage_is_proposed(table: Table) -> None:
    under_way(table)
    for who in ("ayse", "hasan", "denetci", "kemal"):
        table.says(who, "ebysye giremiyorum")
    assert "outage_proposal" not in {one.kind for one in table.shown(table.place("fatma", ""))}


def test_who_presses_after_its_end_may_report(table: Table) -> None:
    under_way(table)
    table.says("ayse", "ebysye giremiyorum")
    table.later(timedelta(minutes=80))
    table.press("ayse", "wait_for_work:…")
    assert "artık sürmüyor" in table.answer("ayse")
    table.press("ayse", "open:…")
    assert "calisma" not in table.tickets()[0].facts


def test_who_waits_hears_too_when_it_is_called_off(table: Table) -> None:
    under_way(table)
    table.says("ayse", "ebysye giremiyorum")
    table.press("ayse", "wait_for_work:…")
    table.press("fatma", "work_undo:…")
    assert "çalışma bitti" in table.answer("ayse")


def test_what_was_planned_is_erased_where_reporters_read_it(table: Table) -> None:
    table.says("fatma", "/planli EBYS bugün 12.05-12.30 kadayıf")
    table.press("fatma", "work_add:…")
    table.later(timedelta(minutes=15))
    table.says("ayse", "ebysye giremiyorum")
    assert any("kadayıf" in one for one in told(table, "ayse"))
    table.later(timedelta(minutes=30))
    table.says("fatma", "/verilerim")
    table.press("fatma", "erase_ask", "erase")
    assert not any("kadayıf" in plain(one.text) for one in table.shown(table.place("ayse", "")))
