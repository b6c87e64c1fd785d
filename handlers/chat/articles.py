"""`/makale` and the buttons under a draft."""

from __future__ import annotations

from handlers.chat import prompts, ticket_view
from handlers.chat.turn import Turn
from handlers.context import Effect
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid
from handlers.domain.rights import Action, may
from handlers.domain.ticket import Ticket
from handlers.messages import Button, PostedMessage
from handlers.tickets import articles, numbers


def draft_command(turn: Turn, words: str, answered: PostedMessage | None) -> None:
    """`/makale 123`, or `/makale` as a reply to a message about a ticket."""
    ticket = _target(turn, words, answered)
    drafted = articles.draft(turn, ticket)
    if may(turn.person, Action.PUBLISH_ARTICLE, ticket):
        articles.show(turn, ticket, turn.address, drafted.text)
    else:
        turn.say(turn.address, "article_sent", ticket=ticket, leads=drafted.leads, rings=False)


def _target(turn: Turn, words: str, answered: PostedMessage | None) -> Ticket:
    number = ticket_view.named(words)
    if number is not None:
        return numbers.find(turn, number, Action.DRAFT_ARTICLE)
    if answered is not None and answered.ticket is not None:
        return turn.uow.tickets.get(answered.ticket)
    raise Invalid("article_needs_number")


def publish(turn: Turn, ticket: Ticket) -> None:
    """Yayımla. A second press changes nothing."""
    text = articles.read_draft(turn, ticket)
    if text is None:
        return
    if isinstance(articles.publish(turn, ticket), articles.Trouble):
        articles.show(turn, ticket, turn.address, text)
    else:
        _edited_no_more(turn)


def drop(turn: Turn, ticket: Ticket) -> None:
    """Vazgeç."""
    if articles.drop(turn, ticket) is Effect.CHANGED:
        _edited_no_more(turn)


def _edited_no_more(turn: Turn) -> None:
    if turn.dialog.expects is not None and turn.dialog.expects.kind is Expect.ARTICLE:
        prompts.cancel_prompt(turn)


def edit(turn: Turn, ticket: Ticket) -> None:
    """Düzenle: the whole text, corrected, is what this person writes next here."""
    if articles.read_draft(turn, ticket) is None:
        return
    prompts.cancel_prompt(turn)
    asked = f"article-edit:{ticket.id}"
    turn.dialog.expects = Expectation(kind=Expect.ARTICLE, ticket=ticket.id, asked=asked)
    skip = Button("Düzenlemekten vazgeç", f"prompt_skip:{ticket.id}")
    turn.say(turn.address, "article_edit", buttons=[skip], slot=asked, fresh=True, ticket=ticket)


def edited(turn: Turn, ticket: Ticket, text: str) -> None:
    """While something is wrong with it the next line is another try."""
    kept = articles.revise(turn, ticket, text)
    if articles.show(turn, ticket, turn.address, kept) is None:
        prompts.cancel_prompt(turn)
