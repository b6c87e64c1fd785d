"""Every term of the desk has a Turkish word, and one word means one thing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import pytest

from handlers import terms
from handlers.chat.commands import COMMANDS
from handlers.domain.people import Role
from handlers.domain.states import ACTIVE, WAITS, Change, Priority, State
from handlers.tickets.cards import _SHOWN_FACTS
from tests.scenarios.stage import shared_desk


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (State, terms.STATES),
        (State, terms.STATE_MARKS),
        (Priority, terms.PRIORITIES),
        (Role, terms.ROLES),
        (Change, terms.CHANGES),
        (WAITS | {State.OPEN}, terms.WAITED_FOR),
    ],
)
def test_every_term_has_a_word_and_no_word_is_left_over(known: type[StrEnum], said: Mapping[str, str]) -> None:
    assert set(said) == set(known)
    assert all(word.strip() == word and word for word in said.values())


@pytest.mark.parametrize("said", [terms.STATES, terms.PRIORITIES, terms.ROLES, terms.CHANGES, terms.FACTS])
def test_one_word_means_one_thing(said: Mapping[str, str]) -> None:
    assert len(set(said.values())) == len(said)


def test_what_an_article_asks_for_can_be_asked_and_shown() -> None:
    asked = {fact for article in shared_desk().knowledge.articles.values() for fact in article.asks}
    assert asked <= set(terms.FACT_QUESTIONS)
    assert set(terms.FACT_QUESTIONS) | set(_SHOWN_FACTS) <= set(terms.FACTS)


def test_every_wait_is_active_and_every_active_state_differs_from_an_ended_one_by_word() -> None:
    assert WAITS < ACTIVE
    assert not {terms.STATES[s] for s in ACTIVE} & {terms.STATES[s] for s in set(State) - ACTIVE}


def test_every_subject_has_an_emblem() -> None:
    assert all(terms.emblem(category) for category in [None, *shared_desk().catalogue.categories])


def test_every_command_says_what_it_does() -> None:
    assert all(command.help and command.help[0].islower() for command in COMMANDS.values())
