"""Pins the images that others make (Dockerfile, compose.yaml) by digest: what was tested is what is installed.

`python3 deploy/pin_images.py` asks the registry through docker and writes `name:tag@sha256:…` in place of what stands
there; before each release, on a machine that reaches it. `--check` asks nobody: it names what is not pinned, exit 1.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

DEPLOY = Path(__file__).parent
FILES = ("Dockerfile", "compose.yaml")
OURS = "yardim-masasi"
"""Built from this repository, so that no registry has it."""
_NAMED = re.compile(
    r"(?m)^(?P<before>FROM +|\s+image: *)(?P<image>[a-z0-9][\w./-]*(?::[\w.-]+)?)(?P<digest>@sha256:[0-9a-f]{64})?"
    r"(?P<after>(?: +AS +\w+)?) *$"
)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def unpinned(folder: Path) -> list[str]:
    """`Dockerfile: python:3.11-slim`, each once."""
    found = [
        f"{name}: {image['image']}"
        for name in FILES
        for image in _NAMED.finditer((folder / name).read_text(encoding="utf-8"))
        if image["image"] != OURS and not image["digest"]
    ]
    return list(dict.fromkeys(found))


def pin(folder: Path, digest_of: Callable[[str], str]) -> None:
    """Every image anew, one digest for each name, all of them known before anything is written."""
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in FILES}
    named = {found["image"] for text in texts.values() for found in _NAMED.finditer(text)} - {OURS}
    digests = {image: digest_of(image) for image in sorted(named)}

    def pinned(found: re.Match[str]) -> str:
        digest = digests.get(found["image"])
        return found[0] if digest is None else f"{found['before']}{found['image']}@{digest}{found['after']}"

    for name, text in texts.items():
        (folder / name).write_text(_NAMED.sub(pinned, text), encoding="utf-8")


def asked_of_docker(image: str) -> str:
    """The digest of the index, so that every architecture finds its own. Raises SystemExit."""
    command = ["docker", "buildx", "imagetools", "inspect", image, "--format", "{{.Manifest.Digest}}"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 # no shell, names of our own files
    except FileNotFoundError:
        raise SystemExit("docker is not installed here; nothing was changed") from None
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{image}: {error.stderr.strip()}; nothing was changed") from None
    if not _DIGEST.fullmatch(answer):
        raise SystemExit(f"{image}: {answer!r} is no digest; nothing was changed")
    return answer


def main(arguments: Sequence[str], folder: Path = DEPLOY) -> int:
    if list(arguments) == ["--check"]:
        loose = unpinned(folder)
        sys.stdout.writelines(f"{line}\n" for line in loose)
        sys.stdout.write("not pinned by digest: python3 deploy/pin_images.py\n" if loose else "all pinned\n")
        return 1 if loose else 0
    if arguments:
        sys.stdout.write(f"{__doc__}\n")
        return 2
    pin(folder, asked_of_docker)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
