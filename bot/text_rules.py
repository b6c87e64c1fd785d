"""What an edited text may do: what its shipped one does, and no more.

It is compared part by part: what is printed must be printed by the shipped one, too, under the same conditions or more
of them; what is asked about may be anything that it knows. So an edit tells nobody what the shipped text does not tell,
and runs nothing that it does not run. What the head declares (audience, confidential) is no part of an edit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from jinja2 import Environment, TemplateSyntaxError, nodes

from handlers.ports.services import TextProblem

PLAIN_FILTERS = frozenset({"bold", "alarm", "code", "quote", "lower", "capitalize", "length", "join", "clock", "day"})
"""Change how something looks, and reach nothing beyond it, as long as they are given one constant at most: `join` takes
an attribute, too. Any other is used as the shipped text uses it, on what it uses it."""
_PLAIN_NODES: tuple[type[nodes.Node], ...] = (
    nodes.TemplateData, nodes.Output, nodes.Const, nodes.If, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.CondExpr, nodes.Concat, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter,
)  # fmt: skip
_WHOLE: tuple[type[nodes.Node], ...] = (
    nodes.Call, nodes.Assign, nodes.With, nodes.Test, nodes.Slice, nodes.Add, nodes.Sub, nodes.Neg, nodes.Dict,
    nodes.Tuple, nodes.Pair, nodes.Keyword, nodes.Include,
)  # fmt: skip
"""Used as the shipped text uses them, or not at all."""
_PAIRS = {"eq": "ne", "in": "notin", "lt": "gteq", "gt": "lteq"}
_OPPOSITES = {**_PAIRS, **{no: yes for yes, no in _PAIRS.items()}}

Conditions = frozenset[str]
Kept = list[Conditions]
"""The conditions around each place where the shipped text does something."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something stands in a text."""

    printing: bool = False
    """Whether it is said to somebody."""
    conditions: Conditions = frozenset()
    loops: tuple[str, ...] = ()
    """Around it, the outermost first."""

    def asked(self) -> _Place:
        return replace(self, printing=False)

    def under(self, conditions: Conditions) -> _Place:
        return replace(self, conditions=self.conditions | conditions)


@dataclass(slots=True)
class _Uses:
    """What a text does."""

    printed: dict[str, Kept] = field(default_factory=lambda: defaultdict(list))
    known: set[str] = field(default_factory=set)
    loops: dict[tuple[str, ...], Kept] = field(default_factory=lambda: defaultdict(list))
    """Each with those around it."""
    whole: list[tuple[nodes.Node, _Place]] = field(default_factory=list)


def problem(environment: Environment, source: Callable[[str], str], shipped: str, edited: str) -> TextProblem | None:
    """The first thing that an edit may not do, or None. `source`: of a template that is included."""
    try:
        tree = environment.parse(edited)
    except TemplateSyntaxError as error:
        return TextProblem(error.lineno, "syntax")
    return next(_excess(tree, _uses(environment, source, shipped), _Place()), None)


def variables(environment: Environment, source: Callable[[str], str], shipped: str) -> tuple[str, ...]:
    """What an edit may print, as it is written."""
    return _named(_uses(environment, source, shipped))


def _uses(environment: Environment, source: Callable[[str], str], shipped: str) -> _Uses:
    found = _Uses()

    def collect(node: nodes.Node, place: _Place) -> None:
        _note(node, place, found)
        for part, there in _parts(node, place):
            collect(part, there)
        if isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const):
            collect(environment.parse(source(str(node.template.value))), place)

    collect(environment.parse(shipped), _Place())
    return found


def _note(node: nodes.Node, place: _Place, uses: _Uses) -> None:
    path = _path(node)
    if path is not None:
        uses.known.add(path)
        if place.printing:
            uses.printed[path].append(place.conditions)
    elif isinstance(node, nodes.For):
        uses.loops[*place.loops, _loop(node)].append(place.conditions)
    elif isinstance(node, _WHOLE) or (isinstance(node, nodes.Filter) and not _is_plain(node)):
        uses.whole.append((node, place))


def _path(node: nodes.Node | None) -> str | None:
    """`ticket.number`, `step[0]`, and how many there are: `steps|length`; None for what is no plain name."""
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
        case nodes.Filter(name="length", args=[], kwargs=[]):
            above = _path(node.node)
            return None if above is None else f"{above}|length"
        case _:
            return None


def _parts(node: nodes.Node, place: _Place) -> Iterator[tuple[nodes.Node, _Place]]:
    """What stands in it, and where that is."""
    if _path(node) is not None:
        if isinstance(node, nodes.Filter) and node.node is not None:
            yield node.node, place.asked()
        if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
            yield node.arg, place.asked()
        return
    match node:
        case nodes.Output():
            yield from ((one, replace(place, printing=True)) for one in node.nodes)
        case nodes.If():
            yield from _branches(node, place)
        case nodes.CondExpr():
            yield node.test, place.asked()
            yield node.expr1, place.under(_conditions(node.test))
            if node.expr2 is not None:
                yield node.expr2, place.under(_conditions(node.test, holds=False))
        case nodes.And():
            yield node.left, place
            yield node.right, place.under(_conditions(node.left))
        case nodes.For():
            yield from ((one, place.asked()) for one in (node.target, node.iter, node.test) if one is not None)
            key = _loop(node)
            inside = replace(place.under(frozenset({key})), loops=(*place.loops, key))
            yield from ((one, inside) for one in node.body)
            yield from ((one, place.under(frozenset({f"not {key}"}))) for one in node.else_)
        case nodes.Compare() | nodes.Call() | nodes.BinExpr() | nodes.Neg() if not isinstance(node, nodes.Or):
            yield from ((one, place.asked()) for one in node.iter_child_nodes())
        case nodes.Filter():
            if node.node is not None:
                yield node.node, place if _is_plain(node) else place.asked()
            yield from ((one, place.asked()) for one in node.args)
        case _:
            yield from ((one, place) for one in node.iter_child_nodes())


