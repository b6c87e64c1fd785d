"""The house's own certificates: read by TLS once a day in working time, from the hosts of the settings alone.

Nothing is sent but a handshake; a certificate that nobody trusts is read as any.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from handlers.context import Desk, UseCaseContext
from handlers.contracts import certificates
from handlers.contracts.certificates import CertificateSeen
from handlers.ports import Transactions, UnitOfWork

log = structlog.get_logger(__name__)
TIMEOUT_SECONDS = 10.0


class CertificateReader(Protocol):
    async def read(self, host: str) -> CertificateSeen:
        """`host`: with its port. Never raises for what a network does."""


@dataclass(frozen=True, slots=True)
class TlsReader:
    """Implements `CertificateReader`."""

    zone: ZoneInfo

    async def read(self, host: str) -> CertificateSeen:
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                return CertificateSeen(host=host, ends=(await _end_of(host)).astimezone(self.zone).date())
        except TimeoutError:
            return CertificateSeen(host=host, failure="yanıt yok")
        except (ssl.SSLError, ValueError):
            return CertificateSeen(host=host, failure="sertifika okunamıyor")
        except (OSError, UnicodeError):
            return CertificateSeen(host=host, failure="bağlantı yok")


async def _end_of(host: str) -> datetime:
    """Raises OSError, ssl.SSLError, ValueError."""
    from cryptography import x509  # by whoever reads one

    name, _, port = host.rpartition(":")
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    plain = name.strip("[]")
    _, writer = await asyncio.open_connection(plain, int(port), ssl=trusting, server_hostname=plain)
    try:
        shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
    if shown is None:
        raise ValueError("no certificate was shown")
    return x509.load_der_x509_certificate(shown).not_valid_after_utc


@dataclass(slots=True, kw_only=True)
class DailyCertificates:
    """In the one process whose clock runs; what was read today stands in the database."""

    store: Transactions
    desk: Desk
    hosts: Sequence[str]
    reader: CertificateReader

    async def run(self, now: datetime) -> None:
        if not self.hosts:
            return
        hosts = self.hosts

        def wanted(uow: UnitOfWork) -> list[str]:
            return certificates.to_read(UseCaseContext(desk=self.desk, uow=uow, now=now), hosts)

        due = await asyncio.to_thread(self.store.read, wanted)
        if not due:
            return
        seen = await asyncio.gather(*(self.reader.read(host) for host in due))
        for one in seen:
            if one.failure:
                log.warning("certificate_not_read", host=one.host, why=one.failure)

        def note(uow: UnitOfWork) -> None:
            certificates.note(UseCaseContext(desk=self.desk, uow=uow, now=now), seen)

        await asyncio.wrap_future(self.store.submit(note))
