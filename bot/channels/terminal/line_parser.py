"""A line that a person typed to what they mean by it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

from bot.channels.terminal.inbound import ButtonPress, Say

HELP = """\
Yazdığınız her satır masaya gider. Bunların dışında:
  3             [3] numaralı düğmeye basar
  >57 metin     #57 numaralı iletiye yanıt verir
  @dosya metin  dosya gönderir; adında boşluk varsa @"dosya adı.png"
  /yardim       masanın komutları
  \\metin        metni olduğu gibi gönderir (\\3, \\@ali, \\?)
  Ctrl-D        çıkar; yazdıklarınız masada kalır"""

_REPLY = re.compile(r">\s*#?(\d+)\s+(.+)", re.DOTALL)


class Unclear(Exception):
    """Nothing was sent; the message tells in Turkish how it is typed."""


def meant(line: str, token: Callable[[int], str | None]) -> Say | ButtonPress | None:
    """None: nothing. `token` finds a button by its number. Raises Unclear."""
    line = line.strip()
    if not line:
        return None
    match line[0]:
        case "\\":
            return Say(line[1:])
        case ">":
            return _reply(line)
        case "@":
            return _file(line)
        case _ if line.isdecimal() and line.isascii() and (pressed := token(int(line[:4]))) and len(line) < 5:
            return ButtonPress(pressed)
        case _:
            return Say(line)


def _reply(line: str) -> Say:
    found = _REPLY.fullmatch(line)
    if found is None:
        raise Unclear("Yanıt için iletinin numarasını da yazın: >57 metniniz")
    return Say(found[2].strip(), reply_to=found[1])


def _file(line: str) -> Say:
    try:
        if line[1:2] in ("'", '"'):
            path = shlex.split(line[1:])[0]
            rest = line[len(path) + 3 :]
        else:
            path, _, rest = line[1:].partition(" ")
    except ValueError:
        raise Unclear('Dosya adındaki tırnağı kapatın: @"dosya adı.png" metin') from None
    if not path or "\0" in path:
        raise Unclear("Dosya için: @dosya metin")
    return Say(rest.strip(), attach=Path(path).expanduser())
