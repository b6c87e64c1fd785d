"""The Turkish texts: Jinja2 templates rendered to marked text (see handlers.messages)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader, StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot import text_rules
from handlers import device_terms, document_terms, inflections, spoken_time, term_words, terms
from handlers.context import Desk
from handlers.domain.audience import Audience
from handlers.messages import ALARM, BOLD, CODE, END, FOLD, LINK, QUOTE, SEP, TIME, unmarked
from handlers.ports.services import TextProblem, Unsayable
from handlers.queries.search import Part

log = structlog.get_logger(__name__)
TEMPLATES = Path(__file__).parent / "templates"
_WORDS = SimpleNamespace(
    **{
        name: it
        for room in (terms, inflections, spoken_time, device_terms, document_terms, term_words)
        for name, it in vars(room).items()
        if not name.startswith("_")
    }
)
"""What templates call `words`: each term, and times as people say them."""
_HEAD = re.compile(r"(?:\{% set (?:confidential|audience) = [^%\n]*%\}\n)*")
"""Before whom it may be said: no part of what is edited."""
MAX_SAID_LETTERS = 100_000
"""Of a text in which something is edited: so long none of ours is."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters and those that turn the direction of a line: a name could hide behind them."""


class TooLong(Exception):
    """More than anybody reads."""


class Marked(str):
    """Text that a filter has already put into a span; anything else is cleaned before it is shown."""

    __slots__ = ()


def cleaned(text: str) -> str:
    """Somebody's words without span marks, control characters and direction overrides."""
    return _UNSEEN.sub("", unmarked(text))


def _finalize(value: Any) -> Any:
    return value if isinstance(value, Marked) else cleaned(str(value))


def bold(text: object) -> Marked:
    return Marked(f"{BOLD}{cleaned(str(text))}{END}")


def alarm(text: object) -> Marked:
    """What must be seen first: "ACİL"."""
    return Marked(f"{ALARM}🚨 {cleaned(str(text))}{END}")


def code(text: object) -> Marked:
    return Marked(f"{CODE}{cleaned(str(text))}{END}")


def quote(text: object, length: int = 240) -> Marked:
    """Somebody's words in one line, between “ and ”, cut at a word; nothing where they said nothing."""
    line = " ".join(cleaned(str(text)).split())
    if not line:
        return Marked("")
    if len(line) > length:
        line = line[:length].rsplit(" ", 1)[0] + " …"
    return Marked(f"{QUOTE}“{line}”{END}")


def hits(parts: Iterable[Part]) -> Marked:
    """What a search found, the words that it was asked for in bold."""
    return Marked("".join(str(bold(part.text)) if part.hit else cleaned(part.text) for part in parts))


def link(text: object, path: str) -> Marked:
    """A page of our own: `path` begins with a slash."""
    return Marked(f"{LINK}{path}{SEP}{cleaned(str(text))}{END}")


def steps(markdown: str) -> Marked:
    """An article's steps: **bold** of Markdown becomes a span, everything else is shown as it stands."""
    parts = re.split(r"\*\*(.+?)\*\*", cleaned(markdown).strip())
    return Marked("".join(str(bold(part)) if place % 2 else part for place, part in enumerate(parts)))


def fold(marked: Marked, line: str) -> Marked:
    """The rest of a text, to be unfolded under that line."""
    return Marked(f"{FOLD}{cleaned(line)}\n{marked}")


