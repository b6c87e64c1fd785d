"""What a category needs and nobody said yet: asked after the ticket is open, two at most, and nothing waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from handlers.chat import device_questions, digressions, off_topic, prompts, questions, shortcuts, ticket_replies
from handlers.chat.facts import known_fact
from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.states import Priority
from handlers.domain.ticket import Entry, Ticket
from handlers.messages import Button
from handlers.terms import FACT_QUESTIONS, FAULT_QUESTIONS
from handlers.tickets import device_links, impact, missing_facts
from knowledge import Article, Impact
from knowledge.language.folding import folded

MAX_QUESTIONS = 2
_CAN_BE_SEEN = ("hata", "cihaz", "demirbas")
"""What a photo tells."""
_NAMED_THINGS = ("oda", "cihaz", "demirbas")
"""What is told in names and numbers; the other facts may be told in any words."""
DEVICE = "cihaz"
_OF_A_DEVICE = (DEVICE, "demirbas")
_TELLS_NOTHING = frozenset(
    {"", "yazici", "bilgisayar", "pc", "kasa", "laptop", "dizustu", "monitor", "ekran", "telefon", "tarayici", "modem"}
)


def ask_missing(turn: Turn, opened: Sequence[tuple[Ticket, Article | None]]) -> None:
    """Ask the first of what is missing; of two tickets from one message in turn, and what both need once."""
    first, *others = [[(ticket, fact) for fact in _missing(turn, ticket, article)] for ticket, article in opened]
    known = {fact for _, fact in first if fact in missing_facts.OF_BOTH}
    others = [[(ticket, fact) for ticket, fact in other if fact not in known] for other in others]
    in_turn = [asked for together in zip_longest(first, *others) for asked in together if asked is not None]
    if in_turn and not questions.worker_waits(turn):
        _ask(turn, in_turn[:MAX_QUESTIONS])


def _missing(turn: Turn, ticket: Ticket, article: Article | None) -> list[str]:
    """In an emergency only where it is."""
    wanted = article.asks if article else ("oda",)
    if ticket.priority is Priority.URGENT:
        wanted = ("oda",)
    request = _asks_as_request(turn, ticket)
    which = [DEVICE] if device_questions.which(turn, ticket) else []
    missing = [fact for fact in wanted if not _is_told(turn, ticket, fact, request=request)]
    if not impact.is_asked(turn, ticket):
        return [*which, *missing]
    return [impact.FACT, *which, *(fact for fact in missing if fact != "kisi")]  # "Kimde oluyor?" asks the same


def _asks_as_request(turn: Turn, ticket: Ticket) -> bool:
    return ticket.category is None or turn.desk.is_request(ticket.category)


def _is_told(turn: Turn, ticket: Ticket, fact: str, *, request: bool) -> bool:
    """ "yazıcı" alone does not tell which one; a photo may show what stands on a screen."""
    if fact == "hata" and ticket.files:
        return True
    if fact in _OF_A_DEVICE and device_links.has_any(turn.uow, ticket):
        return True  # it is known, or they are asked which one
    return folded(known_fact(ticket, fact, request=request)) not in _TELLS_NOTHING


def _ask(turn: Turn, asked: Sequence[tuple[Ticket, str]]) -> None:
    (ticket, fact), *later = asked
    rest = [f"{other.id}:{wanted}" for other, wanted in later]
    slot = f"fact:{ticket.id}:{fact}"
    prompts.cancel_prompt(turn)
    turn.dialog.expects = Expectation(kind=Expect.FACT, ticket=ticket.id, detail=fact, rest=rest, asked=slot)
    turn.say(
        turn.address,
        "fact" if not _is_a_choice(turn, ticket, fact) else "which_device",
        buttons=_choices(turn, ticket, fact),
        slot=slot,
        ticket=ticket,
        question=_question(turn, ticket, fact),
    )


def ask_again(turn: Turn, expects: Expectation) -> None:
    """Why it is asked, and how it is skipped."""
    ticket = turn.uow.tickets.get(expects.ticket or 0)
    turn.say(
        turn.address,
        "fact_why",
        buttons=_choices(turn, ticket, expects.detail),
        slot=expects.asked,
        fresh=True,
        ticket=ticket,
        question=_question(turn, ticket, expects.detail),
    )


def _is_a_choice(turn: Turn, ticket: Ticket, fact: str) -> bool:
    """Which of some devices, rather than which device."""
    return fact == DEVICE and bool(device_questions.which(turn, ticket))


def _choices(turn: Turn, ticket: Ticket, fact: str) -> list[Button]:
    if _is_a_choice(turn, ticket, fact):
        return [*device_questions.which(turn, ticket), Button("Bilmiyorum", f"skip_fact:{ticket.id}:{fact}")]
    answers = impact.ANSWERS.items() if fact == impact.FACT else ()
    return [
        *(Button(label, f"impact_is:{ticket.id}:{one}") for one, label in answers),
        Button("Bilmiyorum, atla", f"skip_fact:{ticket.id}:{fact}"),
    ]


def impact_is(turn: Turn, ticket: Ticket, which: str) -> None:
    """Yalnızca ben, Odamız, Birçok yer."""
    expects = turn.dialog.expects
    if expects is None or (expects.kind, expects.ticket, expects.detail) != (Expect.FACT, ticket.id, impact.FACT):
        return
    told = impact.tell(turn, ticket, Impact(which), impact.ANSWERS[Impact(which)])
    turn.uow.messages.disable_buttons(turn.address, expects.asked)
    turn.dialog.expects = None
    _next(turn, ticket, expects, told)


def device_is(turn: Turn, ticket: Ticket, device: str) -> None:
    """One of those that "Hangisi?" offered; what else is missing is asked next."""
    expects = turn.dialog.expects
    device_questions.chosen(turn, ticket, device)
    if expects is not None and (expects.kind, expects.ticket, expects.detail) == (Expect.FACT, ticket.id, DEVICE):
        turn.dialog.expects = None
        if later := _later(turn, expects):
            _ask(turn, later)


def _question(turn: Turn, ticket: Ticket, fact: str) -> str:
    """A fault asks some of them in other words."""
    plain = FACT_QUESTIONS[fact]
    return plain if _asks_as_request(turn, ticket) else FAULT_QUESTIONS.get(fact, plain)


def answered(turn: Turn, expects: Expectation, text: str, files: tuple[str, ...]) -> None:
    """The answer lands on the card. A photo alone answers only what can be seen; the question stands."""
    ticket = turn.uow.tickets.get(expects.ticket or 0)
    if not files and shortcuts.skips(text):
        skip(turn, ticket, expects.detail)
        return
    if not files and _is_beside(turn, ticket, expects, text):
        ticket_replies.write_to(turn, ticket, text, files)  # the question stands
        return
    if expects.detail == impact.FACT and text:
        told = impact.tell(turn, ticket, impact.meant(text), text)
        if files:
            ticket_replies.write_to(turn, ticket, "", files)
    else:
        told = missing_facts.complete(turn, ticket, expects.detail, text, files)
    if text or expects.detail in _CAN_BE_SEEN:
        turn.uow.messages.disable_buttons(turn.address, expects.asked)
        turn.dialog.expects = None
        _next(turn, ticket, expects, told)
    else:
        turn.receipt(told, "file_kept", count=len(files), ticket=ticket, rings=True)


def _is_beside(turn: Turn, ticket: Ticket, expects: Expectation, text: str) -> bool:
    """The report once more where it was asked what the screen says; hurry, a question or thanks where a place or a
    device was asked for."""
    if expects.detail == "hata" and off_topic.adds_nothing(ticket, text):
        return True
    return expects.detail in _NAMED_THINGS and digressions.of(turn, text) is not None


def skip(turn: Turn, ticket: Ticket, fact: str) -> None:
    """Bilmiyorum, atla."""
    expects = turn.dialog.expects
    if expects is None or expects.kind is not Expect.FACT or (expects.ticket, expects.detail) != (ticket.id, fact):
        return
    turn.uow.messages.disable_buttons(turn.address, expects.asked)
    turn.dialog.expects = None
    _next(turn, ticket, expects, None)


def _next(turn: Turn, ticket: Ticket, expects: Expectation, told: Entry | None) -> None:
    """The next question; after the last a word, and thanks where the answer was kept."""
    if later := _later(turn, expects):
        _ask(turn, later)
    elif told is not None:
        turn.receipt(told, "facts_done", ticket=ticket)
    else:
        turn.say(turn.address, "facts_skipped", ticket=ticket, rings=False)


def _later(turn: Turn, expects: Expectation) -> list[tuple[Ticket, str]]:
    """What is to be asked after it, as far as that still works."""
    later = [(turn.uow.tickets.get(int(number)), fact) for number, fact in map(_parted, expects.rest)]
    return [(other, fact) for other, fact in later if other.state.active]


def _parted(asked: str) -> tuple[str, str]:
    """A ticket's id and the fact that it lacks."""
    ticket, _, fact = asked.partition(":")
    return ticket, fact
