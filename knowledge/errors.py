"""What can go wrong with knowledge that people write: always says where, what was found and what was expected."""

from pathlib import Path


class KnowledgeError(Exception):
    """Knowledge that cannot be used.

    Args:
        file: the file (or folder) at fault.
        line: 1-based line in it, or None where no line applies.
        found: what stands there.
        expected: what should stand there.
    """

    def __init__(self, file: Path | str, line: int | None, found: str, expected: str) -> None:
        self.file = Path(file)
        self.line = line
        self.found = found
        self.expected = expected
        place = f"{self.file}:{line}" if line is not None else f"{self.file}"
        super().__init__(f"{place}: {found}; expected {expected}")


class ModelError(KnowledgeError):
    """A model file that is missing, damaged, or was written by another version of this code."""
