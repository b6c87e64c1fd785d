"""What an operator can put right: always one line that says where, what was found and what is expected."""

from __future__ import annotations


class OperatorError(Exception):
    """The command stops with this message on stderr and exit code 2; nothing was changed."""


class SettingsError(OperatorError):
    """A setting that cannot be used.

    Args:
        source: where it stands: the name of an environment variable, or file and line.
        found: what stands there.
        expected: what should stand there.
    """

    def __init__(self, source: str, found: str, expected: str) -> None:
        super().__init__(f"{source}: {found}; expected {expected}")
        self.source, self.found, self.expected = source, found, expected
