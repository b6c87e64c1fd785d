"""What this process brought to each channel last, and what kept it from that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.messages import Delivered, Delivery, GaveUp, Outcome, RetryAt
from handlers.ports import Clock

_WORDS = {
    "token refused": "anahtar reddedildi",
    "invalid_auth": "anahtar reddedildi",
    "token_revoked": "anahtar geri alınmış",
    "token_expired": "anahtarın süresi dolmuş",
    "account_inactive": "hesap kapatılmış",
    "missing_scope": "uygulamanın yetkisi eksik",
    "not connected": "ağ bağlantısı yok",
    "not connected yet": "henüz bağlanılmadı",
    "group moved": "grup taşındı",
    "429": "platform yavaşlamamızı istedi",
    "no such address": "böyle bir adres yok",
    "channel_not_found": "sohbet bulunamadı",
    "user_not_found": "kişi bulunamadı",
    "is_archived": "kanal arşivlenmiş",
}


@dataclass(frozen=True, slots=True)
class Traffic:
    out_at: datetime | None = None
    error_at: datetime | None = None
    error: str = ""
    """In plain Turkish."""


class ChannelTraffic:
    """Since the start of the process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._of: dict[str, Traffic] = {}

    def note(self, delivery: Delivery, outcome: Outcome) -> None:
        """`Relay(on_outcome=…)`."""
        stood, now = self.of(delivery.channel), self._clock.now()
        match outcome:
            case Delivered():
                self._of[delivery.channel] = Traffic(now, stood.error_at, stood.error)
            case _:
                self._of[delivery.channel] = Traffic(stood.out_at, now, in_words(outcome))

    def of(self, channel: str) -> Traffic:
        return self._of.get(channel, Traffic())


def in_words(outcome: RetryAt | GaveUp) -> str:
    """What went wrong, for somebody who knows no platform's codes."""
    why = outcome.why
    if why.startswith("no answer"):
        return "yanıt gelmedi"
    if why.startswith("403"):
        return "kişi ya da grup masayı engellemiş"
    if why.startswith("400"):
        return "platform iletiyi kabul etmedi"
    return _WORDS.get(why, f"platform “{why[:60]}” dedi")