def _branches(node: nodes.If, place: _Place) -> Iterator[tuple[nodes.Node, _Place]]:
    here = place
    for branch in (node, *node.elif_):
        yield branch.test, here.asked()
        inside = here.under(_conditions(branch.test))
        yield from ((one, inside) for one in branch.body)
        here = here.under(_conditions(branch.test, holds=False))
    yield from ((one, here) for one in node.else_)


def _conditions(test: nodes.Node, *, holds: bool = True) -> Conditions:
    """Each for itself: those of `a and b` are two."""
    match test:
        case nodes.Not():
            return _conditions(test.node, holds=not holds)
        case nodes.And() if holds:
            return _conditions(test.left) | _conditions(test.right)
        case nodes.Or() if not holds:
            return _conditions(test.left, holds=False) | _conditions(test.right, holds=False)
        case nodes.Compare(ops=[nodes.Operand() as asked]) if not holds:
            opposite = nodes.Operand(_OPPOSITES[asked.op], asked.expr)
            return frozenset({repr(nodes.Compare(test.expr, [opposite]))})
        case _:
            return frozenset({repr(test) if holds else f"not {test!r}"})


def _loop(node: nodes.For) -> str:
    return f"{node.target!r} {node.iter!r} {node.test!r}"


def _is_plain(node: nodes.Filter) -> bool:
    return (
        node.node is not None
        and node.name in PLAIN_FILTERS
        and len(node.args) <= 1
        and all(isinstance(one, nodes.Const) for one in node.args)
        and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    )


def _excess(node: nodes.Node, allowed: _Uses, place: _Place) -> Iterator[TextProblem]:
    path = _path(node)
    if path is not None:
        yield from _excess_of_path(node, path, allowed, place)
        return
    if isinstance(node, _WHOLE) or (isinstance(node, nodes.Filter) and not _is_plain(node)):
        yield from _excess_of_whole(node, allowed, place)
        return
    if isinstance(node, nodes.For):
        known = allowed.loops.get((*place.loops, _loop(node)))
        if known is None:
            yield TextProblem(node.lineno, "not_done", "for")
            return
        if not _is_kept(known, place):
            yield TextProblem(node.lineno, "kept_back", "for")
            return
    elif not isinstance(node, (nodes.Template, *_PLAIN_NODES)):
        yield TextProblem(node.lineno, "not_done", type(node).__name__.lower())
        return
    for part, there in _parts(node, place):
        yield from _excess(part, allowed, there)


def _excess_of_path(node: nodes.Node, path: str, allowed: _Uses, place: _Place) -> Iterator[TextProblem]:
    known = path.removesuffix("|length")
    if path not in allowed.known and known not in allowed.known and node.lineno:
        yield TextProblem(node.lineno, "unknown", known, _named(allowed))
    elif place.printing:
        shipped = [*allowed.printed.get(path, ()), *allowed.printed.get(known, ())]
        if not shipped:
            yield TextProblem(node.lineno, "not_printed", path, _named(allowed))
        elif not _is_kept(shipped, place):
            yield TextProblem(node.lineno, "kept_back", path)


def _excess_of_whole(node: nodes.Node, allowed: _Uses, place: _Place) -> Iterator[TextProblem]:
    known = [there for one, there in allowed.whole if one == node]
    says = place.printing or isinstance(node, (nodes.Assign, nodes.With, nodes.Include))
    fit = [there for there in known if there.printing or not place.printing]
    if not fit:
        yield TextProblem(node.lineno, "not_done", _said(node))
    elif says and not _is_kept([there.conditions for there in fit], place):
        yield TextProblem(node.lineno, "kept_back", _said(node))


def _is_kept(shipped: Sequence[Conditions], place: _Place) -> bool:
    """Whether the edit does it only where the shipped text does, at one of its places at least."""
    return any(conditions <= place.conditions for conditions in shipped)


def _named(uses: _Uses) -> tuple[str, ...]:
    """What may be shown, as somebody would write it; what the desk looks up in its own words is left out."""
    return tuple(sorted(one for one in uses.printed if "[" not in one and not one.startswith("words.")))


def _said(node: nodes.Node) -> str:
    """In the words of who wrote it."""
    match node:
        case nodes.Call():
            return f"{_path(node.node) or ''}(…)"
        case nodes.Filter():
            return node.name
        case nodes.Include():
            return "include"
        case nodes.Assign():
            return "set"
        case _:
            return type(node).__name__.lower()
