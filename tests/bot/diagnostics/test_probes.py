"""What `masa doctor` says of the systems that it asks."""

from __future__ import annotations

import socket

from bot.config import Settings
from bot.diagnostics.checks import CheckContext
from bot.diagnostics.finding import Severity
from bot.diagnostics.probes import probes
from bot.setting_types import ProbeSection
from tests.clock import FakeClock


def asked(*sections: ProbeSection) -> list[tuple[Severity, str]]:
    context = CheckContext(settings=Settings(probes=sections), store=None, catalogue=None, clock=FakeClock())
    return [(one.state, one.says) for one in probes(context)]


def test_off_is_said() -> None:
    assert asked() == [(Severity.OK, "kapalı (ayarlanmamış)")]


def test_one_that_answers_one_that_does_not_and_one_that_the_house_does_not_have() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        section = {"kind": "tcp", "target": f"127.0.0.1:{port}"}
        answers, strange = asked(ProbeSection(system="EBYS", **section), ProbeSection(system="Uzay", **section))  # type: ignore[arg-type] # fields by name
    assert answers == (Severity.OK, f"tcp 127.0.0.1:{port} yanıt veriyor")
    assert strange == (Severity.ERROR, "böyle bir sistem yok: denetim bir şey önermez")
    ((state, says),) = asked(ProbeSection(system="ebys", **section))  # type: ignore[arg-type] # fields by name
    assert state is Severity.WARNING
    assert "bağlanılamadı" in says
