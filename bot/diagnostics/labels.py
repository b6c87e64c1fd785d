"""Whether the codes on devices still lead somewhere: labels live ten years, addresses of servers do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus

import httpx

from bot.diagnostics.finding import Finding, ok, warning

_ABOUT = "Etiketler"
PATIENCE = 3.0
"""Seconds that an address may take."""


def opens(address: str) -> bool:
    """Whether a desk answers there: any page but a refusal of the host."""
    try:
        answer = httpx.get(f"{address}/healthz", timeout=PATIENCE, verify=False)  # noqa: S501 # only whether it answers
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return False
    return answer.status_code in (HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE)


def printed(addresses: Mapping[str, int], now: str, is_open: Callable[[str], bool] = opens) -> Iterator[Finding]:
    """`addresses`: under which labels were printed, and how many of each; `now`: of those that are printed now."""
    total = sum(addresses.values())
    if not total:
        return
    dead = [(address, count) for address, count in sorted(addresses.items()) if address not in ("", now)]
    dead = [(address, count) for address, count in dead if not is_open(address)]
    for address, count in dead:
        yield warning(
            _ABOUT,
            f"basılmış {count} etikette {address} yazıyor; bu adres açılmıyor",
            "Eski adı yeni adrese yönlendirin ya da MASA_WEB__LABEL_URL'e kalıcı bir ad yazıp etiketleri basın.",
        )
    if not dead:
        yield ok(_ABOUT, f"{total} etiket, adres {now}")
