"""What a device can be: its kinds, how each is called, and what is most often the matter with one. Data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from knowledge.language.folding import folded
from knowledge.yaml_nodes import Node, read_yaml

AssetGroup = Literal["ag", "tasinabilir", "iot"]
"""Varlık grubu of the Bilgi ve İletişim Güvenliği Rehberi."""
OTHER = "diger"
_GROUPS = ("ag", "tasinabilir", "iot")
_SHIPPED = Path(__file__).with_name("device_kinds.yaml")
_REQUIRED = ("id", "title", "said", "tells", "group", "subjects", "written")
_KEYS = (*_REQUIRED, "disk")


@dataclass(frozen=True, slots=True)
class DeviceKind:
    id: str
    title: str
    said: tuple[str, ...]
    """What a message calls it, as `knowledge.facts.devices` names that."""
    tells: tuple[str, ...]
    """Categories whose reports mean one, where they name no thing."""
    group: AssetGroup
    subjects: tuple[str, ...]
    """Categories that are most often the matter, the commonest first."""
    written: tuple[str, ...]
    """How inventories of others call it, beside its title."""
    disk: bool = False
    """Whether it may hold data of the house."""


def load_device_kinds(file: Path) -> Mapping[str, DeviceKind]:
    """By id, in the order in which they are shown.

    Raises:
        KnowledgeError: the file is missing, no YAML, or a line of it does not hold together.
    """
    found: dict[str, DeviceKind] = {}
    for node in read_yaml(file).mapping(known=("kinds",), required=("kinds",))["kinds"].items():
        kind = _kind(node)
        if kind.id in found:
            raise node.error(f"a second kind with the id '{kind.id}'", "every id once")
        found[kind.id] = kind
    return found


@cache
def device_kinds() -> Mapping[str, DeviceKind]:
    """Those that come with the desk."""
    return load_device_kinds(_SHIPPED)


def kind_title(kind: str) -> str:
    """`Yazıcı`; of a kind that there is no more, its id."""
    found = device_kinds().get(kind)
    return found.title if found is not None else kind


def has_disk(kind: str) -> bool:
    """Whether one may hold data of the house; of a kind that there is no more, too."""
    found = device_kinds().get(kind)
    return found is None or found.disk


def kinds_said(thing: str) -> Sequence[str]:
    """Which kinds a message may mean that calls it so."""
    return [kind.id for kind in device_kinds().values() if thing in kind.said]


def kinds_told(category: str | None) -> Sequence[str]:
    """Which kinds a report of that category means, where it names no thing."""
    return [kind.id for kind in device_kinds().values() if category in kind.tells]


def kind_written(typed: str) -> str | None:
    """The kind that a list or a person calls so, by its title, id or another name; None: none is called so."""
    return _by_name().get(_name(typed))


@cache
def _by_name() -> Mapping[str, str]:
    return {_name(name): kind.id for kind in device_kinds().values() for name in (kind.id, kind.title, *kind.written)}


def _name(typed: str) -> str:
    return "".join(letter for letter in folded(typed) if letter.isalnum())


def _kind(node: Node) -> DeviceKind:
    fields = node.mapping(known=_KEYS, required=_REQUIRED)
    return DeviceKind(
        id=fields["id"].identifier(),
        title=fields["title"].text(),
        said=_texts(fields["said"].items()),
        tells=tuple(item.identifier() for item in fields["tells"].items()),
        group=cast(AssetGroup, fields["group"].choice(_GROUPS)),
        subjects=tuple(item.identifier() for item in fields["subjects"].items()),
        written=_texts(fields["written"].items()),
        disk="disk" in fields and fields["disk"].choice(("true", "false")) == "true",
    )


def _texts(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(node.text() for node in nodes)
