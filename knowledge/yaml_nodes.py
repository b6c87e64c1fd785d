"""YAML that remembers its lines, so that an error can point at the one that is wrong."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.errors import KnowledgeError

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_IDENTIFIER = re.compile(r"\A[a-z0-9]++(?:[-_][a-z0-9]++)*+\Z")


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a YAML file, with the line where it stands (1-based, `offset` lines above it)."""

    file: Path
    node: yaml.Node
    offset: int = 0

    @property
    def line(self) -> int:
        return self.offset + int(self.node.start_mark.line) + 1

    def error(self, found: str, expected: str) -> KnowledgeError:
        return KnowledgeError(self.file, self.line, found, expected)

    def mapping(self, known: Sequence[str], required: Sequence[str]) -> dict[str, "Node"]:
        """Its keys and values; a key that is not known, given twice or missing is an error."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error(self._described(), "keys and values: " + ", ".join(required))
        fields: dict[str, Node] = {}
        for key_node, value in self.node.value:
            key = Node(self.file, key_node, self.offset)
            name = key.text()
            if name not in known and self._continues(fields, value):
                last = fields[next(reversed(fields))].node
                last.value = f"{last.value}, {name}"
                continue
            if name not in known:
                raise key.error(f"the unknown key '{name}'", "one of " + ", ".join(known))
            if name in fields:
                raise key.error(f"'{name}' a second time", "every key once")
            fields[name] = Node(self.file, value, self.offset)
        for name in required:
            if name not in fields:
                raise self.error(f"no '{name}'", "the keys " + ", ".join(required))
        return fields

    def _continues(self, fields: dict[str, "Node"], value: yaml.Node) -> bool:
        """Whether a key without a value is the rest of the text before it: `{title: Toner, kartuş ve drum}`,
        where YAML takes an unquoted comma for the end of the text."""
        if not fields or not getattr(self.node, "flow_style", False) or value.value != "":
            return False
        return isinstance(fields[next(reversed(fields))].node, yaml.ScalarNode)

    def items(self) -> Iterator["Node"]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error(self._described(), "a list")
        for item in self.node.value:
            yield Node(self.file, item, self.offset)

    def text(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode) or not str(self.node.value).strip():
            raise self.error(self._described(), "a text")
        return str(self.node.value).strip()

    def identifier(self) -> str:
        written = self.text()
        if not _IDENTIFIER.match(written):
            raise self.error(f"the id '{written}'", "small ASCII letters and digits, parted by '-'")
        return written

    def choice(self, allowed: Sequence[str]) -> str:
        written = self.text()
        if written not in allowed:
            raise self.error(f"'{written}'", "one of " + ", ".join(allowed))
        return written

    def _described(self) -> str:
        if isinstance(self.node, yaml.ScalarNode):
            return f"'{self.node.value}'" if self.node.value else "nothing"
        return "a list" if isinstance(self.node, yaml.SequenceNode) else "keys and values"


def parse_yaml(file: Path, text: str, offset: int = 0) -> Node:
    """Parse a text that stands in `file`, `offset` lines below its start.

    Raises:
        KnowledgeError: it is not YAML.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = offset + mark.line + 1 if mark else None
        raise KnowledgeError(file, line, f"no YAML ({error.problem or error.context})", "YAML") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(file, None, f"no YAML ({error})", "YAML") from error
    if root is None:
        raise KnowledgeError(file, offset + 1, "nothing", "YAML")
    return Node(file, root, offset)


def read_text(file: Path) -> str:
    """The text of a UTF-8 file, a byte order mark left out.

    Raises:
        KnowledgeError: it is missing, unreadable or not UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        raise KnowledgeError(file, line, f"the byte 0x{error.object[error.start]:02x}", "UTF-8") from error
    except OSError as error:
        raise KnowledgeError(file, None, error.strerror or "unreadable", "a readable file") from error


def read_yaml(file: Path) -> Node:
    return parse_yaml(file, read_text(file))
