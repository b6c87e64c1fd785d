from __future__ import annotations

import pytest

from tests.handlers.reports.digest_house import House


@pytest.fixture
def house() -> House:
    return House()
