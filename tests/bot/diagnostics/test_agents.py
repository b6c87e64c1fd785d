"""Agents that fell silent, and a password that everybody could read, are told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.diagnostics.agents import heard, told
from bot.diagnostics.finding import Severity
from handlers.ports import SightingCounts
from tests.clock import START

HTTPS, HERE = "https://masa.defne.bel.tr", "http://127.0.0.1:8080"
NONE = SightingCounts(number=0, unlinked=0, newest=None)
SOME = SightingCounts(number=214, unlinked=3, newest=START - timedelta(days=1))
SILENT = SightingCounts(number=214, unlinked=0, newest=START - timedelta(days=9))


@pytest.mark.parametrize(
    ("counts", "address", "told"),
    [
        (SOME, HTTPS, [(Severity.OK, "214 cihaz görüldü, 3 tanesi kayıtta yok (/panel/cihazlar-agda)")]),
        (SOME, HERE, [(Severity.OK, "214 cihaz görüldü, 3 tanesi kayıtta yok (/panel/cihazlar-agda)")]),
        (NONE, HTTPS, [(Severity.WARNING, "hiçbiri bildirmedi")]),
        (SILENT, HTTPS, [(Severity.WARNING, "9 gündür hiçbiri bildirmedi")]),
        (
            SILENT,
            "http://masa.defne.bel.tr",
            [
                (Severity.WARNING, "http://masa.defne.bel.tr şifresiz: ajanların parolası ağda okunabilir"),
                (Severity.WARNING, "9 gündür hiçbiri bildirmedi"),
            ],
        ),
    ],
)
def test_what_is_told(counts: SightingCounts, address: str, told: list[tuple[Severity, str]]) -> None:
    assert [(one.state, one.says) for one in heard(counts, address, START)] == told


def test_a_notice_of_the_house_names_them_too() -> None:
    assert list(told("")) == [], "the desk's own does"
    assert list(told("Bilgisayarlarınızdaki ENVANTER yazılımı makineyi bildirir.")) == []
    (silent,) = told("Veri sorumlusu belediyedir.")
    assert (silent.state, "aydınlatma metni" in silent.says) == (Severity.WARNING, True)
