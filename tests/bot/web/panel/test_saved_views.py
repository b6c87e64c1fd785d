"""Lists of the panel under names of one's own."""

from __future__ import annotations

import re
from html import unescape

from handlers.domain.people import Person
from tests.bot.web.panel.conftest import Open, PanelVisit
from tests.bot.web.scripted_site import ScriptedSite


async def token_of(visit: PanelVisit) -> str:
    page = (await visit.get("panel/kayitlar")).text
    found = re.search(r'data-form-token="([0-9a-f]{64})"', page)
    assert found
    return found[1]


async def save(visit: PanelVisit, title: str, query: str, unit: str = ""):
    return await ask(visit, "gorunum", title=title, query=query, unit=unit)


async def ask(visit: PanelVisit, path: str, **fields: str):
    data = {"form_token": await token_of(visit), **fields}
    return await visit.client.post(f"{visit.path}panel/kayitlar/{path}", data=data)


def undo_in(page: str) -> tuple[str, dict[str, str]]:
    """Where the form goes that takes back, and its fields."""
    form = re.search(r'action="[^"]*?/panel/kayitlar/([^"]*)" class="note undo-view".*?</form>', page, re.DOTALL)
    assert form
    return form[1], {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[0])}


async def test_a_list_is_kept_under_a_name_and_dropped(opened: Open) -> None:
    visit = await opened("fatma")
    assert "Görünüm olarak sakla" in (await visit.get("panel/kayitlar?oncelik=acil")).text
    kept = await save(visit, "  Acil   işler ", "oncelik=acil&renk=mor")
    assert (kept.status_code, kept.headers["location"]) == (303, "/demo/fatma/panel/kayitlar?oncelik=acil")
    page = (await visit.get("panel/kayitlar?oncelik=acil")).text
    assert "<h1>Acil işler " in page
    assert '<option value="">benim' not in page, "only for the unit, now"
    assert "Acil işler" not in (await (await opened("mehmet")).get("panel/kayitlar")).text
    key = re.search(r'name="view" value="(\d+)"', page)
    assert key
    form = {"form_token": await token_of(visit), "view": key[1]}
    dropped = await visit.client.post("/demo/fatma/panel/kayitlar/gorunum/sil", data=form)
    assert dropped.status_code == 303
    assert "Acil işler" not in (await visit.get("panel/kayitlar")).text
    there = await visit.client.get(dropped.headers["location"])
    assert "“Acil işler” görünümü silindi." in there.text
    path, fields = undo_in(there.text)
    assert (await visit.client.post(f"/demo/fatma/panel/kayitlar/{path}", data=fields)).status_code == 303
    page = (await visit.get("panel/kayitlar?oncelik=acil")).text
    assert "<h1>Acil işler " in page
    form["view"] = re.findall(r'name="view" value="(\d+)"', page)[0]
    assert (await visit.client.post("/demo/fatma/panel/kayitlar/gorunum/sil", data=form)).status_code == 303
    assert (await visit.client.post("/demo/fatma/panel/kayitlar/gorunum/sil", data=form)).status_code == 404


async def test_what_is_refused_says_why_and_keeps_what_was_typed(opened: Open) -> None:
    visit = await opened("fatma")
    await save(visit, "Acil", "oncelik=acil")
    for title, why in [
        (" ", "Görünüme bir ad yazın."),
        ("ACİL", "Bu adla bir görünüm var; başka bir ad yazın."),
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


async def test_a_lead_keeps_a_list_for_the_unit_and_its_members_see_it(
    site: ScriptedSite, staff: dict[str, Person], opened: Open
) -> None:
    fatma, mehmet, ali = [await opened(who) for who in ("fatma", "mehmet", "ali")]
    offered = (await fatma.get("panel/kayitlar?oncelik=acil")).text
    assert '<option value="donanim">' in offered
    assert '<option value="yazilim">' not in offered
    assert 'name="unit" value=""' in (await mehmet.get("panel/kayitlar?oncelik=acil")).text
    assert (await save(fatma, "Acil", "oncelik=acil", "donanim")).status_code == 303
    (view,) = site.store.read(lambda uow: uow.saved_views.of_unit("donanim"))
    seen = (await mehmet.get("panel/kayitlar?oncelik=acil")).text
    assert "Birimin görünümleri" in seen
    assert "<h1>Acil " in seen
    assert "Görünümü sil" not in seen
    assert "Kayıtlar: Acil" in (await mehmet.get("panel/git", q="acil")).text
    assert "Birimin görünümleri" not in (await ali.get("panel/kayitlar")).text
    for visit, unit in ((fatma, "yazilim"), (fatma, "*"), (mehmet, "donanim"), (ali, "donanim")):
        assert (await save(visit, "Başka", "oncelik=yuksek", unit)).status_code == 404
    for visit in (mehmet, ali):
        assert (await ask(visit, "gorunum/sil", view=str(view.id))).status_code == 404
        assert (await ask(visit, "gorunum/ad", view=str(view.id), title="x", was="Acil")).status_code == 404
    renamed = await ask(fatma, "gorunum/ad", view=str(view.id), title="Acil işler", was="Acil", query="oncelik=acil")
    page = (await fatma.client.get(renamed.headers["location"])).text
    assert "Görünümün adı değişti: “Acil” → “Acil işler”." in page
    stale = await ask(fatma, "gorunum/ad", view=str(view.id), title="Öbür", was="Acil", query="oncelik=acil")
    assert (stale.status_code, "bu arada adı değiştirilmiş" in stale.text) == (422, True)
    path, fields = undo_in(page)
    assert (await fatma.client.post(f"/demo/fatma/panel/kayitlar/{path}", data=fields)).status_code == 303
    dropped = await ask(fatma, "gorunum/sil", view=str(view.id))
    path, fields = undo_in((await fatma.client.get(dropped.headers["location"])).text)
    assert "Birimin görünümleri" not in (await mehmet.get("panel/kayitlar")).text
    assert (await fatma.client.post(f"/demo/fatma/panel/kayitlar/{path}", data=fields)).status_code == 303
    assert "Birimin görünümleri" in (await mehmet.get("panel/kayitlar")).text
    noted = [line[2:4] for line in site.store.read(lambda uow: uow.audit.recent()) if line[2].startswith("unit_view")]
    assert sorted(noted) == [
        ("unit_view_removed", "donanim Acil"),
        ("unit_view_renamed", "donanim Acil işler → Acil"),
        ("unit_view_renamed", "donanim Acil → Acil işler"),
        ("unit_view_saved", "donanim Acil"),
        ("unit_view_saved", "donanim Acil"),
    ]


async def test_director_and_admin_keep_lists_for_all(opened: Open) -> None:
    kemal, admin, ali = [await opened(who) for who in ("kemal", "admin", "ali")]
    assert "bütün birimler" in (await kemal.get("panel/kayitlar?geciken=1&durum=acik")).text
    assert (await save(kemal, "Yüksekler", "oncelik=yuksek", "*")).status_code == 303
    assert (await save(admin, "Düşükler", "oncelik=dusuk", "yazilim")).status_code == 303
    page = (await ali.get("panel/kayitlar")).text
    assert "Yüksekler" in page
    assert "Düşükler" in page
    assert "Düşükler" not in (await (await opened("mehmet")).get("panel/kayitlar")).text
    assert "Birimin görünümleri" in (await (await opened("denetci")).get("panel/kayitlar")).text
