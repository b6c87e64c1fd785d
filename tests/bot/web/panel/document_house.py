"""A directorate with a document to be answered."""

from __future__ import annotations

from datetime import timedelta

from handlers.announcements import sending
from handlers.context import Acting
from handlers.documents import tracking
from handlers.documents.tracking import Said
from handlers.domain.announcements import Announcement, Audience
from handlers.domain.document_tracks import DocumentKind, DocumentTrack
from handlers.domain.people import Person
from handlers.domain.trainings import Training
from handlers.trainings import planning
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


def planned_training(site: ScriptedSite, lead: Person) -> Training:
    starts = site.now() + timedelta(days=3)
    said = planning.Said(title="Excel’e giriş", starts=starts, place="Salon", trainer="Zeynep", capacity=1)

    def work(acting: Acting) -> Training:
        one = planning.plan(acting, said)
        planning.invite(acting, one.id, ["Ayşe Yılmaz", "Mehmet Kaya"])
        return one

    return acts(site, lead, work)
