"""`masa rooms`: cards for the doors, by which whoever stands there reaches the desk with their room known."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bot.commands.sources import house_settings, opened_store
from bot.documents.door_cards import pdf
from bot.documents.letterhead import Letterhead
from bot.documents.register_export import replacing
from bot.errors import OperatorError
from bot.filestore.house_logo import HouseLogo
from bot.web.settings import LOOPBACK
from handlers.domain.errors import Invalid
from handlers.queries.door_cards import MOST, Door, named, of_the_house

app = typer.Typer(no_args_is_help=True, help="Odalar: kapılara asılacak kartlar.")


@app.callback()
def rooms() -> None:
    """Odalar: kapılara asılacak kartlar."""


@app.command()
def cards(
    out: Annotated[Path, typer.Option("--out", help="Yazılacak dosya: adı .pdf ile biter.")],
    only: Annotated[str, typer.Option("--rooms", help="Yalnız bu odalar: “101-120, 214, B-14”.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Aynı adlı dosya varsa üzerine yazar.")] = False,
) -> None:
    """Her oda için bir A6 kart: “ODA 312”, sohbeti o odayla açan kare kod. Odalar personel listesinden gelir."""
    settings = house_settings()
    if out.suffix.lower() != ".pdf":
        raise OperatorError(f"--out: {str(out)!r}; expected a file name that ends in .pdf")
    if out.exists() and not force:
        raise OperatorError(f"--out: {str(out)!r} exists; expected a new name, or --force to replace it")
    if only:
        doors = _named(only)
    else:
        with opened_store(settings) as store:
            doors = store.read(of_the_house)
    if not doors:
        raise OperatorError("the staff list names no rooms; expected --rooms “101-120, 214”")
    head = Letterhead(settings.institution, HouseLogo(settings.data_dir).read())
    try:
        with replacing(out) as part:
            part.write_bytes(pdf(doors, head, settings.base_url))
    except OSError as error:
        raise OperatorError(f"--out: {str(out)!r}: {error.strerror or error}; nothing was written") from None
    if urlsplit(settings.base_url).hostname in LOOPBACK:
        print(f"masa: no telephone opens {settings.base_url}; set MASA_WEB__BASE_URL first", file=sys.stderr)
    print(f"{out}: {len(doors)} kart ({doors[0].number} – {doors[-1].number}), adres {settings.base_url}")


def _named(only: str) -> Sequence[Door]:
    try:
        return named(only)
    except Invalid as error:
        expected = f"numbers of rooms, {MOST} at most: “101-120, 214, B-14”"
        raise OperatorError(f"--rooms: {only!r}; expected {expected}") from error
