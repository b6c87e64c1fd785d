"""Two web processes on one database and one folder: a browser may be sent to either with each request."""

from __future__ import annotations

import asyncio
import re
import uuid
from pathlib import Path

import httpx
import pytest

from storage import Store
from tests.clock import RunningClock
from tests.faults.desks import Desks, Spawner
from tests.faults.installation import Builder
from tests.ports import free_port
from tests.postgres import PostgresServer
from tests.processes.conftest import site, until

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("processes"),
]
_FORM_TOKEN = re.compile(r'data-form-token="([0-9a-f]{64})"')
_FILE = re.compile(r"/demo/ayse/files/[0-9a-zA-Z_-]+")


class Page:
    """Ayşe's browser: one cookie, whichever process answers."""

    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self.client, self._token = client, token

    async def post(self, where: str, text: str, **files: tuple[str, bytes, str]) -> None:
        fields = {"text": text, "key": str(uuid.uuid4())}
        headers = {"X-Masa-Token": self._token}
        answer = await self.client.post(
            f"{where}/demo/ayse/messages", data=fields, files=files or None, headers=headers
        )
        assert answer.status_code == 202, answer.text

    async def hears(self, where: str, what: str, last: str = "") -> tuple[str, str]:
        """Listens there until that is said: the id to go on from, and what was heard."""
        headers = {"Last-Event-ID": last} if last else {}
        heard, position = "", last
        async with (
            asyncio.timeout(60),
            self.client.stream("GET", f"{where}/demo/ayse/stream", headers=headers) as answer,
        ):
            assert answer.status_code == 200
            async for line in answer.aiter_lines():
                heard += line
                position = line.removeprefix("id: ") if line.startswith("id: ") else position
                if not line and what in heard:
                    return position, heard
        raise AssertionError(f"{what!r} was not said: {heard}")


async def arrived(where: str) -> Page:
    client = httpx.AsyncClient(timeout=30.0)
    page = await client.get(f"{where}/demo/ayse/")
    found = _FORM_TOKEN.search(page.text)
    assert found
    return Page(client, found[1])


async def test_a_browser_may_talk_to_either(houses: Builder, spawned: Spawner) -> None:
    async with site(houses, spawned) as desk:
        one, two = (f"http://127.0.0.1:{port}" for port in desk.desks.ports)
        page = await arrived(one)
        here = f"web:p:ayse@{await desk.read(lambda uow: uow.timeline.last_seq('web:p:ayse'))}"
        listening = asyncio.create_task(page.hears(two, "Teknisyene ilet", here))
        await page.post(one, "slm yazici cikti vermiyo")
        position, _ = await listening
        await page.post(two, "ekran böyle", files=("ekran.txt", b"hata 0x61", "text/plain"))
        _, heard = await page.hears(one, "ekran böyle", position)
        assert "slm yazici" not in heard, "what was heard on the other process is not said again"
        found = _FILE.search(heard)
        assert found
        assert (await page.client.get(f"{one}{found[0]}")).content == b"hata 0x61"
        assert (await page.client.get(f"{two}{found[0]}")).content == b"hata 0x61"
        await page.client.aclose()
        await desk.sound()


async def test_three_that_start_at_once_on_an_empty_database(
    postgres_server: PostgresServer, spawned: Spawner, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Tables and demo people come from all of them, and are there once."""
    folder = tmp_path_factory.mktemp("empty")
    environment = {
        "MASA_DATABASE_URL": postgres_server.new_database("empty"),
        "MASA_DATA_DIR": str(folder / "files"),
        "MASA_DEMO": "1",
    }
    clock = RunningClock()
    desks = Desks(spawned, folder, environment, clock, [free_port() for _ in range(3)])
    await desks.start()
    try:
        async with httpx.AsyncClient(timeout=30.0) as client:
            for port in desks.ports:

                async def answers(port: int = port) -> bool:
                    assert all(process is not None and process.alive for process in desks.processes), _log(folder)
                    try:
                        answer = await client.get(f"http://127.0.0.1:{port}/demo/ayse/")
                    except httpx.TransportError:
                        return False
                    return answer.status_code == 200

                await until(answers)
    finally:
        assert await desks.stop() == [0, 0, 0], _log(folder)
    assert (folder / "log").read_text().count("Yardım Masası hazır") == 3
    with Store.open(environment["MASA_DATABASE_URL"], clock=clock) as store:
        handles = store.read(lambda uow: [person.handle for person in uow.people.everybody()])
    assert sorted(handles) == sorted({"ayse", "hasan", "mehmet", "zeynep", "ali", "fatma", "kemal", "denetci", "admin"})


def _log(folder: Path) -> str:
    return (folder / "log").read_text()[-3000:]
