"""What solved a ticket becomes an article that helps the next one, once a lead has read it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.errors import Invalid
from handlers.domain.people import Person, Role
from handlers.domain.rights import Action, may, require
from handlers.domain.states import State
from handlers.domain.ticket import EntryKind, Ticket
from handlers.messages import Button
from handlers.tickets import cards
from knowledge import Article, KnowledgeError
from knowledge.article import ASKS, PRIORITIES, parse_article
from knowledge.language.masking import anonymised

MAX_SYMPTOM_LETTERS = 200
FEW_SYMPTOMS = 5
_SOLVED = frozenset({State.RESOLVED, State.CLOSED})


class Trouble(NamedTuple):
    """Why a text is no article: the line, what stands there, and what should."""

    line: int | None
    written: str
    expected: str


@dataclass(frozen=True, slots=True)
class Drafted:
    text: str
    leads: Sequence[Person]
    """Who got it to read; nobody where the one who drafted it may publish it themselves."""


def draft(acting: Acting, ticket: Ticket) -> Drafted:
    """From a solved ticket. A draft that somebody is at work on is shown, not written anew.

    Raises Invalid(`article_secret`), (`article_not_solved`) or (`article_without_subject`).
    """
    require(acting.person, Action.DRAFT_ARTICLE, ticket)
    if ticket.restricted:
        raise Invalid("article_secret")
    if ticket.state not in _SOLVED or not ticket.resolution or ticket.resolved_by is None:
        raise Invalid("article_not_solved", number=ticket.number)
    if acting.desk.category(ticket.category) is None:
        raise Invalid("article_without_subject", number=ticket.number)
    article = article_id(ticket)
    text = acting.desk.article_drafts.read(article)
    if text is None:
        text = _text(acting, ticket, article)
        acting.desk.article_drafts.keep(article, text)
        acting.uow.audit.log(acting.now, acting.person.id, "article_drafted", article, acting.channel)
    if may(acting.person, Action.PUBLISH_ARTICLE, ticket):
        return Drafted(text, ())
    leads = acting.uow.people.in_role(Role.LEAD, ticket.unit)
    for lead in leads:
        for address in cards.private_addresses_of(acting, lead):
            show(acting, ticket, address, text, by=acting.person)
    return Drafted(text, leads)


def read_draft(acting: Acting, ticket: Ticket) -> str | None:
    """As it stands now; None: there is none (any more)."""
    require(acting.person, Action.PUBLISH_ARTICLE, ticket)
    return acting.desk.article_drafts.read(article_id(ticket))


def revise(acting: Acting, ticket: Ticket, text: str) -> str:
    """The corrected text is kept as it is, also while something is wrong with it (see `checked`); as it was kept."""
    require(acting.person, Action.PUBLISH_ARTICLE, ticket)
    text = text.strip() + "\n"
    acting.desk.article_drafts.keep(article_id(ticket), text)
    return text


def publish(acting: Acting, ticket: Ticket) -> Article | Trouble | None:
    """The article as everybody finds it from now on, what is wrong with its text, or None where there is no draft."""
    text = read_draft(acting, ticket)
    if text is None:
        return None
    article = article_id(ticket)
    found = checked(acting, article, text)
    if isinstance(found, Trouble):
        return found
    acting.desk.article_drafts.publish(article)
    acting.uow.audit.log(acting.now, acting.person.id, "article_published", article, acting.channel)
    _over(acting, ticket, published=True, title=found.title)
    return found


def drop(acting: Acting, ticket: Ticket) -> Effect:
    """The draft is gone."""
    if read_draft(acting, ticket) is None:
        return Effect.NONE
    article = article_id(ticket)
    acting.desk.article_drafts.drop(article)
    acting.uow.audit.log(acting.now, acting.person.id, "article_dropped", article, acting.channel)
    _over(acting, ticket, published=False, title=acting.desk.title(ticket.category))
    return Effect.CHANGED


def _over(acting: Acting, ticket: Ticket, *, published: bool, title: str) -> None:
    """Wherever the draft stands to be read, it says what became of it."""
    for address in acting.uow.messages.standing_in(_slot(ticket)):
        acting.say(
            address,
            "article_over",
            slot=_slot(ticket),
            ticket=ticket,
            rings=False,
            published=published,
            title=title,
            by=acting.person,
        )


def article_id(ticket: Ticket) -> str:
    """`yazici-yazdirmiyor-2026-000123`: one for each ticket, and its file is named so."""
    return f"{ticket.category}-{ticket.number}"


# --- the text ---------------------------------------------------------------------------------------
def _text(work: UseCaseContext, ticket: Ticket, article: str) -> str:
    """In the form of an article's file; people's data is masked."""
    tried = work.desk.article(ticket.tried_article)
    told = [fact for fact in ASKS if fact in ticket.facts]
    steps = [f"{place}. {step}" for place, step in enumerate(_steps(ticket.resolution), start=1)]
    drafted = Article(
        id=article,
        category=ticket.category or "",
        title=work.desk.title(ticket.category),
        symptoms=tuple(_symptoms(work, ticket)),
        asks=tuple(tried.asks if tried else told),
        priority=tried.priority if tried else "normal",
        steps="\n".join(steps),
    )
    return file_of(drafted)


def file_of(article: Article) -> str:
    """As its file has it."""
    lines = [
        "---",
        f"id: {article.id}",
        f"category: {article.category}",
        f"title: {_quoted(article.title)}",
        *(["symptoms:"] if article.symptoms else []),
        *[f"  - {_quoted(symptom)}" for symptom in article.symptoms],
        f"asks: [{', '.join(article.asks)}]",
        f"priority: {article.priority}",
        "---",
        article.steps,
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _symptoms(work: UseCaseContext, ticket: Ticket) -> list[str]:
    """What the reporter wrote, each line once."""
    entries = work.uow.tickets.entries(ticket.id)
    theirs = [e.text for e in entries if e.author == ticket.reporter and e.kind in (EntryKind.REPORT, EntryKind.REPLY)]
    told = [text for text in (ticket.text, *theirs) if not work.desk.is_secret(text)]
    lines = [" ".join(anonymised(line).split()) for text in told for line in text.splitlines()]
    return [line[:MAX_SYMPTOM_LETTERS] for line in dict.fromkeys(lines) if line] or [work.desk.title(ticket.category)]


def _steps(resolution: str) -> list[str]:
    return [line.strip() for line in anonymised(resolution).splitlines() if line.strip()]


# --- reading it -------------------------------------------------------------------------------------
def show(
    work: UseCaseContext, ticket: Ticket, to: str, text: str, *, by: Person | None = None, fresh: bool = True
) -> Trouble | None:
    """The draft with its buttons; what is wrong with it in the place of Yayımla."""
    found = checked(work, article_id(ticket), text)
    trouble = found if isinstance(found, Trouble) else None
    work.say(
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


def checked(work: UseCaseContext, article: str, text: str) -> Article | Trouble:
    """By the loader that reads every article, and it must have steps and an id of its own."""
    try:
        found = parse_article(Path(f"{article}.md"), text, work.desk.catalogue)
    except KnowledgeError as error:
        return _trouble(text, error)
    if not found.steps:
        return Trouble(None, "", "başlığın altında 1., 2. diye adımlar")
    known = work.desk.knowledge.unedited.articles.get(article)
    if known not in (None, found) and not work.desk.article_drafts.is_published(article):
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
