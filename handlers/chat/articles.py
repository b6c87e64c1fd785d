"""`/makale`: what solved a ticket becomes an article that helps the next one, once a lead has read it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.people import Person, Role
from handlers.domain.rights import Action, may, require
from handlers.domain.states import State
from handlers.domain.ticket import EntryKind, Ticket, parse_number
from handlers.messages import Button, Standing
from handlers.tickets import cards
from knowledge import Article, KnowledgeError
from knowledge.article import ASKS, PRIORITIES, parse_article
from knowledge.language.masking import anonymised

LONGEST_SYMPTOM = 200
FEW_SYMPTOMS = 5
_SOLVED = frozenset({State.RESOLVED, State.CLOSED})


class Trouble(NamedTuple):
    """Why a text is no article: the line, what stands there, and what should."""

    line: int | None
    written: str
    expected: str


def draft_command(turn: Turn, words: str, answered: Standing | None) -> None:
    """`/makale 123`, or `/makale` as a reply to a message about a ticket."""
    ticket = _target(turn, words, answered)
    require(turn.person, Action.DRAFT_ARTICLE, ticket)
    if ticket.restricted:
        raise Invalid("article_secret")
    if ticket.state not in _SOLVED or not ticket.resolution:
        raise Invalid("article_not_solved", number=ticket.number)
    if turn.desk.category(ticket.category) is None:
        raise Invalid("article_without_subject", number=ticket.number)
    article = article_id(ticket)
    text = turn.desk.article_drafts.read(article)
    if text is None:  # a draft that somebody is at work on is shown, not written anew
        text = _text(turn, ticket, article)
        turn.desk.article_drafts.keep(article, text)
        turn.uow.audit.log(turn.now, turn.person.id, "article_drafted", article, turn.channel)
    if may(turn.person, Action.PUBLISH_ARTICLE, ticket):
        _show(turn, ticket, turn.here, text)
        return
    leads = turn.uow.people.in_role(Role.LEAD, ticket.unit)
    for address in _addresses(turn, leads):
        _show(turn, ticket, address, text, by=turn.person)
    turn.say(turn.here, "article_sent", ticket=ticket, leads=leads, rings=False)


def _target(turn: Turn, words: str, answered: Standing | None) -> Ticket:
    number = parse_number(words, turn.desk.year(turn.now))
    if number is not None:
        return turn.uow.tickets.by_number(number)
    if answered is not None and answered.ticket is not None:
        return turn.uow.tickets.get(answered.ticket)
    raise Invalid("article_needs_number")


def article_id(ticket: Ticket) -> str:
    """`yazici-yazdirmiyor-2026-000123`: one for each ticket, and its file is named so."""
    return f"{ticket.category}-{ticket.number}"


def _addresses(turn: Turn, people: Sequence[Person]) -> list[str]:
    return [address for person in people for address in cards.private_addresses_of(turn, person)]


# --- the text ---------------------------------------------------------------------------------------
def _text(turn: Turn, ticket: Ticket, article: str) -> str:
    """In the form of an article's file; people's data is masked."""
    tried = turn.desk.article(ticket.tried_article)
    told = [fact for fact in ASKS if fact in ticket.facts]
    lines = [
        "---",
        f"id: {article}",
        f"category: {ticket.category}",
        f"title: {_quoted(turn.desk.title(ticket.category))}",
        "symptoms:",
        *[f"  - {_quoted(symptom)}" for symptom in _symptoms(turn, ticket)],
        f"asks: [{', '.join(tried.asks if tried else told)}]",
        f"priority: {tried.priority if tried else 'normal'}",
        "---",
        *[f"{place}. {step}" for place, step in enumerate(_steps(ticket.resolution), start=1)],
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _symptoms(turn: Turn, ticket: Ticket) -> list[str]:
    """What the reporter wrote, each line once."""
    entries = turn.uow.tickets.entries(ticket.id)
    theirs = [e.text for e in entries if e.author == ticket.reporter and e.kind in (EntryKind.REPORT, EntryKind.REPLY)]
    lines = [" ".join(anonymised(line).split()) for text in (ticket.text, *theirs) for line in text.splitlines()]
    return [line[:LONGEST_SYMPTOM] for line in dict.fromkeys(lines) if line] or [turn.desk.title(ticket.category)]


def _steps(resolution: str) -> list[str]:
    return [line.strip() for line in anonymised(resolution).splitlines() if line.strip()]


# --- reading it -------------------------------------------------------------------------------------
def _show(
    turn: Turn, ticket: Ticket, to: str, text: str, *, by: Person | None = None, fresh: bool = True
) -> Trouble | None:
    """The draft with its buttons; what is wrong with it in the place of Yayımla."""
    found = checked(turn, article_id(ticket), text)
    trouble = found if isinstance(found, Trouble) else None
    turn.say(
        to,
        "article_draft",
        buttons=[
            *([] if trouble else [Button("Yayımla", f"article_publish:{ticket.id}")]),
            Button("Düzenle", f"article_edit:{ticket.id}"),
            Button("Vazgeç", f"article_drop:{ticket.id}"),
        ],
        slot=_slot(ticket),
        fresh=fresh,
        ticket=ticket,
        text=text,
        by=by,
        trouble=trouble,
        few=not isinstance(found, Trouble) and len(found.symptoms) < FEW_SYMPTOMS,
    )
    return trouble


def _slot(ticket: Ticket) -> str:
    return f"article:{ticket.id}"


def checked(turn: Turn, article: str, text: str) -> Article | Trouble:
    """By the loader that reads every article, and it must have steps and an id of its own."""
    try:
        found = parse_article(Path(f"{article}.md"), text, turn.desk.catalogue)
    except KnowledgeError as error:
        return _trouble(text, error)
    if not found.steps:
        return Trouble(None, "", "başlığın altında 1., 2. diye adımlar")
    if article in turn.desk.knowledge.articles and not turn.desk.article_drafts.is_published(article):
        return Trouble(2, f"id: {article}", "başka bir maddenin taşımadığı bir id")
    return found


_EXPECTED = {
    "id": "bu taslağın kendi id'si (değiştirilmez)",
    "category": "kataloğun bir konusu, örneğin yazici-yazdirmiyor",
    "title": "bir başlık",
    "symptoms": "belirtiler: her biri kendi satırında, başında - işareti",
    "asks": "köşeli ayraç içinde şunlardan: " + ", ".join(ASKS),
    "priority": "şunlardan biri: " + ", ".join(PRIORITIES),
}


def _trouble(text: str, error: KnowledgeError) -> Trouble:
    """In the words of somebody who writes an article."""
    lines = text.splitlines()
    at = error.line or 1
    written = lines[at - 1].strip() if at <= len(lines) else ""
    above = [line.partition(":")[0].strip() for line in reversed(lines[:at]) if line[:1].isalpha() and ":" in line]
    if error.found == "no head":
        return Trouble(1, written, "ilk satırda --- , sonra id, category, title; başlığın sonunda yine ---")
    if error.found.startswith("no '"):
        return Trouble(None, "", f"başlıkta {error.found.split(chr(39))[1]} satırı")
    if error.found.startswith("the unknown key"):
        return Trouble(at, written, "yalnız şu satırlar: " + ", ".join(_EXPECTED))
    if error.found.startswith("no YAML"):
        return Trouble(at, written, "her satırda ad, iki nokta, değer; içinde : ya da # geçen metin tırnak içinde")
    return Trouble(at, written, _EXPECTED.get(above[0], "geçerli bir satır") if above else "geçerli bir satır")


# --- buttons ----------------------------------------------------------------------------------------
def publish(turn: Turn, ticket: Ticket) -> None:
    """Yayımla. A second press changes nothing."""
    require(turn.person, Action.PUBLISH_ARTICLE, ticket)
    article = article_id(ticket)
    text = turn.desk.article_drafts.read(article)
    if text is None:
        return
    found = checked(turn, article, text)
    if isinstance(found, Trouble):
        _show(turn, ticket, turn.here, text)
        return
    turn.desk.article_drafts.publish(article)
    turn.uow.audit.log(turn.now, turn.person.id, "article_published", article, turn.channel)
    _over(turn, ticket, published=True, title=found.title)


def drop(turn: Turn, ticket: Ticket) -> None:
    """Vazgeç: the draft is gone."""
    require(turn.person, Action.PUBLISH_ARTICLE, ticket)
    if turn.desk.article_drafts.read(article_id(ticket)) is None:
        return
    turn.desk.article_drafts.drop(article_id(ticket))
    turn.uow.audit.log(turn.now, turn.person.id, "article_dropped", article_id(ticket), turn.channel)
    _over(turn, ticket, published=False, title=turn.desk.title(ticket.category))


def _over(turn: Turn, ticket: Ticket, *, published: bool, title: str) -> None:
    if turn.dialog.expects is not None and turn.dialog.expects.kind is Expect.ARTICLE:
        prompts.settle(turn)
    for address in turn.uow.messages.standing_in(_slot(ticket)):
        turn.say(
            address,
            "article_over",
            slot=_slot(ticket),
            ticket=ticket,
            rings=False,
            published=published,
            title=title,
            by=turn.person,
        )


def edit(turn: Turn, ticket: Ticket) -> None:
    """Düzenle: the whole text, corrected, is what this person writes next here."""
    require(turn.person, Action.PUBLISH_ARTICLE, ticket)
    if turn.desk.article_drafts.read(article_id(ticket)) is None:
        return
    prompts.settle(turn)
    asked = f"article-edit:{ticket.id}"
    turn.dialog.expects = Expectation(kind=Expect.ARTICLE, ticket=ticket.id, asked=asked)
    skip = Button("Düzenlemekten vazgeç", f"prompt_skip:{ticket.id}")
    turn.say(turn.here, "article_edit", buttons=[skip], slot=asked, fresh=True, ticket=ticket)


def edited(turn: Turn, ticket: Ticket, text: str) -> None:
    """The corrected text is kept as it is; while something is wrong with it the next line is another try."""
    require(turn.person, Action.PUBLISH_ARTICLE, ticket)
    text = text.strip() + "\n"
    turn.desk.article_drafts.keep(article_id(ticket), text)
    if _show(turn, ticket, turn.here, text) is None:
        prompts.settle(turn)
