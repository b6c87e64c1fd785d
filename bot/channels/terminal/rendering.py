"""Marked text for Rich. Nothing that anybody wrote can reach the terminal as a command or as markup."""

from __future__ import annotations

from rich.text import Text

from handlers.messages import ALARM, BOLD, CODE, LINK, QUOTE, TIME, render, unmarked

STYLES = {BOLD: "bold", ALARM: "bold red", QUOTE: "italic", TIME: "", CODE: "bold cyan", LINK: "underline"}


def harmless(text: str) -> str:
    """Without control characters and those that turn the direction of a line; newlines stay."""
    return "".join(letter for letter in text if letter in "\n\u200d\ufe0f" or letter.isprintable() or letter == "\xa0")


def marked(text: str, base_url: str) -> Text:
    """What the desk says. A TIME reads as it was when it was said; a LINK shows where it leads."""
    out = Text()

    def span(mark: str, argument: str, body: str) -> str:
        out.append(harmless(body), STYLES[mark])
        if mark == LINK:
            out.append(f" ({base_url}{harmless(argument)})", "dim")
        return ""

    def bare(stretch: str) -> str:
        out.append(harmless(stretch))
        return ""

    render(text, span, bare)
    return out


def written(text: str) -> Text:
    """What a person wrote: nothing in it means anything but itself."""
    return Text(harmless(unmarked(text)))
