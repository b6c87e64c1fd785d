"""`masa settings`: every setting with its value and where it comes from. Secrets are not shown."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands import output
from bot.commands.sources import opened_store
from bot.config import load
from bot.house_settings import HouseSettings
from bot.setting_sources import variable
from bot.shown_settings import SECTIONS
from bot.stored_settings import path_of
from handlers.domain.house_settings import SettingView


def settings(
    as_json: Annotated[bool, typer.Option("--json", help="Her satır bir JSON nesnesi.")] = False,
) -> None:
    """Ayarları, değerlerini ve nereden geldiklerini listeler: ortam, masa.toml, tarayıcı ya da hazır değer."""
    house = HouseSettings(load())
    with opened_store() as store:
        views = house.views(store.read(lambda uow: uow.stored_settings.all()))
    if as_json:
        for view in views:
            output.print_json(
                {
                    "key": view.rule.key,
                    "name": view.rule.name,
                    "value": view.value,
                    "variable": variable(path_of(view.rule.key)),
                    "source": _source(view),
                    "unusable": view.unusable or None,
                }
            )
        return
    rows = ((SECTIONS[view.rule.section], view.rule.name, view.value, _told(view)) for view in views)
    output.console().print(output.table("Ayarlar", ("Bölüm", "Ayar", "Değer", "Nereden"), rows))


def _source(view: SettingView) -> str:
    if view.rule.place is not None:
        return view.rule.place
    return "browser" if view.stands else "default"


def _told(view: SettingView) -> str:
    said = {"browser": "tarayıcıdan", "default": "hazır değer"}.get(_source(view), _source(view))
    return f"{said}; tarayıcıda yazılan kullanılmıyor: {view.unusable}" if view.unusable else said
