"""Lists of the panel under names of one's own."""

from __future__ import annotations

import re

from handlers.domain.people import Person
from tests.bot.web.panel.conftest import Open, PanelVisit
from tests.bot.web.scripted_site import ScriptedSite


async def token_of(visit: PanelVisit) -> str:
    page = (await visit.get("panel/kayitlar")).text
    found = re.search(r'data-form-token="([0-9a-f]{64})"', page)
    assert found
    return found[1]


async def save(visit: PanelVisit, title: str, query: str):
    data = {"form_token": await token_of(visit), "title": title, "query": query}
    return await visit.client.post(f"{visit.path}panel/kayitlar/gorunum", data=data)


async def test_a_list_is_kept_under_a_name_and_dropped(opened: Open) -> None:
    visit = await opened("fatma")
    assert "Görünüm olarak sakla" in (await visit.get("panel/kayitlar?oncelik=acil")).text
    kept = await save(visit, "  Acil   işler ", "oncelik=acil&renk=mor")
    assert (kept.status_code, kept.headers["location"]) == (303, "/demo/fatma/panel/kayitlar?oncelik=acil")
    page = (await visit.get("panel/kayitlar?oncelik=acil")).text
    assert "<h1>Acil işler " in page
    assert "Görünüm olarak sakla" not in page
    assert "Acil işler" not in (await (await opened("mehmet")).get("panel/kayitlar")).text
    key = re.search(r'name="view" value="(\d+)"', page)
    assert key
    form = {"form_token": await token_of(visit), "view": key[1]}
    dropped = await visit.client.post("/demo/fatma/panel/kayitlar/gorunum/sil", data=form)
    assert dropped.status_code == 303
    assert "Acil işler" not in (await visit.get("panel/kayitlar")).text
    assert (await visit.client.post("/demo/fatma/panel/kayitlar/gorunum/sil", data=form)).status_code == 404


async def test_what_is_refused_says_why_and_keeps_what_was_typed(opened: Open) -> None:
    visit = await opened("fatma")
    await save(visit, "Acil", "oncelik=acil")
    for title, why in [
        (" ", "Görünüme bir ad yazın."),
        ("ACİL", "Bu adla bir görünümünüz var; başka bir ad yazın."),
        ("a" * 41, "Görünümün adı en çok 40 harf olabilir."),
    ]:
        answer = await save(visit, title, "oncelik=yuksek")
        assert answer.status_code == 422
        assert why in answer.text
        assert f'value="{title}"' in answer.text
        assert "öncelik: yüksek" in answer.text
    for number in range(29):
        assert (await save(visit, f"Görünüm {number}", "bugun=1&geciken=1")).status_code == 303
    assert "En çok 30 görünüm saklanabilir" in (await save(visit, "Bir daha", "oncelik=yuksek")).text


async def test_nobody_keeps_or_drops_for_another(site: ScriptedSite, staff: dict[str, Person], opened: Open) -> None:
    fatma, mehmet = await opened("fatma"), await opened("mehmet")
    await save(fatma, "Acil", "oncelik=acil")
    (view,) = site.store.read(lambda uow: uow.saved_views.of(staff["fatma"].id))
    theirs = {"form_token": await token_of(mehmet), "view": str(view.id)}
    assert (await mehmet.client.post("/demo/mehmet/panel/kayitlar/gorunum/sil", data=theirs)).status_code == 404
    forged = {"form_token": await token_of(mehmet), "title": "x", "query": ""}
    assert (await fatma.client.post("/demo/fatma/panel/kayitlar/gorunum", data=forged)).status_code == 403
    ayse = {"form_token": await token_of(fatma), "title": "x", "query": ""}
    assert (await fatma.client.post("/demo/ayse/panel/kayitlar/gorunum", data=ayse)).status_code == 403
    assert len(site.store.read(lambda uow: uow.saved_views.of(staff["fatma"].id))) == 1


async def test_a_list_that_comes_with_a_refusal_leaves_a_trace_of_who_reads_everything(
    site: ScriptedSite, staff: dict[str, Person], opened: Open
) -> None:
    def noted() -> list[tuple[object, ...]]:
        return [line[1:4] for line in site.store.read(lambda uow: uow.audit.recent()) if line[2] == "panel_viewed"]

    fatma, kemal = await opened("fatma"), await opened("kemal")
    assert (await save(fatma, "", "oncelik=acil")).status_code == 422
    assert not noted()
    assert (await save(kemal, "", "oncelik=acil&mudurluk=Zab%C4%B1ta+M%C3%BCd")).status_code == 422
    assert noted() == [(staff["kemal"].id, "panel_viewed", "/panel/kayitlar oncelik=acil")], (
        "what was typed is not in it"
    )
