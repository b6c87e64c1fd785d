"""Who somebody in Telegram is to the desk, and what they are first told."""

from __future__ import annotations

from handlers.domain.notice import DEFAULT as NOTICE
from handlers.ports import UnitOfWork
from tests.bot.channels.telegram.reports import PRINTER
from tests.bot.channels.telegram.stage import USERS, TelegramStage, person_of


async def test_a_shared_phone_is_matched_with_the_staff_list(stage: TelegramStage) -> None:
    def add_phone(uow: UnitOfWork) -> None:
        hasan = uow.people.by_handle("hasan")
        assert hasan is not None
        hasan.phone = "0555 111 22 33"
        uow.people.save(hasan)

    stage.app.store.write(add_phone)
    new = 4242
    stage.api.person(new, "Hasan")
    stage.api.say(new, PRINTER)
    await stage.quiet()
    stage.api.press(new, "Okudum")
    await stage.quiet()
    asked = next(call for call in reversed(stage.api.calls) if call.method == "sendMessage")
    assert asked.data["reply_markup"]["keyboard"][0][0]["request_contact"] is True
    stage.api.say(new, contact={"phone_number": "+905551112233", "first_name": "Hasan", "user_id": new})
    await stage.quiet()
    person = stage.app.store.read(lambda uow: person_of(uow, new))
    assert person is not None
    assert person.handle == "hasan"
    assert "yazdırmıyor" in " ".join(stage.api.chats[new].shown())


async def test_a_shared_phone_brings_the_report_and_the_notice_that_was_read(stage: TelegramStage) -> None:
    def add_phone(uow: UnitOfWork) -> None:
        hasan = uow.people.by_handle("hasan")
        assert hasan is not None
        hasan.phone, hasan.notice_version = "0555 111 22 33", None
        uow.people.save(hasan)

    new = 4246
    stage.api.person(new, "Hasan")
    stage.api.say(new, PRINTER)
    await stage.quiet()
    stage.api.press(new, "Okudum")
    await stage.quiet()
    stage.app.store.write(add_phone)
    stage.api.say(new, contact={"phone_number": "+905551112233", "first_name": "Hasan", "user_id": new})
    await stage.quiet()
    shown = stage.api.chats[new].shown()
    assert sum("Okudum" in str(text) or "Kişisel verileriniz" in text for text in shown) == 1, "it was read"
    stage.api.press(new, "Teknisyene ilet")
    await stage.quiet()
    ticket = await stage.ticket("2026-000001")
    assert ticket.text == PRINTER
    person = stage.app.store.read(lambda uow: person_of(uow, new))
    assert person is not None
    assert (ticket.reporter, person.handle, person.notice_version) == (person.id, "hasan", NOTICE.version)


async def test_a_joining_link_gives_the_role_and_its_menu(stage: TelegramStage) -> None:
    await stage.person("admin").says("/davet technician yazilim Selin Ak")
    code = next(word for word in (await stage.person("admin").last()).text.split() if "-" in word and len(word) == 11)
    new = 4243
    stage.api.person(new, "Selin")
    stage.api.say(new, f"/start {code}")
    await stage.quiet()
    person = stage.app.store.read(lambda uow: person_of(uow, new))
    assert person is not None
    assert (person.role, person.unit) == ("technician", "yazilim")
    await stage.until(lambda: f'{{"chat_id": {new}, "type": "chat"}}' in stage.api.commands)


async def test_the_start_button_greets_and_is_no_report(stage: TelegramStage) -> None:
    new = 4244
    stage.api.person(new, "Selma")
    stage.api.say(new, "/start")
    await stage.quiet()
    assert "Mesajınızı aldım" not in stage.api.chats[new].shown()[-1], "nothing was told yet"
    stage.api.press(new, "Okudum")
    await stage.quiet()
    for typed in ("/yardim", "Selma Demir, Zabıta, 214"):
        stage.api.say(new, typed)
        await stage.quiet()
    assert "Merhaba Selma" in stage.api.chats[new].shown()[-1]
    stage.api.say(new, PRINTER)
    await stage.quiet()
    stage.api.press(new, "Teknisyene ilet")
    await stage.quiet()
    assert (await stage.ticket("2026-000001")).text == PRINTER


async def test_what_is_written_before_the_notice_is_read_is_answered_without_the_start(stage: TelegramStage) -> None:
    new = 4245
    stage.api.person(new, "Selma")
    for typed in ("/start", PRINTER):
        stage.api.say(new, typed)
        await stage.quiet()
    assert "Mesajınızı aldım" in stage.api.chats[new].shown()[-1]
    stage.api.press(new, "Okudum")
    await stage.quiet()
    stage.api.say(new, "Selma Demir, Zabıta, 214")
    await stage.quiet()
    stage.api.press(new, "Teknisyene ilet")
    await stage.quiet()
    assert (await stage.ticket("2026-000001")).text == PRINTER


async def test_the_menus_are_turkish_and_of_each_kind_of_chat(stage: TelegramStage) -> None:
    of_mehmet = f'{{"chat_id": {USERS["mehmet"]}, "type": "chat"}}'
    await stage.until(lambda: of_mehmet in stage.api.commands)
    commands = stage.api.commands
    assert "durum" in commands['{"type": "all_private_chats"}']
    assert "bagla" not in commands['{"type": "all_private_chats"}']
    assert "sira" in commands['{"type": "all_group_chats"}']
    assert "islerim" in commands[of_mehmet]
