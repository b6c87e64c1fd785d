"""Does a system of the house answer? Asked from inside each minute, where its settings say so.

Three times in a row without an answer propose an outage of it to whoever decides; that is all a probe does.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from handlers.context import Desk, UseCaseContext
from handlers.domain.probes import Probe
from handlers.ports import Transactions, UnitOfWork
from handlers.tickets import probes

if TYPE_CHECKING:
    import httpx

log = structlog.get_logger(__name__)
IN_A_ROW = 3
TIMEOUT_SECONDS = 5.0
MOST_BYTES = 1_000_000
"""Of a page in which a word is looked for."""


# --- one look -------------------------------------------------------------------------------------
async def look(probe: Probe, now: datetime, trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context) -> str:
    """Why it is as good as gone, in a few words; empty: it answers. Never raises for what a network does."""
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            match probe.kind:
                case "tcp":
                    return await _tcp(probe)
                case "http":
                    return await _http(probe, trusted())
                case "dns":
                    return await _dns(probe)
                case "tls":
                    return await _tls(probe, now, trusted())
    except TimeoutError:
        return f"{TIMEOUT_SECONDS:.0f} saniyede yanıt yok"
    except ssl.SSLCertVerificationError as error:
        return f"sertifika geçersiz ({error.verify_message})"
    except (OSError, ssl.SSLError, UnicodeError) as error:
        return f"bağlanılamadı ({type(error).__name__})"


async def _tcp(probe: Probe) -> str:
    _, writer = await asyncio.open_connection(probe.host, probe.port)
    await _close(writer)
    return ""


async def _http(probe: Probe, trusted: ssl.SSLContext) -> str:
    import httpx  # by whoever asks for a page

    client = httpx.AsyncClient(verify=trusted, timeout=TIMEOUT_SECONDS, trust_env=False)
    try:
        async with client, client.stream("GET", probe.url) as answer:
            if answer.status_code != probe.status if probe.status is not None else answer.status_code >= 400:
                return f"HTTP {answer.status_code}"
            return "" if not probe.word or probe.word in await _beginning(answer) else "beklenen sözcük sayfada yok"
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"bağlanılamadı ({type(error).__name__})"


async def _beginning(answer: httpx.Response) -> str:
    body = b""
    async for part in answer.aiter_bytes():
        body += part
        if len(body) > MOST_BYTES:
            break
    return body.decode(answer.encoding or "utf-8", errors="replace")


async def _dns(probe: Probe) -> str:
    await asyncio.get_running_loop().getaddrinfo(probe.host, None)
    return ""


async def _tls(probe: Probe, now: datetime, trusted: ssl.SSLContext) -> str:
    _, writer = await asyncio.open_connection(probe.host, probe.port, ssl=trusted, server_hostname=probe.host)
    certificate = writer.get_extra_info("peercert") or {}
    await _close(writer)
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
    left = (ends - now).days
    return "" if left >= probe.days else f"sertifikanın bitmesine {max(left, 0)} gün kaldı"


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


# --- each minute ----------------------------------------------------------------------------------
@dataclass(slots=True, kw_only=True)
class Probing:
    """What was found lately, in the one process whose clock runs; another that takes over begins to count anew."""

    store: Transactions
    desk: Desk
    probes: Sequence[Probe]
    trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context
    _failed: Counter[int] = field(default_factory=Counter)
    """How often in a row, by the place of the probe."""

    def ask(self, probes: Sequence[Probe]) -> None:
        """These from now on; counted anew where they are others."""
        if list(probes) != list(self.probes):
            self.probes = probes
            self._failed.clear()

    async def run(self, now: datetime) -> None:
        """Every probe once, all at the same time. A system is gone as soon as one of its probes is."""
        if not self.probes:
            return
        asked = self.probes
        found = await asyncio.gather(*(look(probe, now, self.trusted) for probe in asked))
        if asked is not self.probes:
            return  # others are to be asked by now
        for place, why in enumerate(found):
            self._failed[place] = self._failed[place] + 1 if why else 0
            if self._failed[place] == IN_A_ROW:
                probe = self.probes[place]
                log.warning("system_does_not_answer", system=probe.system, kind=probe.kind, why=why)
        states = self._states()
        if not states:
            return

        def work(uow: UnitOfWork) -> None:
            context = UseCaseContext(desk=self.desk, uow=uow, now=now)
            for system, is_gone in states.items():
                if is_gone:
                    probes.failed(context, system)
                else:
                    probes.answers(context, system)

        await asyncio.wrap_future(self.store.submit(work))

    def _states(self) -> Mapping[str, bool]:
        """Whether it is gone, or answers all of its probes; what failed once or twice is neither."""
        failed = [(probe.system, self._failed[place]) for place, probe in enumerate(self.probes)]
        gone = {system for system, times in failed if times >= IN_A_ROW}
        shaky = {system for system, times in failed if times}
        return {system: system in gone for system, _ in failed if system in gone or system not in shaky}
