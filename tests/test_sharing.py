from __future__ import annotations

import pytest

from tests.sharing import turn, unit


@pytest.mark.parametrize(
    ("name", "stays_with"),
    [
        ("tests/bot/test_memory.py::test_a_desk", "tests/bot/test_memory.py"),
        ("tests/bot/test_config.py::TestKeys::test_one[a-b]", "tests/bot/test_config.py"),
        ("tests/bot/test_config.py::test_an_address[ayse@defne]", "tests/bot/test_config.py"),
        ("tests/bot/web/in_browser/test_phone.py::test_back@browser", "browser"),
        ("tests/bot/web/in_browser/test_looks.py::test_it[desktop@2x]@browser", "browser"),
    ],
)
def test_a_file_stays_whole_and_so_does_a_group(name: str, stays_with: str) -> None:
    assert unit(name) == stays_with


def test_what_takes_longest_goes_out_first() -> None:
    waiting = {
        "tests/bot/test_small.py": 2,
        "tests/faults/test_kill_loop.py": 1,
        "processes": 9,
        "tests/handlers/test_templates.py": 1318,
        "browser": 120,
    }
    assert sorted(waiting, key=lambda work: turn(work, waiting[work])) == [
        "processes",
        "browser",
        "tests/faults/test_kill_loop.py",
        "tests/bot/test_small.py",
        "tests/handlers/test_templates.py",
    ]
