from __future__ import annotations

import pytest

from tests.handlers.reports.digest_rig import DigestRig


@pytest.fixture
def rig() -> DigestRig:
    return DigestRig()
