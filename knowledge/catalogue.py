"""The catalogue: which units there are, and what may be brought to them. Data, replaceable by another house's."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from knowledge.errors import KnowledgeError
from knowledge.language import comparison
from knowledge.reading import Hazard
from knowledge.yaml_nodes import Node, read_yaml

Kind = Literal["ariza", "talep"]


@dataclass(frozen=True, slots=True)
class Unit:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Category:
    """One line of the catalogue. `kind`: something is broken ("ariza") or asked for ("talep").

    `restricted`: a security matter, for lead and director only. `identity`: accounts and passwords, not for somebody
    who is only who they say they are. `hazards`: emergencies that are of this subject. `asks_impact`: a fault of
    it may be many people's, and whoever reports one is asked.
    """

    id: str
    unit: str
    kind: Kind
    basis: tuple[str, ...]
    title: str
    covers: str
    restricted: bool = False
    identity: bool = False
    hazards: tuple[str, ...] = ()
    asks_impact: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    units: Mapping[str, Unit]
    categories: Mapping[str, Category]

    def units_like(self, typed: str) -> list[str]:
        """Ids of the units that may have been meant, the nearest first."""
        return _named_like(typed, self.units)

    def categories_like(self, typed: str) -> list[str]:
        """Ids of the categories that may have been meant, the nearest first."""
        return _named_like(typed, self.categories)


def _named_like(typed: str, known: Mapping[str, Unit] | Mapping[str, Category]) -> list[str]:
    names = [(one.id, name) for one in known.values() for name in (one.id, one.title)]
    return comparison.nearest(typed[:80], names, comparison.NAMES, limit=3)


_CATEGORY_KEYS = ("id", "unit", "kind", "basis", "title", "covers", "restricted", "identity", "hazards", "asks_impact")


def load_catalogue(file: Path) -> Catalogue:
    """Read a catalogue.

    `units` may be left out: then a unit is whatever the categories name, and its id is its title.

    Raises:
        KnowledgeError: the file is missing, no YAML, or a line of it does not hold together.
    """
    root = read_yaml(file)
    sections = root.mapping(known=("units", "categories"), required=("categories",))
    units = _units(sections["units"]) if "units" in sections else None
    categories: dict[str, Category] = {}
    for node in sections["categories"].items():
        category = _category(node, units)
        if category.id in categories:
            raise node.error(f"a second category with the id '{category.id}'", "every id once")
        categories[category.id] = category
    if not categories:
        raise sections["categories"].error("no category", "at least one")
    if units is None:
        units = {c.unit: Unit(c.unit, c.unit) for c in categories.values()}
    return Catalogue(MappingProxyType(units), MappingProxyType(categories))


def _units(section: Node) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for node in section.items():
        fields = node.mapping(known=("id", "title"), required=("id", "title"))
        unit = Unit(fields["id"].identifier(), fields["title"].text())
        if unit.id in units:
            raise node.error(f"a second unit with the id '{unit.id}'", "every id once")
        units[unit.id] = unit
    return units


def _category(node: Node, units: Mapping[str, Unit] | None) -> Category:
    fields = node.mapping(known=_CATEGORY_KEYS, required=("id", "unit", "title"))
    unit = fields["unit"].identifier()
    if units is not None and unit not in units:
        raise fields["unit"].error(f"the unknown unit '{unit}'", "one of " + ", ".join(units))
    kind: Kind = "ariza"
    if "kind" in fields:
        written = fields["kind"].choice(("ariza", "talep"))
        kind = "talep" if written == "talep" else "ariza"
    return Category(
        id=fields["id"].identifier(),
        unit=unit,
        kind=kind,
        basis=tuple(item.text() for item in fields["basis"].items()) if "basis" in fields else (),
        title=fields["title"].text(),
        covers=fields["covers"].text() if "covers" in fields else "",
        restricted="restricted" in fields and fields["restricted"].choice(("true", "false")) == "true",
        identity="identity" in fields and fields["identity"].choice(("true", "false")) == "true",
        asks_impact="asks_impact" in fields and fields["asks_impact"].choice(("true", "false")) == "true",
        hazards=tuple(item.choice(tuple(Hazard)) for item in fields["hazards"].items()) if "hazards" in fields else (),
    )


__all__ = ["Catalogue", "Category", "Kind", "KnowledgeError", "Unit", "load_catalogue"]
