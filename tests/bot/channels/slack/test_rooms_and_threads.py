"""Where somebody speaks: private talk, mentions, unit channels, and the thread of a ticket."""

from __future__ import annotations

from handlers.domain.states import State
from tests.bot.channels.slack.reports import PRINTER, opened
from tests.bot.channels.slack.stage import SlackStage
from tests.servers.slack import buttons, shown


# --- where somebody speaks ------------------------------------------------------------------------
async def test_a_mention_in_any_channel_is_answered_in_private(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    general = stage.slack.add_channel(ayse.user)
    await stage.slack.mention(ayse.user, general, PRINTER)
    await stage.quiet()
    assert "Teknisyene ilet" in (await ayse.last()).buttons
    assert not stage.slack.desk_messages(general)


async def test_talk_in_a_channel_that_is_no_units_room_is_not_even_stored(stage: SlackStage) -> None:
    """What people write to each other is none of the desk's business."""
    ayse = stage.person("ayse")
    general = stage.slack.add_channel(ayse.user)
    await stage.slack.say(ayse.user, general, "akşama ne yiyoruz?")
    known = await stage.app.gateway.read(lambda uow: uow.conversations.get(f"slack:r:{general}"))
    assert known is None
    assert not await stage.app.gateway.read(lambda uow: uow.inbox.backlog(stage.clock.now()).waiting)


async def test_a_mention_in_the_units_room_is_taken_once(stage: SlackStage) -> None:
    await opened(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    before = len(stage.slack.desk_messages(stage.rooms["donanim"]))
    await stage.slack.mention(mehmet.user, mehmet.channel, "/not 1 fuser ısmarlandı")
    await stage.quiet()
    said = stage.slack.desk_messages(stage.rooms["donanim"])[before:]
    assert [shown(m) for m in said if "İç not eklendi" in shown(m)] == [shown(m) for m in said] != []


async def test_what_is_somebodys_own_or_of_a_security_matter_is_answered_in_private(stage: SlackStage) -> None:
    ayse, mehmet = stage.person("ayse"), stage.in_room("mehmet", "donanim")
    await ayse.says("bir vatandaşın kişisel verileri yanlışlıkla dışarıya mail atıldı, veri sızıntısı oldu")
    room = stage.rooms["donanim"]
    before = len(stage.slack.desk_messages(room))
    for words in ("/verilerim", "/durum", "/durum 1"):
        await stage.slack.mention(mehmet.user, mehmet.channel, words)
        await stage.quiet()
    own, none, hidden = (shown(m) for m in stage.slack.desk_messages(room)[before:])
    assert "özelden gönderdim" in own
    assert "özelden gönderdim" in none
    assert "bulamadım" in hidden
    assert "Hakkınızda tutulanlar" in " ".join(m.text for m in await stage.person("mehmet").sees())


async def test_a_command_typed_elsewhere_says_where_its_answer_is(stage: SlackStage) -> None:
    ayse = stage.person("ayse")
    general = stage.slack.add_channel(ayse.user)
    answer = await stage.slack.command(ayse.user, general, "/ariza", PRINTER)
    assert answer["response_type"] == "ephemeral"
    assert "özel sohbetinize" in answer["text"]
    await stage.quiet()
    assert "Teknisyene ilet" in (await ayse.last()).buttons
    assert await stage.slack.command(ayse.user, ayse.channel, "/durum") == {}


async def test_an_admin_binds_a_channel(stage: SlackStage) -> None:
    admin = stage.person("admin")
    room = stage.slack.add_channel(admin.user, private=True)
    answer = await stage.slack.command(admin.user, room, "/bagla", "yazilim")
    assert "/invite @masa" in answer["text"]
    await stage.slack.sees(room, "birim grubu")


# --- the ticket's thread --------------------------------------------------------------------------
async def test_the_cards_thread_is_the_tickets_conversation(stage: SlackStage) -> None:
    await opened(stage)
    mehmet, zeynep, ayse = stage.in_room("mehmet", "donanim"), stage.in_room("zeynep", "donanim"), stage.person("ayse")
    card = await mehmet.last("card")
    await mehmet.presses("Üstlen")
    await mehmet.says("yarım saate oradayım", to=card)
    assert "yarım saate oradayım" in (await ayse.last()).text
    await zeynep.says("fuser depoda var", to=card)
    assert "fuser depoda var" not in "\n".join(m.text for m in await ayse.sees())
    in_thread = stage.slack.desk_messages(mehmet.channel, thread=card.ref)
    assert [label for m in in_thread for label in buttons(m)] == ["Personele gönder"]
    assert not any(m.get("broadcast") for m in in_thread), "receipts ring nobody"
    await ayse.says("kapıda şifre var, 4711", to=await ayse.last("message_from_worker"))
    reply = stage.slack.desk_messages(mehmet.channel)[-1]
    assert "4711" in shown(reply), stage.slack.texts(mehmet.channel)
    assert (reply["thread_ts"], reply["broadcast"]) == (card.ref, True), "a reply rings"


async def test_what_the_desk_asks_of_a_ticket_is_answered_in_its_thread(stage: SlackStage) -> None:
    """In a thread nobody can tell which message a reply answers: a question that is open comes first."""
    number = await opened(stage)
    mehmet = stage.in_room("mehmet", "donanim")
    card = await mehmet.last("card")
    await mehmet.presses("Üstlen")
    await mehmet.presses("Tamamladım")
    await mehmet.says("drum değişti", to=card)
    ticket = await stage.ticket(number)
    assert (ticket.state, ticket.resolution) == (State.RESOLVED, "drum değişti")


async def test_a_bystander_who_presses_is_told_and_nothing_changes(stage: SlackStage) -> None:
    """Bad input 3."""
    number = await opened(stage)
    card = await stage.in_room("mehmet", "donanim").last("card")
    await stage.in_room("hasan", "donanim").presses("Üstlen", on=card)
    assert (await stage.ticket(number)).state is State.OPEN
    await stage.slack.sees(stage.rooms["donanim"], "işlem yapamazsınız")


async def test_a_forged_button_does_nothing(stage: SlackStage) -> None:
    """Bad input 2: no token, somebody else's token, an old token."""
    number = await opened(stage)
    ayse, hasan = stage.person("ayse"), stage.person("hasan")
    card = await stage.in_room("mehmet", "donanim").last("card")
    for token in ("x", "claim:1", "", card.buttons["Üstlen"]):
        await hasan.presses_token(token)
        await ayse.presses_token(token)
    assert (await stage.ticket(number)).state is State.OPEN
    assert "bulamadım" in (await hasan.last()).text
