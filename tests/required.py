"""What tests need from the system beside Python packages, and what happens where it is missing."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skips the test and says so; where CI is true it fails, since a skip there would go unseen.

    `what`: the program, and how one gets it.
    """
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have it: {what}", pytrace=False)
    pytest.skip(what)
