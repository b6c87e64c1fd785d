"""The fault register: every number of the year, nothing that does not belong in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from handlers.domain.departments import Department
from handlers.ports import RegisterRow, UnitOfWork
from handlers.reports.register import MISSING, WITHHELD, Register, RegisterLine, fit, open_register
from tests.scenarios.stage import shared_desk


def row(number: str, **about: Any) -> RegisterRow:
    values: dict[str, Any] = {
        "opened_at": datetime(2026, 3, 2, 21, 30, tzinfo=UTC),
        "department": "Mali Hizmetler",
        "room": "3. kat 312",
        "reporter": "Ayşe Yılmaz",
        "unit": "donanim",
        "category": "yazici-yazdirmiyor",
        "text": "yazıcı çıktı vermiyor",
        "priority": "normal",
        "state": "closed",
        "holder": "Mehmet Kaya",
        "resolution": "Toner değişti",
        "ended_at": datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
        **about,
    }
    return RegisterRow(number=number, **values)


def read(rows: Sequence[RegisterRow], last_number: int, year: int = 2026) -> tuple[Register, list[RegisterLine]]:
    summaries = SimpleNamespace(register=lambda first, last: iter(rows), last_number=lambda year: last_number)
    departments = SimpleNamespace(all=lambda: [Department(name="Mali Hizmetler")])
    uow = cast(UnitOfWork, SimpleNamespace(summaries=summaries, departments=departments))
    register = open_register(shared_desk(), uow, year)
    return register, list(register.lines)


def test_a_line_as_it_is_read() -> None:
    _, (line,) = read([row("2026-000001")], 1)
    assert line == RegisterLine(
        number="2026-000001",
        opened_at=datetime.fromisoformat("2026-03-03T00:30"),
        place="Mali Hizmetler / 3. kat 312",
        reporter="Ayşe Yılmaz",
        unit="Donanım ve Teknik Destek",
        subject="Yazıcı yazdırmıyor",
        text="yazıcı çıktı vermiyor",
        priority="Normal",
        state="Kapandı",
        holder="Mehmet Kaya",
        resolution="Toner değişti",
        ended_at=datetime.fromisoformat("2026-03-03T12:00"),
    )


def test_a_mudurluk_stands_under_one_name() -> None:
    written = ("MALİ HİZMETLER MÜD.", "mali  hizmetler müdürlüğü")
    _, lines = read([row(f"2026-00000{n}", department=name) for n, name in enumerate(written, 1)], 2)
    assert {line.place for line in lines} == {"Mali Hizmetler / 3. kat 312"}


def test_without_a_gap() -> None:
    register, _ = read([row("2026-000001"), row("2026-000002")], 2)
    assert register.sound
    assert register.closing() == "Defterde 2026-000001 – 2026-000002 arasında 2 kayıt vardır; eksik numara yoktur."


def test_missing_numbers_at_the_beginning_within_and_at_the_end() -> None:
    register, lines = read([row("2026-000002"), row("2026-000005")], 7)
    assert register.gaps == [(1, 1), (3, 4), (6, 7)]
    assert [line.number for line in lines] == [
        "2026-000001",
        "2026-000002",
        "2026-000003 – 2026-000004",
        "2026-000005",
        "2026-000006 – 2026-000007",
    ]
    assert [line.missing for line in lines] == [True, False, True, False, True]
    assert lines[0].text == MISSING
    assert not register.sound
    assert "EKSİK NUMARA: 5 · 2026-000001 · 2026-000003 – 2026-000004 · 2026-000006 – 2026-000007" in register.closing()


def test_a_number_of_another_year_is_not_passed_over_in_silence() -> None:
    register, lines = read([row("2025-000009"), row("2026-000001")], 1)
    assert register.strangers == ["2025-000009"]
    assert not register.sound
    assert len(lines) == 2
    assert "2025-000009" in register.closing()


def test_a_year_without_tickets() -> None:
    register, lines = read([], 0)
    assert (lines, register.sound) == ([], True)
    assert register.closing() == "2026 yılında açılmış kayıt yoktur."


def test_security_matters_are_there_without_a_word_of_theirs() -> None:
    _, (line,) = read([row("2026-000001", restricted=True, text="sızıntı", resolution="sunucu kapatıldı")], 1)
    assert line.text == WITHHELD
    assert line.resolution == ""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("iki\nsatır\tve  boşluk", "iki satır ve boşluk"),
        ("\x00\x1b[31mkırmızı\x07", "[31mkırmızı"),
        ("fatura\u202egpj.exe", "faturagpj.exe"),
        ("\u2066gizli\u2069 \u200bharf\ufeff \ue000x\ue00e", "gizli harf x"),
        ("TC 1000\u200b0000146", "TC [kimlik no]"),
        ("0532 123 45 67'den arayın", "[telefon]'den arayın"),
        ("7️⃣ kâğıt 8️⃣ ses ☎️", "7 kâğıt 8 ses ☎"),
        ("\ud800 tek vekil", "tek vekil"),
        ("Z" + "\u0300\u0301\u0302" * 20 + "algo", "Z\u0300algo"),
        ("", ""),
    ],
)
def test_what_people_wrote_is_cleaned_and_masked(typed: str, shown: str) -> None:
    assert fit(typed, 100) == shown


def test_long_texts_are_cut_at_a_word() -> None:
    assert fit("bir iki üç dört beş", 12) == "bir iki üç …"
    assert fit("a" * 4096, 10) == "a" * 10 + " …"
