"""Random lives of many tickets, against a model of them: states, holders and buttons are as it says, and after every
step no invariant is broken. A few lives here, many in `make faults` (by the environment variable LIVES)."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from handlers.domain.states import State
from handlers.domain.ticket import REOPEN_WITHIN
from tests.faults.table_desk import TableDesk

LIVES = int(os.environ.get("LIVES", "5"))
STEPS = 20
CLERKS = ("ayse", "hasan")
WORKERS = {"donanim": ("mehmet", "zeynep", "fatma"), "yazilim": ("ali",)}
LEADS = {"fatma": "donanim"}
REPORTS = {"donanim": "yazıcı çıktı vermiyor", "yazilim": "EBYS'de evrak açılmıyor hata veriyor"}
WAITS = (State.WAITING_VENDOR, State.WAITING_PARTS, State.WAITING_APPROVAL)
CLOSED_AFTER = 3
"""Working days."""


@dataclass
class Known:
    """A ticket as the model knows it."""

    id: int
    unit: str
    reporter: str
    state: State = State.OPEN
    holder: str | None = None
    ended_at: datetime | None = None
    """When it was resolved, or closed by silence."""

    def works_on(self, who: str) -> bool:
        """May do what only its holder may; a lead may it for all of the unit."""
        return who in (self.holder, *(lead for lead, unit in LEADS.items() if unit == self.unit))


BUTTONS = {
    State.OPEN: ["Üstlen", "Diğer"],
    State.CLAIMED: ["Tamamladım", "Yoldayım", "Beklet", "Bilgi iste", "Diğer"],
}
WAITING = ["Devam et", "Tamamladım", "Diğer"]
TICKETS = st.integers(0, 30)
WHO = st.integers(0, 2)


class Lives(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="masa-lives-"))
        self.table = TableDesk(self.folder)
        self.known: list[Known] = []
        self.claims: list[tuple[Known, str, str]] = []
        """Buttons that were there once: of which ticket, its token, in which unit's room."""
        self.asked: dict[str, Known] = {}
        """Whom a question waits for, and of which ticket."""
        self.said = ""
        """Key of the last report."""

    def teardown(self) -> None:
        self.table.close()
        shutil.rmtree(self.folder)

    # --- what people do ---
    @initialize()
    def one_is_worked_on_and_one_waits(self) -> None:
        for who, unit in zip(CLERKS, WORKERS, strict=True):
            self._report(who, unit)
        first, worker = self._pick(0, 0)
        assert self.table.presses(worker, f"claim:{first.id}", room=first.unit)
        first.state, first.holder = State.CLAIMED, worker

    @rule(clerk=st.integers(0, 1), unit=st.sampled_from(sorted(REPORTS)))
    def report(self, clerk: int, unit: str) -> None:
        self._report(CLERKS[clerk], unit)

    def _report(self, who: str, unit: str) -> None:
        self._answer_what_was_asked(who)
        self.said = self.table.says(who, f"{REPORTS[unit]} {len(self.known)}")
        token = self.table.button(self.table.place(who, ""), "open:…")
        assert token is not None
        self.table.press_token(who, token, twice=True)
        self.table.press_token(who, token)
        found = self.table.tickets()[len(self.known) :]
        assert [ticket.unit for ticket in found] == [unit], "one ticket, however often the button is pressed"
        self.known.append(Known(found[0].id, unit, who))
        self._skip_questions(who, found[0].id)

    @precondition(lambda self: self.known)
    @rule(which=TICKETS, who=WHO, twice=st.booleans())
    def claim(self, which: int, who: int, twice: bool) -> None:
        ticket, worker = self._pick(which, who)
        token = self.table.button(self._room(ticket), f"claim:{ticket.id}")
        assert (token is not None) == (ticket.state is State.OPEN)
        if token is not None:
            self.claims.append((ticket, token, ticket.unit))
            self.table.press_token(worker, token, room=ticket.unit, twice=twice)
            ticket.state, ticket.holder = State.CLAIMED, worker

    @precondition(lambda self: self.claims)
    @rule(which=TICKETS, who=WHO)
    def claim_with_an_old_button(self, which: int, who: int) -> None:
        ticket, token, room = self.claims[which % len(self.claims)]
        worker = WORKERS[room][who % len(WORKERS[room])]
        self.table.press_token(worker, token, room=room)
        if ticket.state is State.OPEN and ticket.unit == room:
            ticket.state, ticket.holder = State.CLAIMED, worker

    @precondition(lambda self: self.known)
    @rule(which=TICKETS, who=WHO)
    def release(self, which: int, who: int) -> None:
        ticket, worker = self._pick(which, who)
        if self._under("more", ticket, worker, f"release:{ticket.id}") and ticket.works_on(worker):
            ticket.state, ticket.holder = State.OPEN, None

    @precondition(lambda self: self.known)
    @rule(which=TICKETS, who=WHO)
    def send_to_the_other_unit(self, which: int, who: int) -> None:
        ticket, worker = self._pick(which, who)
        (other,) = set(WORKERS) - {ticket.unit}
        if self._under("unit", ticket, worker, f"send_to:{ticket.id}:{other}"):
            ticket.unit, ticket.state, ticket.holder = other, State.OPEN, None

    @precondition(lambda self: self.known)
    @rule(which=TICKETS, to=WHO)
    def assign(self, which: int, to: int) -> None:
        ticket, worker = self._pick(which, to)
        lead = next((lead for lead, unit in LEADS.items() if unit == ticket.unit), None)
        if lead and self._under("assign", ticket, lead, f"assign_to:{ticket.id}:{self.table.person(worker)}"):
            ticket.state = State.CLAIMED if ticket.state is State.OPEN else ticket.state
            ticket.holder = worker

    @precondition(lambda self: self.known)
    @rule(which=TICKETS, who=WHO, priority=st.sampled_from(["dusuk", "normal", "yuksek", "acil"]))
    def set_priority(self, which: int, who: int, priority: str) -> None:
        ticket, worker = self._pick(which, who)
        self._under("priority", ticket, worker, f"priority_to:{ticket.id}:{priority}")

    @precondition(lambda self: self.known)
    @rule(which=TICKETS, who=WHO, wait=st.sampled_from(WAITS))
    def wait(self, which: int, who: int, wait: State) -> None:
        ticket, worker = self._pick(which, who)
        if ticket.state is not State.CLAIMED:
            return
        if self._under("wait", ticket, worker, f"wait_for:{ticket.id}:{wait}") and ticket.works_on(worker):
            ticket.state = wait
            self.table.presses(worker, f"prompt_skip:{ticket.id}", room=ticket.unit)

    @precondition(lambda self: self.known)
    @rule(which=TICKETS, who=WHO)
    def ask_the_reporter(self, which: int, who: int) -> None:
        ticket, worker = self._pick(which, who)
        if ticket.state is State.CLAIMED and ticket.works_on(worker):
            self.table.presses(worker, f"ask:{ticket.id}", room=ticket.unit)
            assert self.table.presses(worker, f"ask_with:{ticket.id}:…", room=ticket.unit)
            ticket.state = State.WAITING_REPORTER
            self.asked[ticket.reporter] = ticket

    @precondition(lambda self: self.asked)
    @rule(clerk=st.integers(0, 1))
    def answer(self, clerk: int) -> None:
        self._answer_what_was_asked(CLERKS[clerk])

    @precondition(lambda self: self.known)
    @rule(which=TICKETS, who=WHO)
    def resume(self, which: int, who: int) -> None:
        ticket, worker = self._pick(which, who)
        pressed = self.table.presses(worker, f"resume:{ticket.id}", room=ticket.unit)
        assert pressed == ticket.state.waiting
        if pressed and ticket.works_on(worker):
            ticket.state = State.CLAIMED

    @precondition(lambda self: self.known)
    @rule(which=TICKETS, who=WHO)
    def resolve(self, which: int, who: int) -> None:
        ticket, worker = self._pick(which, who)
        pressed = self.table.presses(worker, f"done:{ticket.id}", room=ticket.unit)
        assert pressed == (ticket.state.active and ticket.state is not State.OPEN)
        if pressed and ticket.works_on(worker):
            assert self.table.presses(worker, f"done_with:{ticket.id}:…", room=ticket.unit)
            ticket.state, ticket.ended_at = State.RESOLVED, self.table.clock.now()

    @precondition(lambda self: self.known)
    @rule(which=TICKETS)
    def confirm(self, which: int) -> None:
        ticket, _ = self._pick(which, 0)
        pressed = self.table.presses(ticket.reporter, f"confirm:{ticket.id}")
        assert pressed == (ticket.state is State.RESOLVED)
        if pressed:
            ticket.state = State.CLOSED

    @precondition(lambda self: self.known)
    @rule(which=TICKETS)
    def still_broken(self, which: int) -> None:
        ticket, _ = self._pick(which, 0)
        pressed = self.table.presses(ticket.reporter, f"still_broken:{ticket.id}")
        assert pressed or ticket.state is not State.RESOLVED
        in_time = ticket.ended_at and self.table.clock.now() - ticket.ended_at <= REOPEN_WITHIN
        if pressed and ticket.state in (State.RESOLVED, State.CLOSED) and in_time:
            ticket.state = State.CLAIMED
            self.table.presses(ticket.reporter, f"prompt_skip:{ticket.id}")

    @precondition(lambda self: self.known)
    @rule(which=TICKETS)
    def take_it_back(self, which: int) -> None:
        ticket, _ = self._pick(which, 0)
        self.table.says(ticket.reporter, "/iptal")
        if self.table.presses(ticket.reporter, f"cancel_mine:{ticket.id}"):
            assert ticket.state.active
            ticket.state = State.CANCELLED

    @precondition(lambda self: self.known)
    @rule(which=TICKETS, who=WHO)
    def cancel(self, which: int, who: int) -> None:
        ticket, worker = self._pick(which, who)
        if self._under("more", ticket, worker, f"cancel:{ticket.id}") and ticket.works_on(worker):
            assert self.table.presses(worker, f"cancel_for:{ticket.id}:duplicate", room=ticket.unit)
            ticket.state = State.CANCELLED

    @precondition(lambda self: len(self.known) > 1)
    @rule(which=TICKETS, into=TICKETS, who=WHO)
    def merge(self, which: int, into: int, who: int) -> None:
        ticket, worker = self._pick(which, who)
        other, _ = self._pick(into, who)
        if not (self._under("more", ticket, worker, f"merge:{ticket.id}") and ticket.works_on(worker)):
            return
        if self.table.presses(worker, f"merge_into:{ticket.id}:{other.id}", room=ticket.unit):
            assert other.state.active
            assert self.table.presses(worker, f"merge_for:{ticket.id}:0", room=ticket.unit)
            ticket.state = State.MERGED
        else:
            self.table.presses(worker, f"prompt_skip:{ticket.id}", room=ticket.unit)

    @precondition(lambda self: self.known)
    @rule(which=TICKETS, who=WHO)
    def write_under_the_card(self, which: int, who: int) -> None:
        ticket, worker = self._pick(which, who)
        card = next(m for m in reversed(self.table.shown(self._room(ticket))) if m.ticket == ticket.id)
        self.table.says(worker, "yarın bakılacak", room=ticket.unit, reply_to=card.id)

    @precondition(lambda self: self.said)
    @rule()
    def edit_what_was_said(self) -> None:
        for who in CLERKS:
            for shown in self.table.shown(self.table.place(who, "")):
                if shown.event_key == self.said:
                    self.table.edits(who, shown.id, f"{shown.text} düzeltme")

    @rule(hours=st.sampled_from([1, 20, 80, 200]))
    def time_passes(self, hours: int) -> None:
        self.table.later(timedelta(hours=hours))
        now = self.table.clock.now()
        for ticket in self.known:
            if ticket.state is State.RESOLVED and ticket.ended_at is not None:
                silent_until = self.table.working_time().add_working_days(ticket.ended_at, CLOSED_AFTER)
                if now >= silent_until:
                    ticket.state, ticket.ended_at = State.CLOSED, now

    # --- what must be true ---
    @invariant()
    def all_is_as_the_model_says(self) -> None:
        found = {ticket.id: (ticket.unit, ticket.state) for ticket in self.table.tickets()}
        assert found == {ticket.id: (ticket.unit, ticket.state) for ticket in self.known}
        for ticket in self.known:
            if ticket.state.active:
                assert self.table.holder(ticket.id) == ticket.holder
            labels = self.table.card_labels(ticket.id, ticket.unit)
            assert "‹ Geri" in labels or labels == BUTTONS.get(ticket.state, WAITING if ticket.state.waiting else [])

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert self.table.wrong() == []

    # --- inside ---
    def _pick(self, which: int, who: int) -> tuple[Known, str]:
        ticket = self.known[which % len(self.known)]
        workers = WORKERS[ticket.unit]
        return ticket, workers[who % len(workers)]

    def _room(self, ticket: Known) -> str:
        return self.table.place("", ticket.unit)

    def _under(self, menu: str, ticket: Known, worker: str, action: str) -> bool:
        """Pressed what stands in a menu of the card; the menu is folded again where nothing came of it."""
        if not ticket.state.active:
            return False
        place = self._room(ticket)
        token = self.table.button(place, f"menu:{ticket.id}:main") or self.table.button(place, f"menu:{ticket.id}:more")
        assert token is not None
        for step in (f"menu:{ticket.id}:main", f"menu:{ticket.id}:more", f"menu:{ticket.id}:{menu}"):
            self.table.presses(worker, step, room=ticket.unit)
        pressed = self.table.presses(worker, action, room=ticket.unit)
        self.table.presses(worker, f"menu:{ticket.id}:main", room=ticket.unit)
        return pressed

    def _skip_questions(self, who: str, ticket: int) -> None:
        while self.table.presses(who, f"skip_fact:{ticket}:…"):
            pass

    def _answer_what_was_asked(self, who: str) -> None:
        ticket = self.asked.pop(who, None)
        if ticket is None:
            return
        asked = [
            shown
            for shown in self.table.shown(self.table.place(who, ""))
            if shown.kind == "question_to_reporter" and shown.ticket == ticket.id
        ]
        self.table.says(who, "zemin kat, arşiv", reply_to=asked[-1].id)
        if ticket.state is State.WAITING_REPORTER:
            ticket.state = State.CLAIMED if ticket.holder else State.OPEN


TestRandomLives = Lives.TestCase
TestRandomLives.settings = settings(
    max_examples=LIVES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=LIVES <= 8,
    phases=[Phase.generate],
    database=None,
)
