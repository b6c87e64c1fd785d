"""The live stream, over a real server."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.web import WebSettings
from bot.web.chat.stream import parse_positions
from handlers.domain.people import Person, Role
from handlers.ports import UnitOfWork
from tests.bot.web.scripted_site import ScriptedSite, settle_people
from tests.bot.web.serving import Served, serving


@pytest.fixture
def served(site: ScriptedSite, people: dict[str, Person]) -> Iterator[Served]:
    with serving(site, WebSettings(demo=True, rights_every=0.1)) as served:
        yield served


class Line:
    """An open stream."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def next(self, *, pings: bool = False) -> tuple[str, str, str]:
        """(event, id, data) of the next one."""
        found, silent = {"event": "", "id": "", "data": ""}, 0
        for line in self._lines:
            if line:
                name, _, value = line.partition(": ")
                found[name.rstrip(":")] = found.get(name, "") + value
            elif pings or found["event"] != "ping":
                return found["event"], found["id"], found["data"]
            else:
                silent += 1
                assert silent < 3, "nothing came for half a minute"
                found = {"event": "", "id": "", "data": ""}
        return "end", "", ""


@contextmanager
def listening(served: Served, handle: str, since: str = "", last: str = "") -> Iterator[Line]:
    with httpx.Client(base_url=served.url, timeout=20) as client:
        client.get(f"/demo/{handle}/").raise_for_status()
        headers = {"Last-Event-ID": last} if last else {}
        with client.stream("GET", f"/demo/{handle}/stream", params={"since": since}, headers=headers) as answer:
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/event-stream")
            line = Line(answer.iter_lines())
            assert line.next(pings=True)[0] == "ping"
            yield line


def test_a_message_comes_as_a_ready_fragment_with_its_place(site: ScriptedSite, served: Served) -> None:
    with listening(served, "ayse", "web:p:ayse@0") as line:
        site.say("web:p:ayse", "Merhaba\n<Ayşe>", "Tamam")
        event, place, html = line.next()
    assert (event, place) == ("message", "web:p:ayse@1")
    assert "Merhaba<br>&lt;Ayşe&gt;" in html
    assert "data-token=" in html


def test_a_browser_has_so_many_streams_and_the_next_is_told_to_wait(
    site: ScriptedSite, people: dict[str, Person]
) -> None:
    with serving(site, WebSettings(demo=True, streams_a_session=2)) as served, httpx.Client(base_url=served.url) as one:
        one.get("/demo/ayse/")
        with one.stream("GET", "/demo/ayse/stream") as first, one.stream("GET", "/demo/ayse/stream"):
            third = one.get("/demo/ayse/stream")
            assert (third.status_code, third.headers["retry-after"]) == (429, "15")
            assert "sekmeleri kapatın" in third.json()["error"]
            with listening(served, "ayse"):
                pass  # another browser of the same person
            first.close()
            while max(_streams(served)) > 1:
                one.get("/healthz")
            with one.stream("GET", "/demo/ayse/stream") as again:
                assert again.status_code == 200


def _streams(served: Served) -> list[int]:
    return list(served.app.state.web.streams.values())


def test_an_edit_comes_with_the_same_id(site: ScriptedSite, served: Served) -> None:
    with listening(served, "ayse", "web:p:ayse@0") as line:
        site.say("web:p:ayse", "bir", slot="s")
        first = re.search(r'id="m(\d+)"', line.next()[2])
        site.say("web:p:ayse", "iki", slot="s")
        _, place, html = line.next()
    assert first
    assert f'id="m{first[1]}"' in html
    assert "güncellendi" in html
    assert place == "web:p:ayse@2"


def test_who_comes_back_gets_what_was_missed(site: ScriptedSite, served: Served) -> None:
    for text in ("bir", "iki", "üç"):
        site.say("web:p:ayse", text)
    with listening(served, "ayse", "web:p:ayse@0", last="web:p:ayse@1") as line:
        assert "iki" in line.next()[2]
        assert "üç" in line.next()[2]


def test_more_than_one_batch_was_missed(site: ScriptedSite, served: Served) -> None:
    for number in range(250):
        site.say("web:p:ayse", f"haber {number:03}")
    with listening(served, "ayse", "web:p:ayse@0") as line:
        assert [line.next()[1] for _ in range(250)] == [f"web:p:ayse@{seq}" for seq in range(1, 251)]


def test_one_stream_carries_all_conversations(site: ScriptedSite, served: Served) -> None:
    with listening(served, "mehmet", "web:p:mehmet@0 web:r:donanim@0") as line:
        site.say("web:r:donanim", "kart")
        assert line.next()[1] == "web:p:mehmet@0 web:r:donanim@1"
        site.say("web:p:mehmet", "iş")
        assert line.next()[1] == "web:p:mehmet@1 web:r:donanim@1"


