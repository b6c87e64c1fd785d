"""The Turkish texts: each is there, is used, can be said, and says nothing for whoever fills it in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, UndefinedError, meta

from bot.samples import values
from bot.samples.typed import Typed
from bot.texts import TEMPLATES
from handlers.domain.people import Person
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.messages import plain, render
from handlers.terms import FACT_QUESTIONS
from tests.handlers.domain.builders import person, ticket
from tests.scenarios.stage import shared_desk

ROOT = Path(__file__).parents[2]
NAMES = sorted(str(path.relative_to(TEMPLATES).with_suffix("")) for path in TEMPLATES.rglob("*.txt"))
SAYS = {"say": 1, "render": 0, "reporter": 2, "tell": 2, "tell_workers": 2, "ask": 3, "_cards": 1}
"""What says a template → at which place its name stands."""


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            yield name, node


def _literals(node: ast.AST) -> set[str]:
    """The strings that an expression can be: `"a" if x else "b"` is either."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp():
            return _literals(node.body) | _literals(node.orelse)
        case _:
            return set()


def _said(path: Path) -> set[str]:
    said: set[str] = set()
    for name, call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
        if name in SAYS and len(call.args) > SAYS[name]:
            said |= _literals(call.args[SAYS[name]])
        if name in ("Invalid", "RefusedFile"):
            reasons = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "reason")]
            said |= {f"errors/{text}" for node in reasons for text in _literals(node)}
    return said


def _strings(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def test_every_template_that_the_handlers_name_is_there() -> None:
    named = set().union(*(_said(path) for path in _sources("handlers")))
    assert len(named) > 80, "the names were not found in the code"
    assert named <= set(NAMES)


def test_every_template_is_used() -> None:
    known = set().union(*(_strings(path) for path in _sources("handlers", "bot")))
    included = {
        name.removesuffix(".txt")
        for path in TEMPLATES.rglob("*.txt")
        for name in re.findall(r'{% include "([^"]+)" %}', path.read_text(encoding="utf-8"))
    }
    assert {name for name in NAMES if not {name, name.removeprefix("errors/")} & (known | included)} == set()


def test_no_line_runs_into_the_next() -> None:
    """The line end behind a tag is Jinja's: a line of text that ends in one needs an empty line after it, or the next
    is glued to it. A space before the tag says that it is meant."""
    glued = [
        f"{name}: {line}"
        for name in NAMES
        for line, following in pairwise((TEMPLATES / f"{name}.txt").read_text(encoding="utf-8").splitlines())
        if re.search(r"\S\s*(\{%[^%]*%\})+$", line)
        and re.sub(r"\{%.*?%\}", "", line).strip()
        and not re.search(r" \{% end(if|for) %\}$", line)
        and not re.fullmatch(r"\s*(\{% (endif|else|elif .*|endfor) %\})?", following)
    ]
    assert glued == []


# --- every template, filled in ------------------------------------------------------------------------
def filled_in(name: str, word: str, **changes: Any) -> str:
    """`word`: whatever people type."""
    desk = shared_desk()
    return desk.texts.render(name, **{**values(name, desk, Typed.everywhere(word)), **changes})


def _spans(marked: str) -> list[str]:
    marks: list[str] = []
    render(marked, lambda mark, _argument, _body: marks.append(mark) or "", lambda bare: bare)
    return marks


@pytest.fixture(scope="module")
def undeclared() -> dict[str, set[str]]:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=False)  # only parsed
    environment.filters.update(
        dict.fromkeys(("alarm", "bold", "code", "quote", "link", "steps", "hits", "clock", "day"), str)
    )
    globals_ = {"words", "emblem", "ago", "institution", "timedelta"}
    trees = {name: environment.parse((TEMPLATES / f"{name}.txt").read_text(encoding="utf-8")) for name in NAMES}
    return {name: meta.find_undeclared_variables(tree) - globals_ for name, tree in trees.items()}


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_said(name: str, undeclared: dict[str, set[str]]) -> None:
    assert undeclared[name] <= set(values(name, shared_desk())), "a sample is missing"
    said = plain(filled_in(name, "3. kat"))
    assert said
    for trace in ("None", "Undefined", "{{", "}}", "{%", "<", "State.", "Role."):
        assert trace not in said
    assert "  " not in said.replace("   📷", ""), "two blanks: something is missing between them"
    assert "\n\n\n\n" not in said


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_somebody_types_becomes_a_span_or_a_template(name: str) -> None:
    spans = _spans(filled_in(name, "3. kat"))
    for typed in ("\ue000koyu\ue00e", "\ue00e\ue002x\ue00fy", "{{ 7*7 }} {0.__class__} {% raw %}"):
        said = filled_in(name, typed)
        assert _spans(said) == spans, typed
        assert "49" not in plain(said), typed
        assert "__class__" not in plain(said).replace("{0.__class__}", ""), typed


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("who", ["card", "ticket"])
def test_a_ticket_can_be_shown_in_every_state(who: str, state: State) -> None:
    it = ticket(state, resolution="Toner değişti" if state is State.RESOLVED else "")
    said = plain(filled_in(who, "3. kat", ticket=it, holder=None if state is State.OPEN else person(), known=[]))
    assert it.number in said
    if who == "card":
        assert len(said.splitlines()) <= 6


def test_a_person_of_whom_nothing_is_known_can_be_spoken_of() -> None:
    stranger = Person(handle="web-a1b2c3")
    everybody = dict.fromkeys(("person", "reporter", "author", "holder", "resolver"), stranger)
    for name in ("card", "ticket", "bystander", "greeting", "notice", "my_data", "work_reply", "joined"):
        assert plain(filled_in(name, "3. kat", **everybody))


def test_every_fact_can_be_asked_for() -> None:
    for question in FACT_QUESTIONS.values():
        assert question in plain(filled_in("fact", "3. kat", question=question))


def test_a_missing_value_is_an_error_and_never_an_empty_place() -> None:
    with pytest.raises(UndefinedError):
        shared_desk().texts.render("opened", ticket=Ticket)