class _Sandbox(ImmutableSandboxedEnvironment):
    """What is safe is safe by the type of the object: asked once for each, it is a third of what a card costs."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known_safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        of = (type(obj), attr)
        if (safe := self._known_safe.get(of)) is None:
            safe = self._known_safe[of] = super().is_safe_attribute(obj, attr, value)
        return safe


class TemplateTexts:
    """Implements handlers.ports.Texts. A missing value is an error, never an empty place in a sentence."""

    def __init__(
        self,
        zone: ZoneInfo,
        institution: str,
        folders: Iterable[Path] = (TEMPLATES,),
        *,
        edits: Mapping[str, str] | None = None,
        shipped: TemplateTexts | None = None,
    ) -> None:
        """`edits`: what stands in the place of `shipped` ones, by name; each is one that may."""
        self._zone, self._institution, self._folders = zone, institution, tuple(folders)
        self._shipped, self._edits = shipped or self, dict(edits or {})
        self.failed: set[str] = set()
        """Edits that could not be said: the shipped one was."""
        self._declared: dict[str, frozenset[str]] = {}
        """Template → what it says of itself; filled as templates are asked for."""
        self._environment = _Sandbox(
            loader=ChoiceLoader(
                [
                    DictLoader({f"{name}.txt": self._head(name) + body for name, body in self._edits.items()}),
                    FileSystemLoader([str(folder) for folder in self._folders]),
                ]
            ),
            undefined=StrictUndefined,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.filters.update(
            alarm=alarm, bold=bold, code=code, quote=quote, link=link, steps=steps, fold=fold, hits=hits
        )
        self._environment.filters.update(clock=self.clock, day=self.day)
        self._environment.globals.update(
            words=_WORDS, emblem=terms.emblem, ago=self.ago, institution=institution, timedelta=timedelta
        )

    def render(self, template: str, /, **data: object) -> str:
        if not self._edits:
            return self._environment.get_template(f"{template}.txt").render(data).strip()
        try:
            said = self._said(template, data)
        except Exception as error:  # noqa: BLE001 # whatever an edit does: the shipped one says it, or raises the same
            said, why = "", type(error).__name__
        else:
            why = "empty"
        if said:
            return said
        instead = self._shipped.render(template, **data)
        if instead and template not in self.failed:
            self.failed.add(template)
            log.error("edited_text_left_out", text=template, why=why)
        return instead

    def _said(self, template: str, data: Mapping[str, object]) -> str:
        """Raises TooLong as soon as it is, whatever would still come."""
        said, letters = [], 0
        for part in self._environment.get_template(f"{template}.txt").generate(data):
            said.append(part)
            letters += len(part)
            if letters > MAX_SAID_LETTERS:
                raise TooLong(template)
        return "".join(said).strip()

    # --- edits -----------------------------------------------------------------------------------
    def edited(self, bodies: Mapping[str, str]) -> TemplateTexts:
        """The same with these in the place of the shipped ones. One that may not stand there (any more) is left out."""
        fit = {name: body for name, body in bodies.items() if self.is_there(name) and self.problem(name, body) is None}
        if not fit:
            return self._shipped
        if fit == self._edits:
            return self
        return TemplateTexts(self._zone, self._institution, self._folders, edits=fit, shipped=self._shipped)

    def names(self) -> list[str]:
        paths = [path.relative_to(folder) for folder in self._folders for path in folder.rglob("*.txt")]
        return sorted({path.with_suffix("").as_posix() for path in paths})

    def is_there(self, name: str) -> bool:
        return name in self.names()

    def body(self, name: str) -> str:
        """Of the shipped one, without its head."""
        return self._source(f"{name}.txt")[len(self._head(name)) :]

    def problem(self, name: str, body: str) -> TextProblem | None:
        """The first thing that keeps a text from standing there."""
        if not body.strip():
            return TextProblem(1, "empty")
        return text_rules.problem(self._shipped._environment, self._source, self._source(f"{name}.txt"), body)

    def preview(self, name: str, body: str, desk: Desk) -> str:
        """Raises Unsayable."""
        from bot.samples import values  # only where somebody edits

        own = {**self._edits, name: body} if body != self.body(name) else self._edits
        texts = TemplateTexts(self._zone, self._institution, self._folders, edits=own)
        try:
            said = texts._said(name, values(name, desk))
        except Exception as error:
            raise Unsayable(name) from error
        if not said:
            raise Unsayable(name)
        return said

    def variables(self, name: str) -> tuple[str, ...]:
        return text_rules.variables(self._shipped._environment, self._source, self._source(f"{name}.txt"))

    def stands_in(self, name: str) -> bool:
        """Whether an edit of it is what is said."""
        return name in self._edits and name not in self.failed

    def _head(self, name: str) -> str:
        found = _HEAD.match(self._source(f"{name}.txt"))
        return found[0] if found else ""

    def _source(self, file: str) -> str:
        for folder in self._folders:
            if (folder / file).is_file():
                return (folder / file).read_text(encoding="utf-8")
        raise FileNotFoundError(file)

    def is_confidential(self, template: str) -> bool:
        """True unless the template's own head says `{% set confidential = false %}`."""
        return "open" not in self._declarations(template)

    def audience(self, template: str) -> Audience:
        """As its head says: `{% set audience = "unit" %}` or `"anybody"`; an open text is for anybody."""
        declared = self._declarations(template)
        if "open" in declared:
            return Audience.ANYBODY
        return next((audience for audience in Audience if audience in declared), Audience.PERSON)

    def _declarations(self, template: str) -> frozenset[str]:
        known = self._declared.get(template)
        if known is None:
            known = self._declared[template] = frozenset(self._declared_in(f"{template}.txt"))
        return known

    def _declared_in(self, name: str) -> Iterator[str]:
        """What stands in the lines before anything is said."""
        for node in self._environment.parse(self._source(name)).body:
            match node:
                case nodes.Assign(target=nodes.Name(name="confidential"), node=nodes.Const(value=False)):
                    yield "open"
                case nodes.Assign(target=nodes.Name(name="audience"), node=nodes.Const(value=str(audience))):
                    yield Audience(audience)
                case _:
                    return

    # --- times ------------------------------------------------------------------------------------
    def clock(self, at: datetime) -> Marked:
        """`24 Kas 14:05`."""
        local = at.astimezone(self._zone)
        return self._time(at, f"{local.day} {spoken_time.SHORT_MONTHS[local.month - 1]} {local:%H:%M}")

    def day(self, at: datetime) -> str:
        """`24 Kas 2026`."""
        local = at.astimezone(self._zone)
        return f"{local.day} {spoken_time.SHORT_MONTHS[local.month - 1]} {local.year}"

    def ago(self, at: datetime, now: datetime) -> Marked:
        """`12 dk önce`; channels that can keep it current, the others show the time of the last edit."""
        seconds = (now - at).total_seconds()
        if seconds < 60:
            return self._time(at, "az önce")
        if seconds < 3600:
            return self._time(at, f"{int(seconds // 60)} dk önce")
        if seconds < 86400:
            return self._time(at, f"{int(seconds // 3600)} sa önce")
        return self.clock(at)

    @staticmethod
    def _time(at: datetime, text: str) -> Marked:
        return Marked(f"{TIME}{at.astimezone(UTC).isoformat(timespec='seconds')}{SEP}{text}{END}")
