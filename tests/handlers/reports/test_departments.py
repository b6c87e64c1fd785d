"""One müdürlük, however it is written."""

from __future__ import annotations

from handlers.reports.departments import DepartmentNames


def test_the_staff_list_says_what_a_mudurluk_is_called() -> None:
    known = DepartmentNames(["Sağlık İşleri Müdürlüğü"])
    for written in ("sağlık işleri", "SAĞLIK  İŞLERİ MÜD.", "Saglik Isleri mudurlugu", "Sağlık İşleri Md."):
        assert known.name(written) == "Sağlık İşleri Müdürlüğü"
    assert known.name("Uzay İşleri") == "Uzay İşleri"
    assert known.name("") == ""


def test_spellings_are_counted_together() -> None:
    rows = [
        ("Uzay İşleri", 2, 1),
        ("UZAY İŞLERİ MÜD.", 1, 1),
        ("uzay isleri müdürlüğü", 1, 0),
        ("Temizlik İşleri", 3, 3),
        ("", 5, 0),
    ]
    assert DepartmentNames(()).counted(rows) == [("", 5, 0), ("Uzay İşleri", 4, 2), ("Temizlik İşleri", 3, 3)]
