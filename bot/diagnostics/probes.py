"""Whether the systems answer of which the settings say how to ask, and are systems of the house."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from bot.diagnostics.checks import CheckContext
from bot.diagnostics.finding import Finding, error, ok, warning
from bot.runtime.probes import look
from knowledge import shipped_systems
from knowledge.language.folding import folded

ABOUT = "Sistem denetimi"


def probes(checked: CheckContext) -> Iterator[Finding]:
    """Each is asked once, now. Not for a running loop."""
    if not checked.settings.probes:
        yield ok(ABOUT, "kapalı (ayarlanmamış)")
        return
    known = _names(checked)
    for section in checked.settings.probes:
        about, probe = f"{ABOUT}: {section.system}", section.probe
        if folded(section.system) not in known:
            yield error(
                about, "böyle bir sistem yok: denetim bir şey önermez", "Adını /sistem listesindeki gibi yazın."
            )
        elif why := asyncio.run(look(probe, checked.now)):
            yield warning(about, f"{probe.kind} {probe.target}: {why}", "Adresi ve bu makineden erişimi denetleyin.")
        else:
            yield ok(about, f"{probe.kind} {probe.target} yanıt veriyor")


def _names(checked: CheckContext) -> set[str]:
    """Ids and titles, as the house has them."""
    names = {one.id: (one.title, False) for one in shipped_systems()}
    if checked.store is not None:
        changed = checked.store.read(lambda uow: list(uow.systems.changed()))
        names |= {one.id: (one.title, one.dropped) for one in changed}
    return {name for key, (title, dropped) in names.items() if not dropped for name in (folded(key), folded(title))}
