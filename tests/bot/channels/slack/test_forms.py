"""The form, the shortcut and the Home tab."""

from __future__ import annotations

from pathlib import Path

from tests.bot.channels.slack.reports import PNG, opened
from tests.bot.channels.slack.stage import SlackStage, open_slack
from tests.scenarios.stage import Seen


async def test_the_form_asks_several_facts_at_once(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    await stage.slack.command(ayse.user, ayse.channel, "/ariza")
    view = await stage.slack.until(lambda: next(iter(stage.slack.views), None))
    await stage.slack.submit(ayse.user, view, what="yazıcı çıktı vermiyor", oda="2. kat 207", dahili="1299")
    await stage.quiet()
    await ayse.presses("Teknisyene ilet")
    card = await stage.in_room("mehmet", "donanim").last("card")
    assert "207" in card.text
    assert "dahili 1299" in card.text


async def test_the_shortcut_brings_somebodys_message_and_its_picture_to_the_desk(tmp_path: Path) -> None:
    async with open_slack(tmp_path, ack_seconds=20.0) as stage:
        stage.slack.ack_seconds = 30.0
        view = await form_with_a_picture(stage)
        assert await stage.slack.submit(stage.person("ayse").user, view) == {}
        card = await card_after(stage)
        assert "İletilen (Hasan Demir): yazıcı çıktı vermiyor" in card.text
        assert card.files == ("ekran.png",)


async def test_a_form_stays_open_until_its_picture_is_here(stage: SlackStage, tmp_path: Path) -> None:
    """Slack sends a form once; whoever sent it sends it again, and finds what the first try began."""
    ayse = stage.person("ayse")
    stage.slack.file_gate.clear()
    view = await form_with_a_picture(stage)
    answer = await stage.slack.submit(ayse.user, view)
    assert answer["response_action"] == "errors"
    assert "yeniden gönderin" in answer["errors"]["report_what"]
    assert stage.slack.desk_messages(ayse.channel) == [], "nothing is taken yet"
    stage.slack.file_gate.set()
    await stage.until(lambda: any(not path.name.endswith(".part") for path in (tmp_path / "files").iterdir()))
    assert await stage.slack.submit(ayse.user, view) == {}
    assert (await card_after(stage)).files == ("ekran.png",)


async def test_a_form_whose_picture_never_comes_is_taken_without_it_and_says_so(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    stage.slack.file_gate.clear()
    view = await form_with_a_picture(stage)
    assert (await stage.slack.submit(ayse.user, view))["response_action"] == "errors"
    assert await stage.slack.submit(ayse.user, view) == {}
    assert (await card_after(stage)).files == ()
    assert any("alınamadı" in message.text for message in await ayse.sees())


async def form_with_a_picture(stage: SlackStage) -> str:
    """Ayşe uses the shortcut on Hasan's message; the form that opens."""
    ayse, hasan = stage.person("ayse"), stage.person("hasan")
    general = stage.slack.add_channel(ayse.user, hasan.user)
    ts = await stage.slack.say(hasan.user, general, "yazıcı çıktı vermiyor", files=[("ekran.png", PNG, "image/png")])
    await stage.slack.shortcut(ayse.user, general, ts, "masaya_bildir")
    return await stage.slack.until(lambda: next(iter(stage.slack.views), None))


async def card_after(stage: SlackStage) -> Seen:
    """The unit's card once the report is handed to a technician."""
    await stage.quiet()
    await stage.person("ayse").presses("Teknisyene ilet")
    return await stage.in_room("mehmet", "donanim").last("card")


async def test_the_home_tab_shows_my_tickets_and_the_queue(stage: SlackStage) -> None:
    number = await opened(stage)
    ayse, mehmet = stage.person("ayse"), stage.person("mehmet")
    for actor in (ayse, mehmet):
        await stage.slack.open_home(actor.user)
        await stage.slack.until(lambda actor=actor: actor.user in stage.slack.homes)
    mine, work = str(stage.slack.homes[ayse.user]), str(stage.slack.homes[mehmet.user])
    assert f"{number} · Yazıcı yazdırmıyor" in mine
    assert "Sırada" not in [block.get("text", {}).get("text") for block in stage.slack.homes[ayse.user]["blocks"]]
    assert number in work
    await stage.slack.press_home(mehmet.user, "Göster")
    await stage.quiet()
    assert "Üstlen" in (await mehmet.last("card")).buttons, "a card that can be worked in private"


async def test_the_home_tab_opens_the_form(stage: SlackStage) -> None:
    stranger = stage.user_of("yeni")
    await stage.slack.open_home(stranger)
    await stage.slack.until(lambda: stranger in stage.slack.homes)
    await stage.slack.press_home(stranger, "Arıza bildir")
    await stage.slack.until(lambda: stage.slack.views)
