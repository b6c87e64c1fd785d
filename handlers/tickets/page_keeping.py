"""What a page asks to be changed of what the house keeps for its work: articles, texts, hazır yanıtlar, lists, systems.

Tried before it is handed in and done in its event's transaction, by the use cases of the chat's commands, under the
same rights (decision 0060).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.context import Acting, Effect
from handlers.domain.canned_replies import CannedReply
from handlers.domain.checklists import Checklist, Item, read_items
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.house_texts import EditedMeanwhile, TextKind
from handlers.domain.idempotency import asked_by_page
from handlers.domain.keys import key_from
from handlers.domain.page_changes import Outcome
from handlers.domain.rights import Action, require
from handlers.domain.systems import System
from handlers.tickets import (
    article_edits,
    canned_replies,
    checklists,
    own_articles,
    systems,
    template_edits,
    text_edits,
)
from knowledge import Article
from knowledge.language.folding import folded

Given = Mapping[str, str]


class KeepingAction(StrEnum):
    EDIT_ARTICLE = "edit_article"
    PUT_BACK_ARTICLE = "put_back_article"
    WRITE_ARTICLE = "write_article"
    WITHDRAW_ARTICLE = "withdraw_article"
    BRING_BACK_ARTICLE = "bring_back_article"
    EDIT_TEXT = "edit_text"
    PUT_BACK_TEXT = "put_back_text"
    WRITE_REPLY = "write_reply"
    WITHDRAW_REPLY = "withdraw_reply"
    WRITE_LIST = "write_list"
    DROP_LIST = "drop_list"
    TAKE_BACK_LIST = "take_back_list"
    ADD_SYSTEM = "add_system"
    CHANGE_SYSTEM = "change_system"
    DROP_SYSTEM = "drop_system"
    BRING_BACK_SYSTEM = "bring_back_system"


@dataclass(frozen=True, slots=True)
class AskedKeeping:
    action: KeepingAction
    given: Given
    """The fields of the form, as typed."""


def try_out(acting: Acting, asked: AskedKeeping) -> None:
    """Whether it could be done now; nothing is changed. Raises NotAllowed, Invalid, NotFound, EditedMeanwhile."""
    _TRIES[asked.action](acting, asked.given)


def carry_out(acting: Acting, asked: AskedKeeping) -> Outcome:
    """Whatever comes of it is marked. Refusals do not leave: the page tells them."""
    try:
        try_out(acting, asked)
        done = _DOES[asked.action](acting, asked.given)
        outcome = Outcome.NONE if done is Effect.NONE else Outcome.DONE
    except EditedMeanwhile:
        outcome = Outcome.STALE
    except (NotFound, NotAllowed, Invalid):
        outcome = Outcome.REFUSED
    acting.uow.once.first(asked_by_page(acting.event_key, outcome), acting.now)
    return outcome


def undo_of(acting: Acting, asked: AskedKeeping) -> Given:
    """What takes it back, asked before it is done: an action with its fields; empty where nothing does."""
    undoes = _UNDOES.get(asked.action)
    return {} if undoes is None else undoes(acting, asked.given)


# --- what is meant ----------------------------------------------------------------------------------
def article_of(acting: Acting, given: Given) -> Article:
    """As it was typed: `id`, `title`, `symptoms` (a line each), `steps`. Raises NotFound, Invalid."""
    return article_edits.drafted(
        acting, given.get("id", ""), given.get("title", ""), given.get("symptoms", ""), given.get("steps", "")
    )


def new_article_of(acting: Acting, given: Given) -> Article:
    """The same of one that is new, with its `category`. Raises Invalid."""
    return own_articles.drafted(
        acting, given.get("category", ""), given.get("title", ""), given.get("symptoms", ""), given.get("steps", "")
    )


def number_in(given: Given, name: str) -> int:
    """Raises NotFound for what is no number."""
    typed = given.get(name, "")
    number = 0 if typed == "0" else key_from(typed)
    if number is None:
        raise NotFound(name, typed)
    return number


def _try_article(acting: Acting, given: Given) -> None:
    edited = article_of(acting, given)
    article_edits.require_may_edit(acting, edited)
    text_edits.require_seen(acting, TextKind.ARTICLE, edited.id, number_in(given, "seen"))


def _try_old_article(acting: Acting, given: Given) -> None:
    file = article_edits.shipped(acting, given.get("id", ""))
    article_edits.require_may_edit(acting, file)
    article_edits.require_fit(acting, file, number_in(given, "version"))


def _undo_article(acting: Acting, given: Given) -> Given:
    newest = text_edits.newest(acting, TextKind.ARTICLE, given.get("id", ""))
    version = newest.version if newest is not None and newest.body else 0
    return {"action": KeepingAction.PUT_BACK_ARTICLE, "version": str(version)}


def _undo_withdrawn_article(_: Acting, given: Given) -> Given:
    return {"action": KeepingAction.BRING_BACK_ARTICLE, "id": given.get("id", "")}


# --- metinler ---------------------------------------------------------------------------------------
def _try_text(acting: Acting, given: Given) -> None:
    template_edits.require_keeper(acting)
    template_edits.require_fit(acting, given.get("name", ""), given.get("body", ""))
    text_edits.require_seen(acting, TextKind.MESSAGE, given.get("name", ""), number_in(given, "seen"))


def _try_old_text(acting: Acting, given: Given) -> None:
    template_edits.require_keeper(acting)
    template_edits.old_body(acting, given.get("name", ""), number_in(given, "version"))


def _undo_text(acting: Acting, given: Given) -> Given:
    newest = text_edits.newest(acting, TextKind.MESSAGE, given.get("name", ""))
    version = newest.version if newest is not None and newest.body else 0
    return {"action": KeepingAction.PUT_BACK_TEXT, "version": str(version)}


# --- hazır yanıtlar ---------------------------------------------------------------------------------
def _reply_in(given: Given) -> tuple[str, str]:
    return folded(given.get("name", "").strip()), given.get("text", "").strip()


def _reply(acting: Acting, given: Given) -> CannedReply:
    unit = canned_replies.unit_kept(acting)
    return canned_replies.named(acting, unit, _reply_in(given)[0])


def _undo_reply(acting: Acting, given: Given) -> Given:
    known = canned_replies.require_writable(acting, *_reply_in(given))
    if known is None:
        return {"action": KeepingAction.WITHDRAW_REPLY, "name": _reply_in(given)[0]}
    return {"action": KeepingAction.WRITE_REPLY, "name": known.name, "text": known.text}


def _undo_withdrawn_reply(acting: Acting, given: Given) -> Given:
    known = _reply(acting, given)
    return {"action": KeepingAction.WRITE_REPLY, "name": known.name, "text": known.text}


# --- kontrol listeleri ------------------------------------------------------------------------------
def _list_in(given: Given) -> tuple[str, str, Sequence[Item], str | None]:
    """`name`, `title`, `items` (a line each, `!` before what is required), `category`. Raises Invalid."""
    items = read_items(given.get("items", "").splitlines())
    return folded(given.get("name", "").strip()), given.get("title", "").strip(), items, given.get("category") or None


def _name_of_list(given: Given) -> str:
    return folded(given.get("name", "").strip())


def _own_list(acting: Acting, given: Given) -> Checklist:
    """Raises NotAllowed, NotFound where the unit wrote none of that name."""
    require(acting.person, Action.KEEP_CHECKLISTS)
    unit, name = acting.person.unit, _name_of_list(given)
    found = None if unit is None else checklists.standing_version(acting, unit, name)
    if found is None:
        raise NotFound("checklist", name)
    return found


def _undo_list(_: Acting, given: Given) -> Given:
    return {"action": KeepingAction.TAKE_BACK_LIST, "name": _name_of_list(given)}


# --- sistemler --------------------------------------------------------------------------------------
def _categories_in(acting: Acting, given: Given) -> Sequence[str]:
    """`k_CATEGORY` for each that is ticked, in the order of the catalogue."""
    return [one for one in acting.desk.catalogue.categories if given.get(f"k_{one}")]


def _system(acting: Acting, given: Given) -> System:
    """Also one that was dropped. Raises NotFound."""
    found = systems.find(acting, given.get("id", ""))
    if found is None:
        raise NotFound("system", given.get("id", ""))
    return found


def _try_bring_back(acting: Acting, given: Given) -> None:
    require(acting.person, Action.KEEP_SYSTEMS)
    _system(acting, given)


def _undo_system(acting: Acting, given: Given) -> Given:
    before = _system(acting, given)
    ticked = {f"k_{one}": "1" for one in before.categories}
    return {"action": KeepingAction.CHANGE_SYSTEM, "id": before.id, "title": before.title, **ticked}


def _undo_added_system(_: Acting, given: Given) -> Given:
    return {"action": KeepingAction.DROP_SYSTEM, "id": systems.key_of(given.get("title", ""))}


def _undo_dropped_system(_: Acting, given: Given) -> Given:
    return {"action": KeepingAction.BRING_BACK_SYSTEM, "id": given.get("id", "")}


_K = KeepingAction
_TRIES: Mapping[KeepingAction, Callable[[Acting, Given], object]] = {
    _K.EDIT_ARTICLE: _try_article,
    _K.PUT_BACK_ARTICLE: _try_old_article,
    _K.WRITE_ARTICLE: lambda acting, given: article_edits.require_may_edit(acting, new_article_of(acting, given)),
    _K.WITHDRAW_ARTICLE: lambda acting, given: own_articles.require_withdrawable(acting, given.get("id", "")),
    _K.BRING_BACK_ARTICLE: lambda acting, given: own_articles.require_withdrawn(acting, given.get("id", "")),
    _K.EDIT_TEXT: _try_text,
    _K.PUT_BACK_TEXT: _try_old_text,
    _K.WRITE_REPLY: lambda acting, given: canned_replies.require_writable(acting, *_reply_in(given)),
    _K.WITHDRAW_REPLY: _reply,
    _K.WRITE_LIST: lambda acting, given: checklists.require_writable(acting, *_list_in(given)),
    _K.DROP_LIST: lambda acting, given: checklists.require_writable(acting, _name_of_list(given), "", ()),
    _K.TAKE_BACK_LIST: _own_list,
    _K.ADD_SYSTEM: lambda acting, given: systems.require_addable(
        acting, given.get("title", ""), _categories_in(acting, given)
    ),
    _K.CHANGE_SYSTEM: lambda acting, given: systems.require_changeable(
        acting, _system(acting, given), given.get("title", ""), _categories_in(acting, given)
    ),
    _K.DROP_SYSTEM: lambda acting, given: systems.require_droppable(acting, _system(acting, given)),
    _K.BRING_BACK_SYSTEM: _try_bring_back,
}
_DOES: Mapping[KeepingAction, Callable[[Acting, Given], object]] = {
    _K.EDIT_ARTICLE: lambda acting, given: article_edits.edit(
        acting, article_of(acting, given), number_in(given, "seen")
    ),
    _K.PUT_BACK_ARTICLE: lambda acting, given: article_edits.go_back(
        acting, given.get("id", ""), number_in(given, "version")
    ),
    _K.WRITE_ARTICLE: lambda acting, given: own_articles.write(acting, new_article_of(acting, given)),
    _K.WITHDRAW_ARTICLE: lambda acting, given: own_articles.withdraw(acting, given.get("id", "")),
    _K.BRING_BACK_ARTICLE: lambda acting, given: own_articles.bring_back(acting, given.get("id", "")),
    _K.EDIT_TEXT: lambda acting, given: template_edits.edit(
        acting, given.get("name", ""), given.get("body", ""), number_in(given, "seen")
    ),
    _K.PUT_BACK_TEXT: lambda acting, given: template_edits.go_back(
        acting, given.get("name", ""), number_in(given, "version")
    ),
    _K.WRITE_REPLY: lambda acting, given: canned_replies.write(acting, *_reply_in(given)),
    _K.WITHDRAW_REPLY: lambda acting, given: canned_replies.withdraw(acting, _reply(acting, given)),
    _K.WRITE_LIST: lambda acting, given: checklists.write(acting, *_list_in(given)),
    _K.DROP_LIST: lambda acting, given: checklists.write(acting, _name_of_list(given), "", ()),
    _K.TAKE_BACK_LIST: lambda acting, given: checklists.take_back(acting, _own_list(acting, given)),
    _K.ADD_SYSTEM: lambda acting, given: systems.add(acting, given.get("title", ""), _categories_in(acting, given)),
    _K.CHANGE_SYSTEM: lambda acting, given: systems.change(
        acting, _system(acting, given), given.get("title", ""), _categories_in(acting, given)
    ),
    _K.DROP_SYSTEM: lambda acting, given: systems.drop(acting, _system(acting, given)),
    _K.BRING_BACK_SYSTEM: lambda acting, given: systems.bring_back(acting, given.get("id", "")),
}
_UNDOES: Mapping[KeepingAction, Callable[[Acting, Given], Given]] = {
    _K.EDIT_ARTICLE: _undo_article,
    _K.PUT_BACK_ARTICLE: _undo_article,
    _K.WITHDRAW_ARTICLE: _undo_withdrawn_article,
    _K.EDIT_TEXT: _undo_text,
    _K.PUT_BACK_TEXT: _undo_text,
    _K.WRITE_REPLY: _undo_reply,
    _K.WITHDRAW_REPLY: _undo_withdrawn_reply,
    _K.WRITE_LIST: _undo_list,
    _K.DROP_LIST: _undo_list,
    _K.ADD_SYSTEM: _undo_added_system,
    _K.CHANGE_SYSTEM: _undo_system,
    _K.DROP_SYSTEM: _undo_dropped_system,
}
