"""The domain stands on the standard library alone: no library can be added to it unnoticed."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DOMAIN = Path(__file__).parents[3] / "handlers" / "domain"
OURS = ("handlers.domain", "knowledge.language")


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("file", sorted(DOMAIN.glob("*.py")), ids=lambda file: file.stem)
def test_the_domain_imports_the_standard_library_and_itself(file: Path) -> None:
    known = sys.stdlib_module_names
    foreign = [name for name in imported(file) if name.split(".")[0] not in known and not name.startswith(OURS)]
    assert foreign == []
