""" "sil" behind a command: which one is shown with a button each, and where there is none it is said."""

from __future__ import annotations

import pytest

from tests.scenarios.stage import Stage
from tests.scenarios.test_leaves import web

__all__ = ["web"]


@pytest.mark.parametrize(
    ("who", "written", "kind", "label", "drops"),
    [
        ("mehmet", "/izin 3-7 Aralık", "leaves", "Geri al: Mehmet K.", "/izin sil"),
        ("fatma", "/izin Mehmet 3-7 Aralık", "leaves", "Geri al: Mehmet K.", "/izin iptal et"),
        ("fatma", "/nobet Mehmet 7-9 Aralık", "rota", "Sil: Mehmet K.", "/nobet sil"),
        ("fatma", "/vekil Zeynep 7-9 Aralık", "deputies", "Bitir: Zeynep", "/vekil kaldır"),
        ("fatma", "/planli EBYS yarın 18.00-20.00 bakım", "works", "Geri al: 1", "/planli sil"),
        (
            "kemal",
            "/mesai 08.30-12.30 13.00-17.00, 19 Şubat - 19 Mart",
            "work_hours",
            "Geri al: 19.02",
            "/mesai geri al",
        ),
        ("kemal", "/takvim tatil 4 Ocak", "calendar", "Geri al: ", "/takvim sil"),
    ],
)
async def test_what_can_be_taken_back_is_shown_with_its_button(
    web: Stage, who: str, written: str, kind: str, label: str, drops: str
) -> None:
    actor = web.person(who)
    await actor.says(drops)
    assert "Geri alabileceğiniz bir şey yazılı değil." in (await actor.last()).text
    await actor.says(written)
    await actor.presses("Evet, yaz")
    await actor.says(drops)
    listed = await actor.last(kind)
    assert "Düğmesine basın." in listed.text
    await actor.presses(label, on=listed)
    await actor.says(drops)
    assert "Geri alabileceğiniz bir şey yazılı değil." in (await actor.last()).text


async def test_whoever_keeps_no_rota_drops_nothing_of_it(web: Stage) -> None:
    mehmet = web.person("mehmet")
    await mehmet.says("/nobet sil")
    assert (await mehmet.last()).kind == "errors/not_allowed"


async def test_systems_are_listed_with_names_that_can_be_typed(web: Stage) -> None:
    fatma = web.person("fatma")
    await fatma.says("/sistem")
    listed = (await fatma.last("systems")).text
    assert "EBYS'ye giriş yapılamıyor" in listed
    assert "ebys-giris" not in listed
    await fatma.says("/sistem konu EBYS: EBYS'de evrak işlemi; Toner, kartuş ve drum")
    assert "Toner, kartuş ve drum" in (await fatma.last("system_changed")).text
