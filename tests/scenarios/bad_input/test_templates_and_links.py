"""Rows 8 and 9: what people type is data, and no link in it is followed."""

from __future__ import annotations

import socket
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2.exceptions import SecurityError

from bot import texts
from bot.texts import TemplateTexts
from handlers.messages import plain
from knowledge import Knowledge
from tests.scenarios.stage import Stage, shared_desk
from tests.scenarios.test_life_of_a_ticket import FIRST

# --- 8: templates in what people type -------------------------------------------------------------
INJECTED = ("{{7*7}}", "{0.__class__}", "{% for x in range(9) %}a{% endfor %}", "%s %(a)s", "${7*7}", "#{7*7}")


async def test_row_8_templates_that_people_type_are_data(stage: Stage) -> None:
    typed = " ".join(INJECTED)
    veli = stage.person("veli")
    await veli.says(f"yazıcı yazdırmıyor {typed}")
    await veli.presses("Okudum")
    await veli.says(typed[:70])  # no name
    await veli.says("Veli Can")
    await veli.says(typed[:70])
    await veli.says(typed)
    await veli.presses("Yine de ilet")
    await veli.says(typed)
    mehmet = stage.in_room("mehmet", "donanim")
    await mehmet.presses("Üstlen")
    await mehmet.says(f"/not 1 {typed}")
    await mehmet.presses("Tamamladım")
    await mehmet.says(typed)
    reader = stage.person("zeynep")
    await reader.says("/durum 1")
    said = "\n".join([m.text for who in (veli, mehmet, reader) for m in await who.sees()])
    assert typed in said
    assert "49" not in said
    assert "aaaaaaaaa" not in said
    assert "<class" not in said


def test_row_8_an_article_is_data(tmp_path: Path) -> None:
    (tmp_path / "deneme.md").write_text(
        "---\nid: deneme\ncategory: yazici-yazdirmiyor\ntitle: '{{7*7}}'\nsymptoms:\n  - yazıcı yazdırmıyor\n"
        "asks: [oda]\npriority: normal\n---\n1. {{7*7}} {0.__class__}\n2. İki\n3. Üç\n",
        encoding="utf-8",
    )
    article = Knowledge.load(tmp_path, None).articles["deneme"]
    said = plain(texts.steps(article.steps))
    assert "{{7*7}}" in said
    assert "{0.__class__}" in said


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ person.render.__globals__ }}",
        "{{ desk.texts._environment }}{{ ().__class__.__bases__ }}",
        "{% set _ = items.append(1) %}",
    ],
)
def test_row_8_a_template_of_an_admin_is_played_in_a_sandbox(tmp_path: Path, template: str) -> None:
    (tmp_path / "greeting.txt").write_text(template, encoding="utf-8")
    hostile = TemplateTexts(ZoneInfo("Europe/Istanbul"), "Belediye", [tmp_path])
    somebody = shared_desk().texts  # any object with attributes
    with pytest.raises(SecurityError):
        hostile.render("greeting", person=somebody, desk=shared_desk(), now=None, items=[])


# --- 9: links -------------------------------------------------------------------------------------
async def test_row_9_a_link_in_a_message_is_never_fetched(stage: Stage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        ayse = stage.person("ayse")
        await ayse.says(f"yazıcı yazdırmıyor, ekranda {address} yazıyor ![a]({address}) <img src={address}>")
        await ayse.presses("Teknisyene ilet")
        await stage.in_room("mehmet", "donanim").says("bak", to=await stage.in_room("mehmet", "donanim").last("card"))
        with pytest.raises(BlockingIOError):
            server.accept()
    assert address in (await stage.ticket(FIRST)).text
