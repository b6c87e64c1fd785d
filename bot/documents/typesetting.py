"""Pages set by typst from a template of ours and data: none of the data is taken for markup."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import typst

from bot.documents.letterhead import TEMPLATES, Letterhead
from bot.documents.register_pdf import drawable, own_fonts


def set_pages(template: str, head: Letterhead, document: dict[str, object], *, to_archive: bool = False) -> bytes:
    """A PDF; `to_archive`: as PDF/A-2b wants it. A quarter of a second: never within a transaction."""
    said = {"institution": drawable(head.institution), **document}
    with tempfile.TemporaryDirectory(prefix="masa-") as name:
        folder = Path(name)
        shutil.copy(TEMPLATES / f"{template}.typ", folder)
        inputs = {"data": "data.json", **head.lay_into(folder)}
        (folder / "data.json").write_text(json.dumps(said), encoding="ascii")
        made = typst.compile(
            str(folder / f"{template}.typ"),
            root=name,
            font_paths=own_fonts(),
            sys_inputs=inputs,
            pdf_standards="a-2b" if to_archive else [],
        )
    assert isinstance(made, bytes)  # without an output path
    return made
