"""An outage is proposed, and somebody decides."""

from __future__ import annotations

import re
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.runtime.outbox_relay import MAX_UNDER_WAY
from handlers.domain.errors import NotAllowed
from handlers.domain.people import Role
from handlers.messages import Delivered, plain
from handlers.ports import UnitOfWork
from handlers.tickets import outages, proposal_answers
from tests.bot.runtime.test_outbox_relay_kill import relay
from tests.clock import START, RunningClock
from tests.faults.desks import spawner
from tests.handlers.tickets.table import Table
from tests.storage.builders import add_person, add_private

REPORTERS = ("ayse", "hasan", "denetci")


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """Three are just reporting that the telephones are dead; none of them has pressed yet."""
    made = Table(tmp_path / "table")
    for who in REPORTERS:
        made.says(who, "telefonlar çalışmıyor, santralden ses yok")
    yield made
    made.close()


def kinds(table: Table, who: str) -> list[str]:
    return [message.kind for message in table.shown(table.place(who, "")) if message.author is None]


def test_of_reports_in_the_making_the_oldest_becomes_the_head(table: Table) -> None:
    assert "Telefon santrali · 3 kişi" in table.answer("fatma")
    table.press("fatma", "proposal_declare:…")
    (ticket,) = table.tickets()
    assert ticket.outage
    assert ticket.reporter == table.person("ayse")
    assert [kinds(table, who)[-1] for who in REPORTERS] == ["outage_known", "in_outage", "in_outage"]
    assert not table.presses("ayse", "open:…")
    table.press("hasan", "me_too:1")
    assert "2 kişi yaşıyor" in table.answer("hasan")
    assert table.wrong() == []


def test_it_is_answered_once_by_whom_it_was_put_to(table: Table) -> None:
    with pytest.raises(NotAllowed):
        table.acts("ayse", lambda acting: proposal_answers.refuse(acting, 1))
    table.press("fatma", "proposal_refuse:…")
    assert not table.presses("fatma", "proposal_declare:…")
    table.says("kemal", "telefonlar çalışmıyor")
    assert kinds(table, "fatma").count("outage_proposal") == 1


@pytest.mark.parametrize("people", [12, 73])
def test_its_answer_is_said_however_many_have_it(table: Table, people: int) -> None:
    table.store.write(lambda uow: uow.symptoms.save_proposal(replace(uow.symptoms.proposal(1), people=people)))
    table.press("fatma", "proposal_refuse:…")
    assert not table.presses("fatma", "proposal_declare:…")
    proposal = next(m for m in table.shown(table.place("fatma", "")) if m.kind == "outage_proposal")
    assert "tek tek bakılıyor" in plain(proposal.text)


def test_what_helped_counts_no_more(table: Table) -> None:
    table.press("hasan", "worked:…")
    since = table.clock.now() - timedelta(hours=1)
    people = table.store.read(lambda uow: uow.symptoms.people(since, ["telefon-santral"]))
    assert people == 2


def test_at_night_it_is_put_to_whoever_is_on_call(tmp_path: Path) -> None:
    table = Table(tmp_path / "night")
    table.says("fatma", "/nobet Mehmet 23 Kasım 2026")
    table.press("fatma", "duty_add:…")
    table.later(timedelta(hours=9))
    for who in REPORTERS:
        table.says(who, "telefonlar çalışmıyor, santralden ses yok")
    assert "outage_proposal" in kinds(table, "mehmet")
    assert "outage_proposal" not in kinds(table, "fatma")
    table.close()


def test_words_that_were_erased_leave_the_proposal(table: Table) -> None:
    table.says("hasan", "/verilerim")
    table.press("hasan", "erase_ask", "erase")
    proposal = next(m for m in table.shown(table.place("fatma", "")) if m.kind == "outage_proposal")
    assert "santralden" not in plain(proposal.text)
    assert table.store.read(lambda uow: uow.symptoms.of_person(table.person("hasan"))) == []


def followed_by_six_hundred(folder: Path) -> Table:
    """An outage that was told of and ended, with what is to be sent lying in the outbox."""
    table = Table(folder)
    table.opened("ayse")

    def follow(uow: UnitOfWork) -> None:
        ticket = uow.tickets.get(1)
        for number in range(600):
            person = add_person(uow, f"p{number:03}")
            add_private(uow, person, f"telegram:p:{number:03}")
            ticket.follow(by=person, conversation=f"telegram:p:{number:03}", at=table.clock.now(), channel="telegram")
        uow.tickets.save(ticket)

    table.store.write(follow)
    table.shows("mehmet")
    table.press("mehmet", "menu:1:more", "outage:1", "tell_all:1")
    table.says("mehmet", "firma yolda")
    table.acts("mehmet", lambda acting: outages.end(acting, acting.uow.tickets.get(1)))
    return table


def test_six_hundred_hear_it_once_and_in_order(tmp_path: Path) -> None:
    """What a platform's relay then sends is one message each, in this order."""
    table = followed_by_six_hundred(tmp_path / "many")
    sent: dict[str, list[str]] = {}
    now = table.clock.advance(minutes=1)
    while deliveries := table.store.write(lambda uow: uow.outbox.lease("r", now, 64, 30, channel="telegram")):
        for one in deliveries:
            sent.setdefault(one.conversation, []).append(plain(one.text).split(":")[0])
            table.store.write(lambda uow, of=one: uow.outbox.record_outcome(of.id, Delivered(f"ref{of.id}"), now))  # type: ignore[misc] # mypy does not see through the default
    assert len(sent) == 600
    assert {tuple(texts) for texts in sent.values()} == {("Yazıcı yazdırmıyor kesintisi", "Düzeldi")}
    table.close()


async def test_six_hundred_hear_it_in_order_although_who_sends_it_is_killed(tmp_path: Path) -> None:
    """What was under way at a death, and the platform had, comes a second time; nothing else does."""
    followed_by_six_hundred(tmp_path / "many").close()
    log, url, clock = tmp_path / "sent", f"sqlite:///{tmp_path / 'many' / 'masa.db'}", RunningClock(START)
    deaths = 0
    async with spawner() as started:
        while await relay(started, url, log, 350, "after", clock) == -signal.SIGKILL:
            deaths += 1
            assert deaths < 20
    assert deaths == 3
    sent = re.findall(r"^(telegram:p:\d+) \W*(\w+)", log.read_text(encoding="utf-8"), re.MULTILINE)
    heard: dict[str, list[str]] = {}
    for place, word in sent:
        heard.setdefault(place, []).append(word)
    assert len(heard) == 600
    assert {tuple(dict.fromkeys(words)) for words in heard.values()} == {("Yazıcı", "Düzeldi")}
    assert sum(count - 1 for count in Counter(sent).values()) <= deaths * MAX_UNDER_WAY


def test_where_a_unit_has_no_lead_the_director_declares_it_and_writes_to_all(tmp_path: Path) -> None:
    table = Table(tmp_path / "table")
    who = table.store.read(lambda uow: uow.people.in_role(Role.DIRECTOR)[0].handle)
    table.says(who, "merhaba")
    for reporter in ("ayse", "hasan", "denetci"):
        table.says(reporter, "ebys acilmiyor, sayfa bembeyaz")
    table.press(who, "proposal_declare:…", "tell_all:1")
    table.says(who, "firma yolda")
    assert "firma yolda" in table.answer("ayse")
    assert table.wrong() == []
    table.close()
