"""One müdürlük, however it is written."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.department_names import DepartmentNames
from handlers.domain.departments import Department, DepartmentId, FormerName, Merge
from tests.clock import START

HEALTH = Department(id=DepartmentId(1), name="Sağlık İşleri Müdürlüğü")
FINANCE = Department(
    id=DepartmentId(2),
    name="Mali Hizmetler",
    short_names=("MHM",),
    former_names=(FormerName("Hesap İşleri", date(2019, 4, 1)),),
)
CULTURE = Department(id=DepartmentId(3), name="Kültür ve Sosyal İşler")
WELFARE = Department(id=DepartmentId(4), name="Sosyal Yardım İşleri")
CLOSED = Department(id=DepartmentId(5), name="Tarım Hizmetleri", closed_at=START)
TREASURY = Department(id=DepartmentId(6), name="Gelirler", merge=Merge(into=FINANCE.id, at=START))
LISTED = (HEALTH, FINANCE, CULTURE, WELFARE, CLOSED, TREASURY)


def test_the_list_says_what_a_mudurluk_is_called() -> None:
    known = DepartmentNames([HEALTH])
    for written in ("sağlık işleri", "SAĞLIK  İŞLERİ MÜD.", "Saglik Isleri mudurlugu", "Sağlık İşleri Md."):
        assert known.name(written) == "Sağlık İşleri Müdürlüğü"
    assert known.name("Uzay İşleri") == "Uzay İşleri"
    assert known.name("") == ""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("mhm", "Mali Hizmetler"),
        ("hesap işleri müdürlüğü", "Mali Hizmetler"),
        ("tahakkuk", "Mali Hizmetler"),
        ("gelirler", "Mali Hizmetler"),
        ("gelirler md.", "Mali Hizmetler"),
        ("tarım hizmetleri", "Tarım Hizmetleri"),
        ("fen isleri", "Fen İşleri"),
    ],
)
def test_by_every_name_it_has_or_had(written: str, name: str) -> None:
    assert DepartmentNames(LISTED).name(written) == name


@pytest.mark.parametrize(
    ("typed", "name", "near"),
    [
        ("MALİ HİZMETLER MÜD.", "Mali Hizmetler", []),
        ("mali hiz", "Mali Hizmetler", []),
        ("kültür", "Kültür ve Sosyal İşler", []),
        ("hizmetler mali", "Mali Hizmetler", []),
        ("sosyal", "", ["Kültür ve Sosyal İşler", "Sosyal Yardım İşleri"]),
        ("sağlk işleri", "", ["Sağlık İşleri Müdürlüğü"]),
        ("mli hizmetler", "", ["Mali Hizmetler"]),
        ("tarm hizmetleri", "", []),
        ("Uzay İşleri", "", []),
        ("", "", []),
        ("müdürlük", "", []),
    ],
)
def test_what_somebody_meant(typed: str, name: str, near: list[str]) -> None:
    """What was closed is offered to nobody."""
    meant = DepartmentNames(LISTED).meant(typed)
    assert (meant.name, sorted(meant.near)) == (name, near)


def test_while_nothing_is_listed_it_is_what_most_houses_have() -> None:
    meant = DepartmentNames(()).meant
    assert meant("fen işleri müd.").name == "Fen İşleri"
    assert list(meant("zbıta").near) == ["Zabıta"]
    assert DepartmentNames(()).settled("Uzay") == "Uzay"


def test_merged_in_a_ring_there_is_an_end() -> None:
    """Nobody can make one; a database that was mended by hand may have it."""
    one = Department(id=DepartmentId(1), name="Bir", merge=Merge(into=DepartmentId(2), at=START))
    other = Department(id=DepartmentId(2), name="İki", merge=Merge(into=DepartmentId(1), at=START))
    assert DepartmentNames([one, other]).name("bir") in ("Bir", "İki")


def test_spellings_are_counted_together() -> None:
    rows = [
        ("Uzay İşleri", 2, 1),
        ("UZAY İŞLERİ MÜD.", 1, 1),
        ("uzay isleri müdürlüğü", 1, 0),
        ("Temizlik İşleri", 3, 3),
        ("", 5, 0),
        ("Gelirler", 1, 1),
        ("Mali Hizmetler", 1, 0),
    ]
    assert DepartmentNames(LISTED).counted(rows) == [
        ("", 5, 0),
        ("Uzay İşleri", 4, 2),
        ("Temizlik İşleri", 3, 3),
        ("Mali Hizmetler", 2, 1),
    ]
