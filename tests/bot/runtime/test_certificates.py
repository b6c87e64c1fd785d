"""The house's own certificates: read by TLS once a day in working time."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.runtime.certificates import DailyCertificates, TlsReader
from handlers.contracts.certificates import CertificateSeen
from handlers.ports import TermsWanted
from tests.bot.runtime.test_probes import answering, closed_port
from tests.clock import START
from tests.handlers.devices.house import House
from tests.scenarios.stage import shared_desk

ZONE = ZoneInfo("Europe/Istanbul")
ENDS = datetime(2027, 1, 31, 22, 30, tzinfo=UTC)
"""In Istanbul it is 1 February by then."""


def made_certificate(folder: Path) -> ssl.SSLContext:
    """A server's side with a certificate of its own, which nobody trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(ENDS - timedelta(days=365))
        .not_valid_after(ENDS)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    (folder / "both.pem").write_bytes(private + made.public_bytes(pem))
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(folder / "both.pem")
    return own


async def test_the_end_stands_in_the_certificate_and_failures_are_named(tmp_path: Path) -> None:
    reader = TlsReader(ZONE)
    with answering(secured=made_certificate(tmp_path)) as port:
        seen = await reader.read(f"localhost:{port}")
    assert (seen.ends, seen.failure) == (date(2027, 2, 1), "")
    gone = f"127.0.0.1:{closed_port()}"
    assert await reader.read(gone) == CertificateSeen(host=gone, failure="bağlantı yok")
    with answering(b"HTTP/1.1 400 no\r\n\r\n") as port:
        assert (await reader.read(f"127.0.0.1:{port}")).failure == "sertifika okunamıyor"


@dataclass
class FakeReader:
    """Implements `bot.runtime.certificates.CertificateReader`."""

    ends: date | None
    asked: list[str] = field(default_factory=list)

    async def read(self, host: str) -> CertificateSeen:
        self.asked.append(host)
        return CertificateSeen(host=host, ends=self.ends, failure="" if self.ends else "bağlantı yok")


async def test_each_host_once_a_day_in_working_time() -> None:
    house, reader = House(), FakeReader(date(2027, 2, 1))
    daily = DailyCertificates(store=house.store, desk=shared_desk(), hosts=["a.bel.tr:443"], reader=reader)
    for hours in (-8, 2, 3, 26):
        await daily.run(START + timedelta(hours=hours))
    assert reader.asked == ["a.bel.tr:443"] * 2
    (kept,) = house.store.read(lambda uow: uow.terms.wanted(TermsWanted()))
    assert (kept.name, kept.ends) == ("a.bel.tr", date(2027, 2, 1))
    daily.hosts = []
    await daily.run(START + timedelta(days=2, hours=2))
    assert len(reader.asked) == 2
