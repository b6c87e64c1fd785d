"""`/panel/ayarlar/yedek`: the last backup, one more now, and how to go back to one (from the command line)."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.web.auth.browser_session import require_own_page
from bot.web.errors import HttpRefusal
from bot.web.forms import bounded_form
from bot.web.panel import asking
from bot.web.panel.guard import Visit, panel_page
from bot.web.panel.navigation import OPERATION
from bot.web.rendering import exact_time
from bot.web.settings import BackupView
from handlers.context import Acting
from handlers.domain.rights import may_keep_settings
from handlers.queries import house_settings


@panel_page(OPERATION)
async def overview(visit: Visit) -> Response:
    view = await visit.read(lambda acting: _view(visit, acting))
    return visit.html(
        "panel_backup.html",
        view=view,
        days=visit.desk.backup_days,
        may_take=may_keep_settings(visit.person),
        here_is=_address(visit),
        at=lambda when: exact_time(when, visit.desk.zone),
    )


@panel_page(OPERATION, logged=False)
async def take(visit: Visit) -> Response:
    """Pressed twice it is one: while one is being taken no other begins."""
    async with bounded_form(visit.request) as form:
        require_own_page(visit.browser, str(form.get("form_token", "")))
    view = await visit.read(lambda acting: _view(visit, acting))
    if not may_keep_settings(visit.person):
        raise HttpRefusal(403, "page_closed")
    if view is not None and view.possible and visit.web.settings.backups is not None:
        asking.keep_pace(visit)
        visit.web.settings.backups.start(visit.person.id)
    return RedirectResponse(_address(visit), 303)


def _address(visit: Visit) -> str:
    return f"{visit.browser.base}/panel/ayarlar/yedek"


def _view(visit: Visit, acting: Acting) -> BackupView | None:
    """For who may see the settings. Raises NotAllowed."""
    house_settings.require_reader(acting)
    return visit.web.settings.backups.view(acting.uow) if visit.web.settings.backups is not None else None
