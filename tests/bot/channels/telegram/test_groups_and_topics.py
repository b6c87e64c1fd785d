"""Groups that become supergroups, and forums in which a ticket has its topic."""

from __future__ import annotations

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
    await stage.person("ayse").says("#1 hâlâ aynı")
    stage.api.press(MEHMET, "Üstlen", chat=new)
    await stage.quiet()
    cards = [text for text in stage.api.chats[new].shown() if "açıldı" in text]
    assert len(cards) == 1
    assert "Mehmet K." in cards[0]


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
