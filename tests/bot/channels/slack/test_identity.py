"""Who somebody in Slack is to the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.domain.people import Account
from handlers.domain.states import State
from tests.bot.channels.slack.reports import PRINTER, inbox_waits, opened
from tests.bot.channels.slack.stage import SlackStage, open_slack, settle_people


async def test_staff_are_matched_by_their_email_and_need_not_say_who_they_are(tmp_path: Path) -> None:
    async with open_slack(tmp_path, known=False) as stage:
        ayse = stage.person("ayse")
        await ayse.says(PRINTER)
        person = await stage.app.gateway.read(lambda uow: uow.people.by_handle("ayse"))
        assert person is not None
        accounts = await stage.app.gateway.read(lambda uow: uow.people.accounts(person.id))
        assert f"slack:{ayse.user}" in [str(account) for account in accounts]
        assert "Teknisyene ilet" in (await ayse.last()).buttons
        asked = [method for method, _ in stage.slack.calls if method == "users.info"]
        await ayse.says("hâlâ aynı")
        assert [method for method, _ in stage.slack.calls if method == "users.info"] == asked, "asked once"


async def test_a_technicians_first_act_may_be_a_press_in_the_room(tmp_path: Path) -> None:
    """Who they are is known before what they did is judged."""
    async with open_slack(tmp_path, known=False) as stage:
        settle_people(stage.app, {"ayse": stage.users["ayse"]}, stage.rooms)
        number = await opened(stage)
        await stage.in_room("mehmet", "donanim").presses("Üstlen")
        assert (await stage.ticket(number)).state is State.CLAIMED
        assert not any("işlem yapamazsınız" in text for text in stage.slack.texts(stage.rooms["donanim"]))


@pytest.mark.parametrize("why", ["unknown", "guest", "no scope", "slow"])
async def test_who_is_not_known_for_sure_is_asked(tmp_path: Path, why: str) -> None:
    async with open_slack(tmp_path, known=False) as stage:
        user = stage.users["ayse"]
        if why == "unknown":
            stage.slack.users[user].email = "baskasi@belediye.example"
        stage.slack.users[user].guest = why == "guest"
        if why == "no scope":
            stage.slack.scopes.discard("users:read.email")
        if why == "slow":
            stage.slack.fail("users.info", "mute", times=9)
        ayse = stage.person("ayse")
        await ayse.says(PRINTER)
        await ayse.presses("Okudum")
        assert "adınız soyadınız" in (await ayse.last()).text
        await ayse.says("Ayşe Yılmaz, Mali Hizmetler, 312")
        assert "Teknisyene ilet" in (await ayse.last()).buttons, "the first words were kept"


async def test_who_is_closed_in_the_workspace_has_no_right_from_that_moment(stage: SlackStage) -> None:
    """Bad input 19: rights end on every channel, what they held goes back to the queue, an admin hears of it."""
    number = await opened(stage)
    mehmet, admin = stage.in_room("mehmet", "donanim"), stage.person("admin")
    card = await mehmet.last("card")
    await mehmet.presses("Üstlen")
    await stage.slack.set_status(mehmet.user, "öğle arası")
    await stage.quiet()
    assert (await stage.ticket(number)).state is State.CLAIMED, "a profile changes every day"
    asked = [method for method, _ in stage.slack.calls].count("users.info")
    await stage.slack.close_account(mehmet.user)
    await stage.quiet()
    ticket = await stage.ticket(number)
    assert (ticket.state, ticket.holder) == (State.OPEN, None)
    gone = await stage.app.gateway.read(lambda uow: uow.people.by_handle("mehmet"))
    assert gone is not None
    assert gone.gone
    assert "Slack hesabı kapatılmış" in (await admin.last("account_closed")).text
    assert [method for method, _ in stage.slack.calls].count("users.info") == asked
    await mehmet.presses("Üstlen", on=card)
    assert (await stage.ticket(number)).holder is None


async def test_a_closed_account_that_the_desk_never_heard_from_is_nobodys_loss(stage: SlackStage) -> None:
    await stage.slack.close_account(stage.user_of("yeni"))
    await stage.quiet()
    assert await stage.app.gateway.read(inbox_waits) == 0
    assert (
        await stage.app.gateway.read(lambda uow: uow.people.by_account(Account("slack", stage.user_of("yeni")))) is None
    )
