"""The fault register as pages for the archive (.pdf), A4 landscape, set by typst in sections of whole pages."""

from __future__ import annotations

import io
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path

import typst
from pypdf import PdfWriter

from bot.documents.letterhead import Letterhead
from bot.documents.register_export import BASIS, SIGNED_BY, Cover, Step, cells
from handlers.reports.register import COLUMNS, Register, RegisterLine

PDF_CHUNK = 120
"""Lines that are set at once: typst needs about 1.5 MB for each ten."""
_REMEMBERED = 11
_TEMPLATE = Path(__file__).parents[1] / "templates" / "register.typ"
_LONG_WORD = re.compile(r"(\S{16})(?=\S)")


@dataclass(slots=True)
class _Section:
    """Lines that fill whole pages, but for the last section's last."""

    data: Path
    pages: int


def write_pdf(path: Path, register: Register, cover: Cover, step: Step) -> None:
    """Set twice, in sections of whole pages: first to know where pages end and how many there are, then for good."""
    with tempfile.TemporaryDirectory(prefix="masa-") as name:
        setter = _Setter(Path(name), register, cover, step)
        sections = setter.measure()
        total = sum(section.pages for section in sections)
        writer, first = PdfWriter(), 1
        for section in sections:
            writer.append(io.BytesIO(setter.pages(section, first, total)), import_outline=False)
            first += section.pages
            step(0.5 + 0.5 * (first - 1) / total)
        writer.add_metadata({"/Title": cover.title(register), "/Author": cover.institution})
        with path.open("xb") as out:
            writer.write(out)


@dataclass(slots=True)
class _Setter:
    folder: Path
    register: Register
    cover: Cover
    step: Step
    _fonts: typst.Fonts = field(default_factory=lambda: own_fonts(), init=False)
    _count: int = field(default=0, init=False)
    _of_head: Mapping[str, str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        shutil.copy(_TEMPLATE, self.folder / "register.typ")
        self._of_head = Letterhead(self.cover.institution, self.cover.logo).lay_into(self.folder)

    def measure(self) -> list[_Section]:
        sections: list[_Section] = []
        lines = iter(self.register.lines)
        waiting = list(islice(lines, PDF_CHUNK))
        while True:
            following = list(islice(lines, PDF_CHUNK))
            data = self._write(waiting, last=not following)
            at = self._places(data)
            self.step(0.5 * self.register.tickets / max(self.register.last_number, self.register.tickets, 1))
            if not following:
                return [*sections, _Section(data, at[-1])]
            whole = at.index(at[len(waiting) - 1])  # the lines before the last page
            if whole:
                sections.append(_Section(self._write(waiting[:whole], last=False), at[whole - 1]))
            waiting = waiting[whole:] + following

    def _write(self, lines: list[RegisterLine], *, last: bool) -> Path:
        self._count += 1
        data = self.folder / f"{self._count}.json"
        document = {
            "institution": self.cover.institution,
            "title": self.cover.title(self.register),
            "basis": BASIS,
            "printed": self.cover.printed,
            "signed_by": SIGNED_BY,
            "columns": COLUMNS,
            "lines": [[breakable(drawable(cell)) for cell in cells(line)] for line in lines],
            "missing": [place for place, line in enumerate(lines) if line.missing],
            "closing": self.register.closing() if last else None,
            "sound": self.register.sound,
        }
        data.write_text(json.dumps(document), encoding="ascii")
        return data

    def _places(self, data: Path) -> list[int]:
        """The page on which each line stands, and of the closing sentence where there is one."""
        found = typst.query(
            str(self.folder / "register.typ"),
            "<place>",
            field="value",
            root=str(self.folder),
            font_paths=self._fonts,
            sys_inputs={"data": data.name, "first": "1", "total": "99999", **self._of_head},
        )
        self._forget()
        return [int(page) for page in json.loads(found)]

    def pages(self, section: _Section, first: int, total: int) -> bytes:
        made = typst.compile(
            str(self.folder / "register.typ"),
            root=str(self.folder),
            font_paths=self._fonts,
            sys_inputs={"data": section.data.name, "first": str(first), "total": str(total), **self._of_head},
            pdf_tags=False,
        )
        assert isinstance(made, bytes)  # without an output path
        self._forget()
        return made

    def _forget(self) -> None:
        """typst keeps what it has set until ten later documents had no use of it: a gigabyte every thousand lines."""
        for _ in range(_REMEMBERED):
            typst.compile(b"", font_paths=self._fonts)


def drawable(text: str) -> str:
    """With what the fonts have: a sign in its plain form ("𝟕" as "7"), a picture not at all instead of as a box."""
    if text.isascii():
        return text
    return "".join(letter if _is_drawn(letter) else _plain(letter) for letter in text)


def _is_drawn(letter: str) -> bool:
    """Letters are never left out, whether a font has them or not."""
    return letter.isascii() or ord(letter) in _glyphs() or letter.isspace()


def _plain(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    if plain != letter and all(_is_drawn(one) for one in plain):
        return plain
    return "" if unicodedata.category(letter)[0] in "SMC" else letter


@cache
def _glyphs() -> frozenset[int]:
    """Of DejaVu Sans, which comes last of the fonts."""
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(_dejavu() / "DejaVuSans.ttf")).get_charmap())


def breakable(cell: str) -> str:
    """A word that no column holds may break anywhere."""
    return _LONG_WORD.sub("\\1\u200b", cell) if len(cell) > 16 else cell


def own_fonts() -> typst.Fonts:
    """typst's own, and DejaVu for letters and signs that they lack; it comes with matplotlib. None of the system's, so
    that the same register looks the same everywhere."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_dejavu())])


def _dejavu() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"
