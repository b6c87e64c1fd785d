"""What an edited text may do: what its shipped one does, and no more.

It is compared part by part: what is printed must be printed by the shipped one, too, what is asked about may be
anything that it knows. So an edit tells nobody what the shipped text does not tell, and runs nothing that it does not
run. What the head declares (audience, confidential) is no part of an edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, nodes

from handlers.ports.services import TextProblem

PLAIN_FILTERS = frozenset({"bold", "alarm", "code", "quote", "lower", "capitalize", "length", "join"})
"""Change how something looks, and reach nothing beyond it."""
_PLAIN_NODES: tuple[type[nodes.Node], ...] = (
    nodes.TemplateData, nodes.Output, nodes.Const, nodes.If, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.CondExpr, nodes.Concat, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter,
)  # fmt: skip
_WHOLE: tuple[type[nodes.Node], ...] = (
    nodes.Call, nodes.Assign, nodes.With, nodes.Test, nodes.Slice, nodes.Add, nodes.Sub, nodes.Neg, nodes.Dict,
    nodes.Tuple, nodes.Pair, nodes.Keyword, nodes.Include,
)  # fmt: skip
"""Used as the shipped text uses them, or not at all."""


@dataclass(slots=True)
class _Uses:
    """What a text does."""

    printed: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    filters: set[str] = field(default_factory=set)
    loops: set[str] = field(default_factory=set)
    whole: list[nodes.Node] = field(default_factory=list)


def problem(environment: Environment, source: Callable[[str], str], shipped: str, edited: str) -> TextProblem | None:
    """The first thing that an edit may not do, or None. `source`: of a template that is included."""
    try:
        tree = environment.parse(edited)
    except TemplateSyntaxError as error:
        return TextProblem(error.lineno, "syntax")
    allowed = _Uses()
    for part in [shipped, *_included(environment, source, shipped)]:
        _collect(environment.parse(part), allowed, printing=False)
    return next(_excess(tree, allowed, printing=False), None)


def variables(environment: Environment, source: Callable[[str], str], shipped: str) -> tuple[str, ...]:
    """What an edit may print, as it is written."""
    found = _Uses()
    for part in [shipped, *_included(environment, source, shipped)]:
        _collect(environment.parse(part), found, printing=False)
    return _named(found)


def _included(environment: Environment, source: Callable[[str], str], text: str) -> Iterator[str]:
    for node in environment.parse(text).find_all(nodes.Include):
        if isinstance(node.template, nodes.Const):
            included = source(str(node.template.value))
            yield included
            yield from _included(environment, source, included)


def _path(node: nodes.Node) -> str | None:
    """`ticket.number`, `step[0]`; None for what is no plain name."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            above = _path(node.node)
            return None if above is None else f"{above}.{node.attr}"
        case nodes.Getitem(arg=nodes.Const(value=value)):
            above = _path(node.node)
            return None if above is None else f"{above}[{value!r}]"
        case nodes.Getitem():
            above, inner = _path(node.node), _path(node.arg)
            return None if above is None or inner is None else f"{above}[{inner}]"
        case _:
            return None


def _parts(node: nodes.Node, *, printing: bool) -> Iterator[tuple[nodes.Node, bool]]:
    """What stands in it, and whether that is said to somebody."""
    match node:
        case nodes.Output():
            yield from ((one, True) for one in node.nodes)
        case nodes.If() | nodes.CondExpr():
            yield node.test, False
            rest = [one for one in node.iter_child_nodes() if one is not node.test]
            yield from ((one, printing) for one in rest)
        case nodes.Compare() | nodes.Call():
            yield from ((one, False) for one in node.iter_child_nodes())
        case nodes.Filter():
            if node.node is not None:
                yield node.node, printing
            yield from ((one, False) for one in node.args)
        case _:
            yield from ((one, printing) for one in node.iter_child_nodes())


def _loop(node: nodes.For) -> str:
    return f"{node.target!r} {node.iter!r} {node.test!r}"


def _collect(node: nodes.Node, uses: _Uses, *, printing: bool) -> None:
    path = _path(node)
    if path is not None:
        uses.known.add(path)
        if printing:
            uses.printed.add(path)
        if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
            _collect(node.arg, uses, printing=False)
        return
    if isinstance(node, nodes.Filter):
        uses.filters.add(_filter(node))
    if isinstance(node, nodes.For):
        uses.loops.add(_loop(node))
    if isinstance(node, _WHOLE):
        uses.whole.append(node)
    for part, printed in _parts(node, printing=printing):
        _collect(part, uses, printing=printed)


def _filter(node: nodes.Filter) -> str:
    """With what it is given, where that may name more than it is applied to."""
    return f"{node.name} {node.args!r} {node.kwargs!r}"


def _excess(node: nodes.Node, allowed: _Uses, *, printing: bool) -> Iterator[TextProblem]:
    path = _path(node)
    if path is not None:
        if path not in allowed.known and node.lineno:
            yield TextProblem(node.lineno, "unknown", path, _named(allowed))
        elif printing and path not in allowed.printed:
            yield TextProblem(node.lineno, "not_printed", path, _named(allowed))
        return
    if isinstance(node, _WHOLE):
        if node not in allowed.whole:
            yield TextProblem(node.lineno, "not_done", _said(node))
        return
    if isinstance(node, nodes.For):
        if _loop(node) not in allowed.loops:
            yield TextProblem(node.lineno, "not_done", "for")
            return
    elif isinstance(node, nodes.Filter):
        plain = node.name in PLAIN_FILTERS and all(isinstance(one, nodes.Const) for one in node.args)
        if node.node is None or (_filter(node) not in allowed.filters and not (plain and not node.kwargs)):
            yield TextProblem(node.lineno, "not_done", node.name)
            return
    elif not isinstance(node, (nodes.Template, *_PLAIN_NODES)):
        yield TextProblem(node.lineno, "not_done", type(node).__name__.lower())
        return
    for part, printed in _parts(node, printing=printing):
        yield from _excess(part, allowed, printing=printed)


def _named(uses: _Uses) -> tuple[str, ...]:
    """What may be shown, as somebody would write it; what the desk looks up in its own words is left out."""
    return tuple(sorted(one for one in uses.printed if "[" not in one and not one.startswith("words.")))


def _said(node: nodes.Node) -> str:
    """In the words of who wrote it."""
    match node:
        case nodes.Call():
            return f"{_path(node.node) or ''}(…)"
        case nodes.Include():
            return "include"
        case nodes.Assign():
            return "set"
        case _:
            return type(node).__name__.lower()
