"""What is sent is what RFC 8291 says, by its own example; what a browser gives is looked at before it is kept."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from bot.channels.push.encryption import BadKeys, BrowserKeys, HouseKey, as_bytes, as_text, new_house_key, sealed
from bot.channels.push.settings import SERVICES, PushSection, PushSettings
from handlers.channel_port import ChannelContext
from tests.scenarios.stage import shared_desk
from tests.servers.push import PushBrowser

PLAIN = b"When I grow up, I want to be a watermelon"
THEIRS = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
OWN = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_rfc() -> None:
    own = ec.derive_private_key(int.from_bytes(as_bytes(OWN), "big"), ec.SECP256R1())
    assert as_text(sealed(PLAIN, BrowserKeys.read(THEIRS, AUTH), own, as_bytes(SALT))) == BODY


def test_each_is_sealed_anew_and_opened_by_its_browser_alone() -> None:
    browser, other = PushBrowser("x"), PushBrowser("x")
    keys = BrowserKeys.read(browser.given["public_key"], browser.given["auth"])
    first, second = sealed(PLAIN, keys), sealed(PLAIN, keys)
    assert first != second
    assert browser.opened(first) == browser.opened(second) == PLAIN
    with pytest.raises(InvalidTag):
        other.opened(first)


@pytest.mark.parametrize(
    ("public_key", "auth"),
    [
        ("", ""),
        (THEIRS, "AA"),
        (THEIRS[:-4], AUTH),
        ("B" + "A" * 86, AUTH),
        ("<script>", AUTH),
        (THEIRS, "ş" * 22),
    ],
)
def test_keys_that_are_none_are_refused(public_key: str, auth: str) -> None:
    with pytest.raises(BadKeys):
        BrowserKeys.read(public_key, auth)


def test_a_house_has_one_key() -> None:
    raw = new_house_key()
    assert HouseKey(raw).public == HouseKey(raw).public != HouseKey(new_house_key()).public
    assert len(as_bytes(HouseKey(raw).public)) == 65


@pytest.mark.parametrize(
    ("endpoint", "taken"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc:1", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/gAAAA", True),
        ("https://web.push.apple.com/QABC", True),
        ("https://wns2-db5p.notify.windows.com/w/?token=x", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://user:pw@fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com.example.org/x", False),
        ("https://notfcm.googleapis.com/x", False),
        ("https://169.254.169.254/latest", False),
        ("http://127.0.0.1/push", False),
        ("https://fcm.googleapis.com:99999/x", False),
        ("file:///etc/passwd", False),
        ("https://fcm.googleapis.com/fcm\n/send/abc", False),
        ("https://fcm.goog\tleapis.com/send/abc", False),
        ("https://fcm.googleapis.com/se nd", False),
        ("https://fcm.googleapis.com/\x7f", False),
        ("https://a_b%41.fcm.googleapis.com/x", False),
        ("https://x*.push.apple.com/x", False),
        ("", False),
    ],
)
def test_this_server_knocks_only_where_push_services_live(endpoint: str, taken: bool) -> None:
    context = ChannelContext(zone=shared_desk().zone)
    settings = PushSettings(own=PushSection(contact="mailto:bt@belediye.example"), context=context)
    assert settings.accepts(endpoint) is taken
    assert settings.own.services == SERVICES


@pytest.mark.parametrize("given", [{"contact": "bt@belediye.example"}, {"contact": "mailto:x@y", "content": "full"}])
def test_what_cannot_be_meant_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="expected"):
        PushSection(**given)  # type: ignore[arg-type] # as the environment gives it
