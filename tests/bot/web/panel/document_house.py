"""A directorate with a document to be answered."""

from __future__ import annotations

from handlers.announcements import sending
from handlers.context import Acting
from handlers.documents import tracking
from handlers.documents.tracking import Said
from handlers.domain.announcements import Announcement, Audience
from handlers.domain.document_tracks import DocumentKind, DocumentTrack
from handlers.domain.people import Person
from tests.bot.web.panel.device_house import acts
from tests.bot.web.scripted_site import ScriptedSite


def furnish_documents(site: ScriptedSite, lead: Person) -> DocumentTrack:
    def work(acting: Acting) -> DocumentTrack:
        said = Said(registry_no="45123", kind=DocumentKind.PETITION, sender="Yazı İşleri", subject="İnternet hattı")
        return tracking.record(acting, said)

    return acts(site, lead, work)


def announced(site: ScriptedSite, lead: Person) -> Announcement:
    text = "Parolanızı kimseyle paylaşmayın."
    return acts(site, lead, lambda acting: sending.send(acting, text, Audience.EVERYBODY, security=True))
