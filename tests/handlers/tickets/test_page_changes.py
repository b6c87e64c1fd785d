"""What a page asks for goes through the inbox, and is done once, by the use cases of the chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.domain.page_changes import AskedChange, Outcome, PageAction, changed_since, fits
from handlers.domain.people import Account, PersonId
from handlers.domain.states import Change, Priority, State, TicketEvent
from handlers.events import ChangeAsked, SettingAsked
from handlers.queries.page_outcomes import outcome_of
from tests.clock import START
from tests.handlers.domain.builders import ticket
from tests.scenarios.stage import Stage, open_stage
from tests.scenarios.test_life_of_a_ticket import FIRST, open_ticket

ME, OTHER = PersonId(1), PersonId(2)


def asked(stage: Stage, action: str, key: str = "panel:1", who: str = "mehmet", **given: object) -> ChangeAsked:
    return ChangeAsked(
        key=key,
        at=stage.clock.now(),
        sender=Account("web", who),
        conversation=f"web:panel:{who}",
        ticket=FIRST,
        action=action,
        **given,  # type: ignore[arg-type]
    )


async def outcome(stage: Stage, event: ChangeAsked | SettingAsked) -> Outcome | None:
    new = await stage.app.gateway.accept(event)
    await stage.app.gateway.handled(event.key)
    came = await stage.app.gateway.read(lambda uow: outcome_of(uow, event.key))
    return came if new else None


async def test_it_is_an_event_of_the_inbox_that_is_handled_once(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await open_ticket(stage)
        await stage.person("mehmet").says("/sira")
        assert await outcome(stage, asked(stage, "claim", seen=99)) is Outcome.DONE
        assert await outcome(stage, asked(stage, "claim", seen=99)) is None, "the same key is the same event"
        assert await outcome(stage, asked(stage, "claim", "panel:2", seen=99)) is Outcome.NONE
        assert await outcome(stage, asked(stage, "claim", "panel:3", "zeynep", seen=0)) is Outcome.STALE
        assert await outcome(stage, asked(stage, "release", "panel:4", "zeynep", seen=99)) is Outcome.REFUSED
        assert await outcome(stage, asked(stage, "note", "panel:5", "ayse", text="?")) is Outcome.REFUSED
        assert await outcome(stage, asked(stage, "resolve", "panel:6", text="drum değişti", seen=99)) is Outcome.DONE
        assert (await stage.ticket(FIRST)).state is State.RESOLVED
        assert "drum değişti" in (await stage.person("ayse").last("update_resolved")).text
        assert not [m for m in await stage.person("mehmet").sees() if m.kind.startswith("errors/")]


async def test_what_another_version_asked_for_is_refused_at_once(tmp_path: Path) -> None:
    async with open_stage(tmp_path, "web") as stage:
        await open_ticket(stage)
        change = asked(stage, "teleport", seen=99)
        setting = SettingAsked(
            key="panel:2", at=stage.clock.now(), sender=change.sender, conversation=change.conversation,
            action="teleport", given={},
        )  # fmt: skip
        for one in (change, setting):
            assert await outcome(stage, one) is Outcome.REFUSED
        assert not await stage.app.gateway.read(lambda uow: uow.inbox.stuck())


def event(what: Change, who: PersonId | None, after: str | None = None) -> TicketEvent:
    return TicketEvent(START, who, "web", what, None, after)


@pytest.mark.parametrize(
    ("what", "who", "stale"),
    [
        (event(Change.PRIORITISED, OTHER, "acil"), OTHER, True),
        (event(Change.PRIORITISED, ME, "acil"), ME, False),
        (event(Change.NOTED, OTHER), OTHER, False),
        (event(Change.REPLIED, OTHER), OTHER, False),
        (event(Change.RATED, OTHER, "3"), OTHER, False),
        (event(Change.TICKED, OTHER, "1-0"), OTHER, False),
        (event(Change.CLOSED, None, "closed"), None, True),
        (event(Change.ASSIGNED, OTHER, "1"), OTHER, True),
    ],
)
def test_what_makes_a_page_stale(what: TicketEvent, who: PersonId | None, stale: bool) -> None:
    history = [event(Change.OPENED, ME, "open"), what]
    assert bool(changed_since(history, 1, ME)) is stale, who
    assert changed_since(history, 2, ME) == []
    assert changed_since(history, 99, ME) == []


WORDS = {"note", "write", "send_canned", "send_note"}
ALWAYS = WORDS | {"name_device", "relate", "unrelate", "add_part", "remove_part", "split", "spend", "take_back_spent"}
ACTIVE = (
    ALWAYS
    | {
        "assign",
        "prioritise",
        "recategorise",
        "transfer",
        "hang",
        "tick",
        "untick",
        "remark",
        "check",
        "merge",
        "cancel",
    }
    | {"declare_outage", "join_outage"}
)
VISITS = {"set_off", "found_closed", "offer_visit", "agree_visit", "take_back_visit"}
HELD = ACTIVE | VISITS | {"release", "resolve", "promise", "ask_for_help", "excuse", "ask_approval"}


@pytest.mark.parametrize(
    ("state", "fitting"),
    [
        (State.OPEN, ACTIVE | {"claim"}),
        (State.CLAIMED, HELD | {"wait", "goes_on"}),
        (State.WAITING_PARTS, HELD | {"resume", "look_again"}),
        (State.WAITING_REPORTER, HELD | {"resume"}),
        (
            State.WAITING_APPROVAL,
            HELD
            | {
                "resume",
                "look_again",
                "approve",
                "refuse",
                "ask_back",
                "answer_back",
                "document",
                "take_back_approval",
            },
        ),
        (State.RESOLVED, ALWAYS | {"reopen", "explain"}),
        (State.CANCELLED, ALWAYS),
        (State.MERGED, {"separate"}),
    ],
)
def test_what_fits_a_state(state: State, fitting: set[str]) -> None:
    it = ticket(state, holder=None if state is State.OPEN else ME)
    if state is State.OPEN:
        urgent = ticket(state, holder=None, priority=Priority.URGENT)
        assert fits(PageAction.SEE, urgent)
    assert {one.value for one in PageAction if fits(one, it)} == fitting
    assert AskedChange(number=FIRST, action=PageAction.CLAIM).seen == 0
