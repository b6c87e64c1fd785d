from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.terminal.inbound import ButtonPress, Say
from bot.channels.terminal.line_parser import Unclear, meant


@pytest.mark.parametrize(
    ("line", "means"),
    [
        ("yazıcı bozuk", Say("yazıcı bozuk")),
        ("  yazıcı bozuk \n", Say("yazıcı bozuk")),
        ("2", ButtonPress("token-2")),
        ("9", Say("9")),
        ("312", Say("312")),
        ("²", Say("²")),
        ("2 bilgisayar", Say("2 bilgisayar")),
        ("\\2", Say("2")),
        ("\\@ali", Say("@ali")),
        (">57 hâlâ bozuk", Say("hâlâ bozuk", reply_to="57")),
        ("> #57 hâlâ\nbozuk", Say("hâlâ\nbozuk", reply_to="57")),
        ("@foto.png bakın", Say("bakın", attach=Path("foto.png"))),
        ('@"hata ekranı.png" bakın "şuna"', Say('bakın "şuna"', attach=Path("hata ekranı.png"))),
        ("@foto.png", Say("", attach=Path("foto.png"))),
        ("/durum", Say("/durum")),
        ("", None),
        ("   ", None),
    ],
)
def test_a_line_means(line: str, means: Say | ButtonPress | None) -> None:
    assert meant(line, {2: "token-2"}.get) == means


@pytest.mark.parametrize(
    ("line", "says"),
    [(">57", ">57 metniniz"), ("> metin", ">57 metniniz"), ("@", "@dosya"), ('@"foto.png', "tırnağı kapatın")],
)
def test_what_is_unclear_is_not_sent(line: str, says: str) -> None:
    with pytest.raises(Unclear, match=says):
        meant(line, {}.get)


def test_home_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ayse")
    assert meant("@~/foto.png", {}.get) == Say("", attach=Path("/home/ayse/foto.png"))
