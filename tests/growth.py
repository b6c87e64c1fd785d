"""What runs on people's words, found by walking the modules: every compiled expression and every function of a text.

Shared by the test that all of it comes to an end and by the bench that prints how it grows.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from re import _constants, _parser  # type: ignore[attr-defined] # what an expression looks for stands nowhere else
from types import ModuleType
from typing import Any

from handlers.domain.errors import Invalid

ROOTS = ("knowledge", "handlers", "bot", "storage")
OF_TEXT = ("knowledge", "handlers", "bot.texts", "bot.channels")
"""Where functions of a text are looked for; those of `bot` read files and start programs."""
TEXTS = frozenset({"text", "said", "seen", "typed", "words", "plain", "line", "written", "markdown"})
"""Names of a parameter that takes somebody's words."""
LONG = 4_000
"""Letters: a message that somebody writes at once is no longer."""
RUNS = ("a", "1", "0", " ", "\n", "\t", ".", ",", "-", "_", "'", "@", "/", "A", "ş", "“", ">", "=", "\u00a0", "(", "[")
PAIRS = (
    "a ", "1 ", "a.", "1.", "a-", "1-", ", ", ". ", "a_", "a@", "> ", "\n-", "\n ", " -", "a\n", "1/", "a'", "Aa ",
    "ş ", "05 ", "..", "Ab Ab ", "\r\n", "1:", "[a", "*a", "<a",
)  # fmt: skip
MAX_LITERALS = 10
ENDS = "\x01"
"""Nothing expects it: what runs up to it fails there, and tries again."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Something that reads a text, and texts that are made to hold it up."""

    name: str
    read: Callable[[str], object]
    patterns: tuple[str, ...]
    """Repeated until the text is long."""

    def end(self, pattern: str) -> None:
        """Read the long text: whoever asks waits as long as it takes."""
        self.read(lengthened(pattern, LONG))

    def seconds(self, pattern: str, letters: int) -> float:
        """Of this thread's own time; the best of three."""
        return min(self.once(pattern, letters) for _ in range(3))

    def once(self, pattern: str, letters: int) -> float:
        text = lengthened(pattern, letters)
        began = time.thread_time()
        self.read(text)
        return time.thread_time() - began


def lengthened(pattern: str, letters: int) -> str:
    """`pattern` again and again; of two parts with a NUL between them only the second is repeated."""
    first, parted, again = pattern.partition("\0")
    again = again if parted else first
    begun = first if parted else ""
    return (begun + again * (letters // len(again) + 1))[:letters] + ENDS


def modules() -> Iterator[ModuleType]:
    for root in ROOTS:
        package = importlib.import_module(root)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{root}."):
            if not found.name.endswith("__main__") and ".migrations" not in found.name:
                yield importlib.import_module(found.name)


def expressions() -> list[Reader]:
    found: dict[tuple[str, int], Reader] = {}
    for module in modules():
        for name, value in list(vars(module).items()):
            for compiled in _compiled(value):
                key = (compiled.pattern, compiled.flags)
                if isinstance(compiled.pattern, str) and key not in found:
                    literals = tuple(islice(dict.fromkeys(_literals(compiled)), MAX_LITERALS))
                    begun = [f"{word}\0{run}" for word in literals[:6] for run in (" ", "0", "a")]
                    patterns = (*RUNS, *PAIRS, *(f"{word} " for word in literals), *literals, *begun)
                    found[key] = Reader(
                        f"{module.__name__}.{name} {compiled.pattern[:40]!r}", _searched(compiled), patterns
                    )
    return list(found.values())


def functions() -> list[Reader]:
    """Public ones that need one text and nothing else."""
    found = {}
    for module in modules():
        if not module.__name__.startswith(OF_TEXT):
            continue
        for name, value in list(vars(module).items()):
            if name.startswith("_") or not inspect.isfunction(value) or value.__module__ != module.__name__:
                continue
            needed = [p for p in inspect.signature(value).parameters.values() if p.default is p.empty]
            if len(needed) == 1 and needed[0].name in TEXTS and needed[0].annotation in ("str", str):
                found[f"{module.__name__}.{name}"] = value
    return [Reader(name, _consumed(function), (*RUNS, *PAIRS)) for name, function in found.items()]


def _consumed(function: Callable[[str], Any]) -> Callable[[str], object]:
    def read(text: str) -> object:
        with suppress(Invalid):  # to refuse what it cannot read is an answer too
            result = function(text)
            return list(result) if inspect.isgenerator(result) else result
        return None

    return read


def _searched(compiled: re.Pattern[str]) -> Callable[[str], object]:
    return lambda text: (compiled.fullmatch(text), sum(1 for _ in compiled.finditer(text)))


def _compiled(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict):
        yield from (one for part in (*value.keys(), *value.values()) for one in _compiled(part, depth + 1))
    elif depth < 4 and isinstance(value, (list, tuple, set, frozenset)):
        yield from (one for part in value for one in _compiled(part, depth + 1))
    elif depth < 2 and type(value).__module__.startswith(ROOTS) and hasattr(value, "__dict__"):
        yield from (one for part in vars(value).values() for one in _compiled(part, depth + 1))


def _literals(compiled: re.Pattern[str]) -> Iterator[str]:
    """The words that it looks for."""

    def within(tree: Any) -> Iterator[str]:
        run = ""
        for what, about in tree:
            if what is _constants.LITERAL:
                run += chr(about)
                continue
            if run:
                yield run
                run = ""
            if what is _constants.BRANCH:
                for branch in about[1]:
                    yield from within(branch)
            elif what is _constants.SUBPATTERN:
                yield from within(about[3])
            elif what in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
                yield from within(about[2])
            elif what in (_constants.ASSERT, _constants.ASSERT_NOT):
                yield from within(about[1])
        if run:
            yield run

    return within(_parser.parse(compiled.pattern, compiled.flags))
