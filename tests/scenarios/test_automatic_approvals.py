"""Subjects whose tickets ask for a yes as soon as somebody has them."""

from __future__ import annotations

from handlers.domain.states import State
from handlers.ports import UnitOfWork
from tests.scenarios.stage import Stage
from tests.scenarios.test_life_of_a_ticket import FIRST
from tests.scenarios.test_targets import TUESDAY, opened, tick_at, web

__all__ = ["web"]


async def asks(stage: Stage, kind: str) -> None:
    fatma = stage.person("fatma")
    await fatma.says(f"/onay otomatik yazici-yazdirmiyor: {kind}")
    assert "kendiliğinden istenir" in (await fatma.last("approval_automatic_on")).text


async def test_whoever_claims_it_asks_and_may_take_it_back(web: Stage) -> None:
    await asks(web, "depodan çıkış")
    await opened(web, f"{TUESDAY}T09:00")
    room, kemal = web.in_room("mehmet", "donanim"), web.person("kemal")
    await room.presses("Üstlen")
    assert (await web.ticket(FIRST)).state is State.WAITING_APPROVAL
    assert "depodan çıkış: Kemal A." in (await room.last("card")).text
    assert (
        "bu konuda onay kendiliğinden istenir: depodan çıkış (Kemal A.)" in (await room.last("approval_automatic")).text
    )
    request = await kemal.last("approval_request")
    assert "isteyen: Mehmet Kaya" in request.text
    undo = (await room.last("approval_automatic")).buttons["Geri al"]
    await room.presses_token(undo)
    assert (await web.ticket(FIRST)).state is State.CLAIMED
    await kemal.presses_token(request.buttons["Onayla"])
    assert (await web.ticket(FIRST)).state is State.CLAIMED
    await room.presses_token(undo)
    await room.presses("Diğer")
    await room.presses("Sıraya geri koy")
    await room.presses("Üstlen")
    assert (await web.ticket(FIRST)).state is State.CLAIMED, "it is asked for once"


async def test_where_a_manager_must_be_named_it_is_one_tap(web: Stage) -> None:
    await asks(web, "yetki açma")
    await opened(web, f"{TUESDAY}T09:00")
    room = web.in_room("mehmet", "donanim")
    await room.presses("Üstlen")
    assert (await web.ticket(FIRST)).state is State.CLAIMED
    await room.presses("Onay iste")
    assert "müdürünün adını yazın" in (await room.last("prompt_approver")).text


async def test_given_by_a_lead_it_is_offered(web: Stage) -> None:
    await asks(web, "depodan çıkış")
    await opened(web, f"{TUESDAY}T09:00")
    room = web.in_room("fatma", "donanim")
    for label in ("Diğer", "Görevlendir", "Mehmet"):
        await room.presses(label)
    assert (await web.ticket(FIRST)).state is State.CLAIMED
    assert "bu konuda onay gerekir: depodan çıkış." in (await room.last("approval_offer")).text


async def test_a_duzenli_is_of_that_subject_asks_for_nothing(web: Stage) -> None:
    fatma, room = web.person("fatma"), web.in_room("mehmet", "donanim")
    await fatma.says("/onay otomatik sarf-malzeme")
    await fatma.says("/duzenli ekle Toner sayımı konu sarf-malzeme: her Perşembe")
    await fatma.presses("Evet, yaz")
    await tick_at(web, "2026-12-03T08:00")
    await room.presses("Üstlen")
    assert (await web.ticket(FIRST)).state is State.CLAIMED


async def test_it_is_listed_and_ended(web: Stage) -> None:
    fatma = web.person("fatma")
    await fatma.says("/onay otomatik")
    listed = (await fatma.last("approvals_automatic")).text
    assert "Henüz yok." in listed
    assert "donanim-talebi" in listed
    await fatma.says("/onay otomatik donanim-talebi")
    await fatma.says("/onay otomatik")
    assert "depodan çıkış" in (await fatma.last("approvals_automatic")).text
    await fatma.says("/onay otomatik kapat donanim-talebi")
    assert "artık kendiliğinden istenmez" in (await fatma.last("approval_automatic_off")).text
    assert await web.app.gateway.read(_chosen) == {}


def _chosen(uow: UnitOfWork) -> dict[str, str]:
    return {category: str(kind) for category, kind in uow.approvals.automatic().items()}


async def test_what_cannot_be_chosen(web: Stage) -> None:
    fatma, mehmet, kemal = web.person("fatma"), web.person("mehmet"), web.person("kemal")
    for typed, said in (
        ("/onay otomatik yok-boyle", "Böyle bir konu yok ya da biriminizin değil."),
        ("/onay otomatik otomasyon-yetki", "Böyle bir konu yok ya da biriminizin değil."),
        ("/onay otomatik yazici-yazdirmiyor", "Hangi onay?"),
        ("/onay otomatik yazici-yazdirmiyor: keyfî", "Hangi onay?"),
    ):
        await fatma.says(typed)
        assert (await fatma.heard())[-1].startswith(said)
    await mehmet.says("/onay otomatik donanim-talebi")
    assert await web.app.gateway.read(_chosen) == {}
    await kemal.says("/onay otomatik otomasyon-yetki")
    assert await web.app.gateway.read(_chosen) == {"otomasyon-yetki": "access"}
