"""Pages set by typst from a template of ours and data: none of the data is taken for markup."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import typst

from bot.documents.register_pdf import own_fonts

_TEMPLATES = Path(__file__).parents[1] / "templates"


def set_pages(template: str, document: dict[str, object]) -> bytes:
    """A PDF. A quarter of a second: never within a transaction."""
    with tempfile.TemporaryDirectory(prefix="masa-") as name:
        folder = Path(name)
        shutil.copy(_TEMPLATES / f"{template}.typ", folder)
        (folder / "data.json").write_text(json.dumps(document), encoding="ascii")
        made = typst.compile(
            str(folder / f"{template}.typ"), root=name, font_paths=own_fonts(), sys_inputs={"data": "data.json"}
        )
    assert isinstance(made, bytes)  # without an output path
    return made
