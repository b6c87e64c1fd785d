"""What lies in deploy/: units, proxy and images. No systemd, nginx or registry is asked."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from bot import open_files
from bot.config import WebSection

DEPLOY = Path(__file__).parents[1] / "deploy"
HARDENING = re.compile(
    r"(?m)^((?:No|Capability|Ambient|Protect|Private|Restrict|Lock|Remove|Proc|SystemCall|UMask|MemoryMax|TasksMax)\w*=.*)$"
)


def _unit(name: str) -> list[str]:
    return HARDENING.findall((DEPLOY / name).read_text(encoding="utf-8"))


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pin_images", DEPLOY / "pin_images.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_backup_may_do_no_more_than_the_desk() -> None:
    """All that the desk's unit forbids, and the network besides."""
    network = "RestrictAddressFamilies"
    wanted = {line for line in _unit("masa.service") if not line.startswith((network, "TasksMax"))}
    backup = _unit("masa-backup.service")
    assert wanted - set(backup) == set()
    assert {"PrivateNetwork=yes", f"{network}=AF_UNIX"} <= set(backup)


@pytest.mark.parametrize("file", ["masa.service", "compose.yaml"])
def test_the_desk_may_open_a_file_for_each_connection_that_it_takes(file: str) -> None:
    limit = re.search(r"(?m)^\s*(?:LimitNOFILE=|nofile: )(\d+)$", (DEPLOY / file).read_text(encoding="utf-8"))
    assert limit is not None
    assert int(limit[1]) >= WebSection().connections + open_files.RESERVED


def test_browsers_come_back_by_https_alone() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    secure = proxy[proxy.index("listen 443") :]
    assert re.search(r'add_header Strict-Transport-Security "max-age=31536000" always;', secure)
    assert "add_header" not in secure[secure.index("location") :], "one in a location would take the place of this one"


def test_every_image_of_others_is_pinned_to_one_digest_each(tmp_path: Path) -> None:
    for name in ("Dockerfile", "compose.yaml"):
        shutil.copy(DEPLOY / name, tmp_path)
    tool = _tool()
    images = ("python:3.11-slim", "postgres:17", "nginx:1.28")
    for digits in ("123", "abc"):  # the second time the newest digest takes the place of the one before
        digests = dict(zip(images, digits, strict=True))
        tool.pin(tmp_path, lambda image, of=digests: f"sha256:{of[image] * 64}")
        pinned = (tmp_path / "Dockerfile").read_text() + (tmp_path / "compose.yaml").read_text()
        assert sorted(re.findall(r"@sha256:(\w)\w{63}\b", pinned)) == [digits[0]] * 3 + list(digits[1:])
        assert "image: yardim-masasi\n" in pinned
        assert tool.main(["--check"], tmp_path) == 0


def test_what_is_not_pinned_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "Dockerfile").write_text(f"FROM python:3.11-slim@sha256:{'0' * 64} AS wheels\nFROM debian:12\n")
    (tmp_path / "compose.yaml").write_text("services:\n  a:\n    image: yardim-masasi\n  b:\n    image: nginx:1.28\n")
    assert _tool().main(["--check"], tmp_path) == 1
    assert capsys.readouterr().out.splitlines()[:2] == ["Dockerfile: debian:12", "compose.yaml: nginx:1.28"]


def test_without_an_answer_nothing_is_changed(tmp_path: Path) -> None:
    for name in ("Dockerfile", "compose.yaml"):
        shutil.copy(DEPLOY / name, tmp_path)

    def unreachable(image: str) -> str:
        if image == "python:3.11-slim":
            raise SystemExit("no registry")
        return f"sha256:{'0' * 64}"

    with pytest.raises(SystemExit):
        _tool().pin(tmp_path, unreachable)
    assert (tmp_path / "compose.yaml").read_bytes() == (DEPLOY / "compose.yaml").read_bytes()
