"""`masa rooms`: cards for the doors, by which whoever stands there reaches the desk with their room known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.sources import opened_store
from bot.config import load
from bot.documents.door_cards import pdf
from bot.documents.register_export import replacing
from bot.errors import OperatorError
from handlers.queries.door_cards import named, of_the_house

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
    settings = load()
    if out.suffix.lower() != ".pdf":
        raise OperatorError(f"--out: {str(out)!r}; expected a file name that ends in .pdf")
    if out.exists() and not force:
        raise OperatorError(f"--out: {str(out)!r} exists; expected a new name, or --force to replace it")
    if only:
        doors = named(only)
    else:
        with opened_store(settings) as store:
            doors = store.read(of_the_house)
    if not doors:
        raise OperatorError("the staff list names no rooms; expected --rooms “101-120, 214”")
    try:
        with replacing(out) as part:
            part.write_bytes(pdf(doors, settings.institution, settings.base_url))
    except OSError as error:
        raise OperatorError(f"--out: {str(out)!r}: {error.strerror or error}; nothing was written") from None
    print(f"{out}: {len(doors)} kart ({doors[0].number} – {doors[-1].number}), adres {settings.base_url}")
