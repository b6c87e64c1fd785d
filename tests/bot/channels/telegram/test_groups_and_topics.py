"""Groups that become supergroups, and forums in which a ticket has its topic."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.context import Acting
from handlers.domain.states import Priority
from handlers.ports import UnitOfWork
from handlers.tickets import work
from tests.bot.channels.telegram.sending import AYSE, DONANIM, MEHMET, outbox, with_ticket
from tests.bot.channels.telegram.stage import USERS, TelegramStage


async def test_a_group_that_became_a_supergroup_goes_on_at_its_new_id(stage: TelegramStage) -> None:
    await with_ticket(stage)
    new = -1005001
    stage.api.migrate(DONANIM, new)
    await stage.quiet()
    await stage.person("hasan").says("bilgisayarım açılmıyor")
    await stage.person("hasan").presses("Teknisyene ilet")
    assert any("2026-000002" in text for text in stage.api.chats[new].shown())
    stage.api.press(MEHMET, "Üstlen", chat=new)
    await stage.quiet()
    assert (await stage.ticket("2026-000002")).holder is not None
    stage.api.say(MEHMET, "geliyorum", chat=new, reply_to=1 + next(iter(stage.api.chats[new].messages)))
    await stage.quiet()


async def test_the_move_is_learnt_from_a_refused_message_too(stage: TelegramStage) -> None:
    new = -1005001
    stage.api.migrate(DONANIM, new)
    stage.api.updates.clear()  # nobody told us
    await with_ticket(stage)
    assert any("2026-000001" in text for text in stage.api.chats[new].shown())
    stage.api.press(MEHMET, "Üstlen", chat=new)
    await stage.quiet()
    assert (await stage.ticket("2026-000001")).holder is not None
    assert len(stage.api.chats[new].shown()) == 2, "edited where it stands now"


async def test_an_old_card_is_posted_at_the_new_id_once_and_then_edited(stage: TelegramStage) -> None:
    await with_ticket(stage)
    new = -1005001
    stage.api.migrate(DONANIM, new)
    await stage.quiet()
    stage.app.store.write(lambda uow: _raise(stage, uow))  # by the panel, for one
    await stage.quiet()
    stage.api.press(MEHMET, "Üstlen", chat=new)
    await stage.quiet()
    cards = [text for text in stage.api.chats[new].shown() if "açıldı" in text]
    assert len(cards) == 1
    assert "Mehmet K." in cards[0]


def _raise(stage: TelegramStage, uow: UnitOfWork) -> None:
    fatma = uow.people.by_handle("fatma")
    assert fatma is not None
    acting = Acting(
        desk=stage.app.desk, uow=uow, now=stage.clock.now(), person=fatma, channel="web", event_key="web:raised"
    )
    work.prioritise(acting, uow.tickets.by_number("2026-000001"), Priority.HIGH)


async def test_in_a_forum_every_ticket_has_its_topic(stage: TelegramStage) -> None:
    group = stage.api.chats[DONANIM]
    group.is_forum = True
    await with_ticket(stage)
    ((thread, name),) = group.topics.items()
    assert "2026-000001" in name
    card = next(m for m in group.messages.values() if "reply_markup" in m)
    assert card["message_thread_id"] == thread
    stage.api.press(MEHMET, "Üstlen", chat=DONANIM)
    await stage.quiet()
    stage.api.say(MEHMET, "10 dakikaya yanınızdayım", chat=DONANIM, thread=thread)
    await stage.quiet()
    assert any("10 dakikaya" in text for text in stage.api.chats[AYSE].shown())
    await stage.person("ayse").says("#1 tamam bekliyorum")
    answers = [m for m in group.messages.values() if "bekliyorum" in m.get("text", "")]
    assert [message["message_thread_id"] for message in answers] == [thread]
    assert len(group.topics) == 1


async def test_without_the_right_to_open_topics_the_card_stands_in_the_group(stage: TelegramStage) -> None:
    group = stage.api.chats[DONANIM]
    group.is_forum, group.may_manage_topics = True, False
    await with_ticket(stage)
    assert any("2026-000001" in text for text in group.shown())


async def test_a_closed_topic_does_not_swallow_anything(stage: TelegramStage) -> None:
    group = stage.api.chats[DONANIM]
    group.is_forum = True
    await with_ticket(stage)
    group.closed_topics.update(group.topics)
    await stage.person("ayse").says("#1 hâlâ aynı")
    assert any("hâlâ aynı" in text for text in group.shown())
    assert outbox(stage).given_up == 0


async def test_a_topic_that_is_a_units_room_of_its_own(stage: TelegramStage) -> None:
    forum = stage.api.group(-10077, "Bilgi İşlem", forum=True)
    root = stage.api._message(forum, {"id": 1, "is_bot": False, "first_name": "x"})
    forum.topics[root["message_id"]] = "Donanım"
    stage.api.say(USERS["admin"], "/bagla donanim", chat=-10077, thread=root["message_id"])
    await stage.quiet()
    await with_ticket(stage)
    card = next(m for m in forum.messages.values() if "2026-000001" in m.get("text", ""))
    assert card["message_thread_id"] == root["message_id"]
    assert list(forum.topics.values()) == ["Donanım"]
    stage.api.press(MEHMET, "Üstlen", chat=-10077)
    await stage.quiet()
    assert (await stage.ticket("2026-000001")).holder is not None


# --- who speaks, and who is rung --------------------------------------------------------------------
HIDDEN_AS = {
    "an administrator": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
    "a channel": {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
}


@pytest.mark.parametrize("sender", HIDDEN_AS.values(), ids=HIDDEN_AS)
async def test_whoever_answers_the_desk_unseen_is_told_so(stage: TelegramStage, sender: dict[str, Any]) -> None:
    await with_ticket(stage)
    group = stage.api.chats[DONANIM]
    hidden = {"from": sender, "sender_chat": {"id": DONANIM, "type": "group", "title": "Donanım"}}
    card = next(number for number, message in group.messages.items() if "2026-000001" in message.get("text", ""))
    for text, more in (("yarım saate oradayım", {"reply_to": card}), ("/sira", {})):
        before = len(group.shown())
        stage.api.say(MEHMET, text, chat=DONANIM, **more, **hidden)
        await stage.quiet()
        assert "Anonim kal" in group.shown()[-1]
        assert len(group.shown()) == before + 2
    stage.api.say(MEHMET, "çay içelim mi", chat=DONANIM, **hidden)
    stage.api.say(MEHMET, "/duyuru", chat=DONANIM, is_automatic_forward=True, **hidden)
    await stage.quiet()
    assert sum("Anonim kal" in text for text in group.shown()) == 2, "talk between colleagues is theirs"
    assert not any("oradayım" in text for text in stage.api.chats[AYSE].shown())


async def test_while_the_only_group_is_lost_what_rings_rings_in_private(stage: TelegramStage) -> None:
    await with_ticket(stage)
    for handle in ("mehmet", "zeynep"):
        await stage.person(handle).says("/islerim")
    stage.api.leave(DONANIM)
    await stage.quiet()
    mehmet, ali = stage.person("mehmet"), stage.person("ali")
    assert (await mehmet.last("work_room_lost")).rings
    assert "2026-000001" in (await mehmet.last("card")).text, "what waits already"
    await stage.person("hasan").says("sunucu odasından duman geliyor yanık kokusu var")
    for handle in ("mehmet", "zeynep"):
        card = await stage.person(handle).last("card")
        assert "ACİL" in card.text
        assert card.rings
    assert not [m for m in await ali.sees() if m.kind == "card"], "another unit has its own group"
    await stage.tick(minutes=11)
    assert "2026-000002" in (await mehmet.last("work_unclaimed_urgent")).text
    await mehmet.presses("Üstlen", on=await mehmet.last("card"))
    assert (await stage.ticket("2026-000002")).holder is not None
    stage.api.come_back(DONANIM)
    await stage.quiet()
    before = len(await mehmet.sees())
    await stage.person("hasan").says("yazıcı çıktı vermiyor")
    await stage.person("hasan").presses("Teknisyene ilet")
    assert len(await mehmet.sees()) == before
