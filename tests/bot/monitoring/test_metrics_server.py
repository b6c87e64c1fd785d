"""`masa worker --metrics`: seen by Prometheus without a page of its own."""

from __future__ import annotations

import socket
from urllib.request import urlopen

import pytest

from bot.errors import OperatorError
from bot.monitoring.metrics import Metrics
from bot.monitoring.metrics_server import metrics_served


def test_a_worker_shows_its_own_figures() -> None:
    metrics = Metrics()
    metrics.accepted("telegram")
    with metrics_served(metrics.registry, "127.0.0.1:0") as port, urlopen(f"http://127.0.0.1:{port}/metrics") as page:
        assert 'masa_events_accepted_total{channel="telegram"} 1.0' in page.read().decode()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("address", ["9101", ":9101", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:²"])
def test_an_address_that_cannot_be_is_said(address: str) -> None:
    with pytest.raises(OperatorError, match="expected"), metrics_served(Metrics().registry, address):
        pass


def test_a_port_in_use_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(OperatorError, match="in use"), metrics_served(Metrics().registry, address):
            pass
