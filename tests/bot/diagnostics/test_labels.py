"""Labels that lead nowhere any more are told, with how many there are."""

from __future__ import annotations

from bot.diagnostics.finding import Severity
from bot.diagnostics.labels import opens, printed

NOW, OLD, REDIRECTED = "https://masa.defne.bel.tr", "https://masa.eski.bel.tr", "https://masa.yonlu.bel.tr"


def test_an_address_that_does_not_open_is_told_and_one_that_does_is_not() -> None:
    addresses = {NOW: 10, OLD: 412, REDIRECTED: 3, "": 2}
    (found,) = printed(addresses, NOW, lambda address: address == REDIRECTED)
    assert found.state is Severity.WARNING
    assert found.says == f"basılmış 412 etikette {OLD} yazıyor; bu adres açılmıyor"
    (fine,) = printed({NOW: 10}, NOW)
    assert (fine.state, fine.says) == (Severity.OK, f"10 etiket, adres {NOW}")
    assert list(printed({}, NOW)) == []


def test_what_answers_nothing_does_not_open() -> None:
    assert not opens("http://127.0.0.1:1")
    assert not opens("no address")