def test_nobody_hears_anothers_conversation(site: ScriptedSite, served: Served) -> None:
    with listening(served, "ayse", "web:p:ayse@0 web:r:donanim@0 web:p:hasan@0") as line:
        site.say("web:r:donanim", "gizli")
        site.say("web:p:hasan", "gizli")
        site.say("web:p:ayse", "açık")
        _, _, html = line.next()
    assert "açık" in html


def test_the_sender_recognises_the_own_message(site: ScriptedSite, served: Served, people: dict[str, Person]) -> None:
    with listening(served, "ayse", "web:p:ayse@0") as line:
        site.write_as(people["ayse"], "web:p:ayse", "ben yazdım", event_key="web:123")
        html = line.next()[2]
    assert 'data-key="web:123"' in html
    assert "mine" in html


def test_who_leaves_is_told_and_hears_no_more(site: ScriptedSite, served: Served, people: dict[str, Person]) -> None:
    def leave(uow: UnitOfWork) -> None:
        person = uow.people.get(people["mehmet"].id)
        person.leave(site.now())
        uow.people.save(person)

    with listening(served, "mehmet", "web:r:donanim@0") as line:
        site.store.write(leave)
        site.say("web:r:donanim", "gizli")
        assert line.next()[0] == "bye"
        assert line.next()[0] == "end"


def test_an_ended_session_ends_its_stream(site: ScriptedSite, served: Served, people: dict[str, Person]) -> None:
    with listening(served, "ayse", "web:p:ayse@0") as line:
        site.store.write(lambda uow: uow.sessions.end(people["ayse"].id, site.now()))
        assert line.next()[0] == "bye"


def test_rights_are_asked_again_within_a_minute() -> None:
    assert WebSettings().rights_every <= 60


def test_a_new_unit_changes_what_is_heard(site: ScriptedSite, served: Served, people: dict[str, Person]) -> None:
    def move(uow: UnitOfWork) -> None:
        person = uow.people.get(people["mehmet"].id)
        person.unit = "yazilim"
        uow.people.save(person)

    with listening(served, "mehmet", "web:p:mehmet@0 web:r:donanim@0") as line:
        site.say("web:r:donanim", "eski birim")
        assert "eski birim" in line.next()[2]
        site.store.write(move)
        assert line.next()[0] == "side"
        site.say("web:r:donanim", "gizli")
        site.say("web:r:yazilim", "yeni birim")
        assert "yeni birim" in line.next()[2]


def test_a_new_role_makes_the_page_anew(site: ScriptedSite, served: Served, people: dict[str, Person]) -> None:
    def promote(uow: UnitOfWork) -> None:
        person = uow.people.get(people["mehmet"].id)
        person.role = Role.LEAD
        uow.people.save(person)

    with listening(served, "mehmet", "web:p:mehmet@0") as line:
        site.say("web:p:mehmet", "merhaba")
        line.next()
        site.store.write(promote)
        assert line.next()[0] == "reload"


def test_a_browser_that_became_somebody_else_is_told_to_start_again(
    site: ScriptedSite, served: Served, people: dict[str, Person]
) -> None:
    with listening(served, "ayse", "web:p:ayse@0") as line:
        site.store.write(lambda uow: uow.sessions.move(people["ayse"].id, people["fatma"].id))
        assert line.next()[0] in ("reload", "bye")  # in the demo the path stays the other person's


def test_open_streams_do_not_hold_up_the_end(tmp_path: Path) -> None:
    site = ScriptedSite(tmp_path)
    settle_people(site)
    with serving(site, WebSettings(demo=True)) as served:
        ended = threading.Event()
        open_now = threading.Barrier(4)

        def listen(handle: str) -> None:
            with listening(served, handle) as line:
                open_now.wait(20)
                while line.next()[0] != "end":
                    pass
            ended.set()

        threads = [threading.Thread(target=listen, args=[handle]) for handle in ("ayse", "hasan", "mehmet")]
        for thread in threads:
            thread.start()
        open_now.wait(20)
        took = served.stop()
        for thread in threads:
            thread.join(20)
    site.close()
    assert ended.is_set()
    assert took < 2


def test_a_stream_that_is_left_is_forgotten(site: ScriptedSite, served: Served) -> None:
    with listening(served, "ayse", "web:p:ayse@0") as line:
        site.say("web:p:ayse", "merhaba")
        line.next()
        assert site.listeners == 1
    with listening(served, "hasan", "web:p:hasan@0") as line:
        # Only what happens in the server tells when the first line was noticed to be gone.
        for _ in range(200):
            site.say("web:p:hasan", "merhaba")
            line.next()
            if site.listeners == 1:
                break
        assert site.listeners == 1


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("", {}),
        ("web:p:ayse@12 web:r:donanim@4", {"web:p:ayse": 12, "web:r:donanim": 4}),
        ("saçma @ x@y web:p:a@-1 web:p:b@" + "9" * 40, {}),
        ("web:p:a@b@3", {"web:p:a@b": 3}),
    ],
)
def test_positions_are_read_forgivingly(text: str, positions: dict[str, int]) -> None:
    assert {address: seq for address, seq in parse_positions(text).items() if address} == positions
