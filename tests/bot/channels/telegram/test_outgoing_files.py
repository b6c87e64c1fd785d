"""Files to Telegram: under their message, uploaded once."""

from __future__ import annotations

from handlers.messages import TimelineFile
from handlers.ports import Attachment, UnitOfWork
from tests.bot.channels.telegram.reports import PNG, PRINTER
from tests.bot.channels.telegram.sending import AYSE, DONANIM, MEHMET, put, with_ticket
from tests.bot.channels.telegram.stage import TelegramStage


async def test_files_go_out_under_their_message(stage: TelegramStage) -> None:
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    await stage.person("ayse").presses("Teknisyene ilet")
    group = stage.api.chats[DONANIM]
    card, photo = group.messages.values()
    assert photo["photo"]
    assert photo["reply_to_message"]["message_id"] == card["message_id"]
    assert stage.api.files[photo["photo"][-1]["file_id"]] == PNG


async def test_a_photo_that_answers_a_question_reaches_the_group(stage: TelegramStage) -> None:
    """The card is edited in place, and an edit carries no photo."""
    await with_ticket(stage)
    stage.api.photo(AYSE, PNG, caption="ekranda bu yazıyor")
    await stage.quiet()
    card, said, photo = stage.api.chats[DONANIM].messages.values()
    assert "📷 1" in card["text"]
    assert "ekranda bu yazıyor" in said["text"]
    assert (photo["reply_to_message"]["message_id"], bool(photo["photo"])) == (said["message_id"], True)


async def test_a_picture_too_odd_for_a_photo_goes_as_a_file(stage: TelegramStage) -> None:
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    stage.api.fail("sendPhoto", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    await stage.person("ayse").presses("Teknisyene ilet")
    assert any("document" in message for message in stage.api.chats[DONANIM].messages.values())


async def test_a_file_is_uploaded_once(stage: TelegramStage) -> None:
    stage.api.photo(AYSE, PNG, caption=PRINTER)
    await stage.quiet()
    await stage.person("ayse").presses("Teknisyene ilet")
    uploads = sum(bool(call.files) for call in stage.api.calls)
    await stage.person("mehmet").says("/sira")
    assert sum(bool(call.files) for call in stage.api.calls) == uploads
    assert any("photo" in message for message in stage.api.chats[MEHMET].messages.values())


async def test_a_file_that_was_erased_meanwhile_does_not_hold_the_message_up(stage: TelegramStage) -> None:
    missing = TimelineFile(id="0" * 32, name="ekran.png", media_type="image/png", size=10)
    stage.app.store.write(lambda uow: _attach(uow, missing, stage))
    put(stage, AYSE, "bir", files=(missing.id,))
    await stage.quiet()
    assert stage.api.chats[AYSE].shown() == ["bir", "(ekran.png artık yok)"]


def _attach(uow: UnitOfWork, file: TimelineFile, stage: TelegramStage) -> None:
    uow.attachments.add(
        Attachment(
            id=file.id,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256="",
            uploader=None,
            conversation=f"telegram:p:{AYSE}",
            at=stage.clock.now(),
        )
    )
