"""The conversation as a person at a terminal sees it.

Every button gets a number of its own: a card that arrives while somebody types never changes what their number means.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.channels.terminal.json_script import DELETED
from bot.channels.terminal.rendering import harmless, marked, written
from bot.channels.terminal.session import SeenMessage, TerminalSession
from handlers.messages import ALARM

WIDEST = 92
NUMBERS = 99
"""Then they begin again; a message that stands so far up has no numbers any more."""
_FRAME = box.Box("╭── \n│   \n│   \n│   \n│   \n│   \n│   \n╰── \n")
"""Open to the right: terminals disagree on the width of emblems, and a border there would dance."""
_BETWEEN = "   "
_STEP = re.compile(r"\d{1,2}\. ")


class Screen:
    def __init__(self, console: Console, zone: ZoneInfo, base_url: str) -> None:
        self._console, self._zone, self._base_url = console, zone, base_url
        self._tokens: dict[int, str] = {}
        self._numbers_of: dict[int, list[int]] = {}
        """By message."""
        self._last_number = 0
        self._last_form: dict[int, tuple[str, tuple[str, ...]]] = {}

    # --- reading numbers ----------------------------------------------------------------------------
    def token(self, number: int) -> str | None:
        """Of the button with that number; None where there is none (any more)."""
        return self._tokens.get(number)

    # --- printing -----------------------------------------------------------------------------------
    def welcome(self, session: TerminalSession) -> None:
        person = session.person
        if person is None:
            who = f"{session.account.name} · masa sizi henüz tanımıyor"
        else:
            who = " · ".join(part for part in (person.name or person.handle, person.department) if part)
        place = session.conversation.title if session.in_room and session.conversation else "Özel sohbet"
        body = Text.assemble((harmless(who), "bold"), "\n", (harmless(place), "dim"))
        self._console.print(Panel(body, title="Yardım Masası", title_align="left", box=_FRAME, width=self._width))
        if person is None:
            self.note("Sorununuzu kendi sözlerinizle yazın; örneğin: yazıcı çıktı vermiyor, 3. kat 312")

    def note(self, text: str) -> None:
        """A word of the terminal itself, not of the desk."""
        self._console.print(Text(harmless(text), "dim"))

    def before(self, seen: SeenMessage) -> None:
        """What was read in an earlier session."""
        self._print(seen, "dim")

    def show(self, seen: SeenMessage) -> None:
        """Not again where only its buttons went away: that follows from what was just pressed."""
        message = seen.message
        form = (message.text, tuple(file.name for file in message.files))
        known, self._last_form[message.id] = self._last_form.get(message.id), form
        for number in self._numbers_of.pop(message.id, []):
            self._tokens.pop(number, None)
        if known != form or message.buttons:
            self._print(seen, "")

    def _print(self, seen: SeenMessage, style: str) -> None:
        message = seen.message
        if seen.author:
            who, body = harmless(seen.author), written(DELETED if message.deleted else message.text)
        else:
            who, body = "Masa", marked(message.text, self._base_url)
        at = datetime.fromisoformat(message.at).astimezone(self._zone)
        again = " · güncellendi" if seen.again and not style else ""
        title = Text.assemble((who, "bold" if seen.mine else "bold cyan"), (f" {at:%H:%M} #{message.id}{again}", "dim"))
        parts = _paragraphs(body)
        if message.files:
            parts.append(Text("📎 " + ", ".join(harmless(file.name) for file in message.files), "dim"))
        if message.buttons and not style:
            parts += ["", self._buttons(seen)]
        content = Group(*parts)
        self._console.print()
        if message.buttons or message.ticket is not None:
            border = "red" if ALARM in message.text.partition("\n")[0] else "cyan"
            panel = Panel(
                content,
                title=title,
                title_align="left",
                box=_FRAME,
                border_style=style or border,
                width=self._width,
                padding=(0, 1),
            )
            self._console.print(panel, style=style)
        else:
            self._console.print(title, style=style)
            self._console.print(Padding(content, (0, 0, 0, 2)), style=style, width=self._width)

    def _buttons(self, seen: SeenMessage) -> Text:
        """In flowing lines, a label never torn from its number."""
        lines = Text()
        room = self._width - 4
        left = room
        numbers = self._numbers_of.setdefault(seen.message.id, [])
        for button in seen.message.buttons:
            self._last_number = self._last_number % NUMBERS + 1
            numbers.append(self._last_number)
            self._tokens[self._last_number] = button.token
            shown = Text.assemble((f"[{self._last_number}] ", "bold yellow"), (harmless(button.label), "bold"))
            if lines and shown.cell_len + len(_BETWEEN) > left:
                lines.append("\n")
                left = room
            elif lines:
                lines.append(_BETWEEN)
                left -= len(_BETWEEN)
            lines.append(shown)
            left -= shown.cell_len
        return lines

    @property
    def _width(self) -> int:
        return min(self._console.width - 2, WIDEST)


def _paragraphs(body: Text) -> list[RenderableType]:
    """Line by line, so that the second line of a numbered step begins under its first word."""
    parts: list[RenderableType] = []
    for line in body.split("\n", allow_blank=True):
        step = _STEP.match(line.plain)
        if step is None:
            parts.append(line)
            continue
        row = Table.grid(padding=0)
        row.add_row(line[: step.end()], line[step.end() :])
        parts.append(row)
    return parts
