"""Who sends more in files than a day allows, or while the disk has no room, is told; their words are kept."""

from __future__ import annotations

import pytest

from handlers.domain.errors import Invalid
from handlers.events import RefusedFile
from handlers.people.file_quota import FileQuota
from tests.scenarios.stage import Actor, Stage


@pytest.mark.parametrize("why", ["file_quota", "files_paused"])
async def test_who_fills_the_disk_is_told_and_their_words_are_kept(stage: Stage, why: str) -> None:
    """Somebody whom nobody knows; what was refused leaves nothing."""
    guard = stage.app.gateway.files._guard
    veli = stage.person("veli")
    await veli.says("yazıcı çıktı vermiyor")
    await veli.presses("Okudum")
    await _sends(stage, veli, "Veli Can", b"x" * 600)
    if why == "file_quota":
        guard.quota = FileQuota(guest=1000, person=10_000, conversation=10_000)
    else:
        guard._space._free = lambda _folder: 1_000_000_000 if not _folder.exists() else 400_000_000
    await _sends(stage, veli, "Park ve Bahçeler", b"x" * 600)
    said = "dosyalar doldu" if why == "file_quota" else "sunucuda yer azaldı"
    assert any(said in message.text for message in await veli.sees())
    folder = stage.app.settings.data_dir
    assert len([path for path in folder.iterdir() if path.is_file()]) == 1
    who = await stage.app.gateway.read(
        lambda uow: [p.department for p in uow.people.everybody() if p.name == "Veli Can"]
    )
    assert who == ["Park ve Bahçeler"]


async def _sends(stage: Stage, who: Actor, text: str, content: bytes) -> None:
    """With a file, as each channel brings it: the embedded ones are told at once that it is not taken."""
    try:
        await who.says(text, files={"ekran.txt": content})
    except Invalid as refused:
        kind = RefusedFile(reason=refused.reason, data=refused.data)
        await who.says(text, refused=(kind,))
