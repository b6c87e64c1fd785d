"""What is not kept, whatever its name says it is: programs, what carries other files past the guard of a computer, what
opens an address or runs a command when somebody clicks it, and documents with macros.

Told by the ending and by the content. An archive is looked at by the names in it; nothing is unpacked.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from handlers.domain.errors import Invalid
from knowledge.language.folding import folded

MEGABYTE = 1024 * 1024
MAX_UNPACKED_BYTES = 200 * MEGABYTE
MAX_MEMBERS = 20_000
_MAX_LIST_BYTES = 4 * MEGABYTE
"""Of the list of an archive's files."""
_MAX_TYPES_BYTES = MEGABYTE


def _endings(words: str) -> frozenset[str]:
    return frozenset(words.split())


_RUN = _endings(
    "exe com bat cmd ps1 ps1xml psm1 psd1 psc1 vbs vbe js jse wsf wsh wsc sct msi msp mst msix msixbundle appx "
    "appxbundle scr pif cpl dll ocx sys drv hta jar class dex apk ipa reg inf sh bash csh ksh py pyc pyw pyz pl rb "
    "php asp aspx jsp elf run deb rpm dmg pkg app command scpt workflow gadget xbap application appref-ms "
    "air xll wll"
)
_CARRY = _endings("iso img ima vhd vhdx vmdk qcow2 vdi udf nrg mdf cue wim cab diagcab chm hlp one onepkg")
_LEAD = _endings(
    "lnk url website webloc desktop scf library-ms search-ms searchconnector-ms settingcontent-ms msc theme themepack "
    "deskthemepack rdp ica jnlp iqy oqy rqy slk xps-ms contact mcl"
)
_MACROS = _endings("docm dotm xlsm xltm xlam xla xlm pptm potm ppam ppa ppsm sldm accde accda accdr mde ade adp")
_REFUSED = _RUN | _CARRY | _LEAD
_ZIPPED = frozenset(["zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "xlsb", "vsdx"])
_ENDING = re.compile(r"[a-z0-9_-]+")

_BEGINNINGS = (
    b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"dex\n",
    b"\x4c\0\0\0\x01\x14\x02\0", b"ITSF", b"MSCF", b"vhdxfile", b"conectix", b"KDMV", b"QFI\xfb", b"MSWIM\0\0\0",
    b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3",
)  # fmt: skip
"""Programs of Linux, Java, macOS and Android; shortcuts, help files, cabinets, disks, notebooks."""
_CALLS = re.compile(
    rb"\A\s*+(?:\[(?:internetshortcut|shell|desktop entry)\]|(?:<\?xml[^>]{0,200}>\s*)?<mmc_consolefile\b)",
    re.IGNORECASE,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_INSTALLER = b"\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0\x46"
"""The class in the root of an .msi."""
_HEAD = 64 * 1024
_DISC_AT = 0x8001
_DISC = (b"CD001", b"BEA01", b"NSR02", b"NSR03", b"TEA01")


def require_name(name: str) -> None:
    """Raises Invalid: `file_type`, `file_macros`."""
    ending = _ending(name)
    if ending in _MACROS:
        raise Invalid("file_macros", name=name)
    if ending in _REFUSED:
        raise Invalid("file_type", name=name)


def require_content(path: Path, name: str) -> None:
    """Raises Invalid: `file_type`, `file_macros`, `archive_type`, `archive_too_large`."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if _is_program_or_carrier(file, head):
            raise Invalid("file_type", name=name)
        if head.startswith(_OLE):
            _require_document(path.read_bytes(), name)
        elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")) or _ending(name) in _ZIPPED:
            _require_archive(file, name)


def _ending(name: str) -> str:
    """Lower-case; of `kur.exe::$DATA` it is exe."""
    found = _ENDING.match(folded(name.rpartition(".")[2])) if "." in name else None
    return found[0] if found else ""


def _is_program_or_carrier(file: BinaryIO, head: bytes) -> bool:
    if head.startswith(_BEGINNINGS) or _CALLS.match(head.removeprefix(b"\xef\xbb\xbf")[:4096]):
        return True
    if b"<hta:application" in head[:4096].lower():
        return True
    if head.startswith(b"MZ") and b"\0" in head[:64]:
        return True
    starts_computer = head[510:512] == b"\x55\xaa" and head[:1] in (b"\xeb", b"\xe9", b"\x33", b"\xfa")
    return starts_computer or head[_DISC_AT : _DISC_AT + 5] in _DISC or _tail(file, 512).startswith(b"conectix")


def _tail(file: BinaryIO, size: int) -> bytes:
    end = file.seek(0, 2)
    file.seek(max(0, end - size))
    return file.read(size)


def _require_document(content: bytes, name: str) -> None:
    """Word, Excel and PowerPoint before 2007, and installers, which are built alike."""
    if _INSTALLER in content:
        raise Invalid("file_type", name=name)
    if _OLE_MACROS in content:
        raise Invalid("file_macros", name=name)


# --- archives ---
def _require_archive(file: BinaryIO, name: str) -> None:
    _require_short_list(file, name)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            types = _types(archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return  # not an archive after all: it is stored as bytes and never opened
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES:
        raise _too_large(name, unpacked)
    if any(_is_macro(member.filename) for member in members) or b"vbaproject" in types or b"macroenabled" in types:
        raise Invalid("file_macros", name=name)
    if (inner := _first_refused(member.filename for member in members)) is not None:
        raise Invalid("archive_type", name=name, inner=inner)


def _require_short_list(file: BinaryIO, name: str) -> None:
    """Before anything reads the list: a small file may name a million."""
    tail = _tail(file, 22 + 0xFFFF + 20)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        return
    members, list_bytes = (int.from_bytes(tail[at + start : at + end], "little") for start, end in ((10, 12), (12, 16)))
    larger = b"PK\x06\x07" in tail[max(0, at - 20) : at]  # of 4 GB and more; its list is told elsewhere
    if members > MAX_MEMBERS or list_bytes > _MAX_LIST_BYTES or larger:
        raise _too_large(name, MAX_UNPACKED_BYTES + MEGABYTE)


def _too_large(name: str, size: int) -> Invalid:
    return Invalid("archive_too_large", name=name, size_mb=size // MEGABYTE, limit_mb=MAX_UNPACKED_BYTES // MEGABYTE)


def _types(archive: zipfile.ZipFile) -> bytes:
    """What an office document says of its own parts, in small letters."""
    try:
        with archive.open("[Content_Types].xml") as types:
            return types.read(_MAX_TYPES_BYTES).lower()
    except (KeyError, zipfile.BadZipFile, EOFError, zlib.error):
        return b""


def _is_macro(member: str) -> bool:
    path = folded(member)
    return path.endswith("vbaproject.bin") or path.startswith(("xl/macrosheets/", "basic/script-l"))


def _first_refused(members: Iterable[str]) -> str | None:
    """The name of the first that would be refused alone."""
    for member in members:
        name = member.replace("\\", "/").rpartition("/")[2].strip(" .")
        if _ending(name) in _REFUSED | _MACROS:
            return name[:60]
    return None
