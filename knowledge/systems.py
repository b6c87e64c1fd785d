"""The systems that a house works with: which there are, and which categories hint at them. Data."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.yaml_nodes import Node, read_yaml

_SHIPPED = Path(__file__).with_name("systems.yaml")


@dataclass(frozen=True, slots=True)
class ShippedSystem:
    """`categories`: a fault of one of them may be a fault of the system."""

    id: str
    title: str
    unit: str
    categories: tuple[str, ...]


def load_systems(file: Path) -> tuple[ShippedSystem, ...]:
    """In the order in which they are shown.

    Raises:
        KnowledgeError: the file is missing, no YAML, or a line of it does not hold together.
    """
    found: dict[str, ShippedSystem] = {}
    for node in read_yaml(file).mapping(known=("systems",), required=("systems",))["systems"].items():
        system = _system(node)
        if system.id in found:
            raise node.error(f"a second system with the id '{system.id}'", "every id once")
        found[system.id] = system
    return tuple(found.values())


def _system(node: Node) -> ShippedSystem:
    keys: Sequence[str] = ("id", "title", "unit", "categories")
    fields = node.mapping(known=keys, required=keys)
    return ShippedSystem(
        id=fields["id"].identifier(),
        title=fields["title"].text(),
        unit=fields["unit"].identifier(),
        categories=tuple(item.identifier() for item in fields["categories"].items()),
    )


@cache
def shipped_systems() -> tuple[ShippedSystem, ...]:
    """Those that come with the desk."""
    return load_systems(_SHIPPED)
