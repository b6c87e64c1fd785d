"""What is said in the browser takes hold in a desk that runs."""

from __future__ import annotations

from collections.abc import Callable

from bot.config import Settings
from bot.filestore.disk_space import DiskSpace
from bot.filestore.upload_guard import UploadGuard
from bot.texts import TemplateTexts
from handlers.context import Desk


def follow(desk: Desk, guard: UploadGuard, space: DiskSpace) -> Callable[[Settings], None]:
    """Gives them what holds at once; what else was changed waits for a start."""

    def take(settings: Settings) -> None:
        if settings.institution != desk.institution:
            desk.institution = settings.institution
            desk.speak(TemplateTexts(desk.zone, settings.institution))
        desk.backup_days = settings.backup_days
        desk.priority_places = settings.places
        desk.tells_days = settings.tell_days
        desk.depot_order = settings.depot.mode
        desk.units_without_effort = frozenset(settings.units_without_effort)
        desk.notice = settings.privacy_notice.in_words(desk.notice.edited)
        guard.quota = settings.files.quota
        space.reserve = settings.files.reserve

    return take
