"""Which pages the panel has, in the sections of its head, and to whom each is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.domain.officers import Office
from handlers.domain.people import Person, Role

EVERYBODY_OF_THE_PANEL = frozenset(Role) - {Role.REQUESTER}


@dataclass(frozen=True, slots=True)
class PanelPage:
    path: str
    """Below `/panel/`; also the page that those below it belong to."""
    title: str
    roles: frozenset[Role] = EVERYBODY_OF_THE_PANEL
    """Who may open it, by their own right or as a deputy. What they read there is for its query to decide."""
    listed: bool = True
    """Whether it stands in the head of the panel."""
    offices: frozenset[str] = frozenset()
    """Görevler whose holders open it, whatever their role."""

    def is_open_to(self, person: Person) -> bool:
        return not person.gone and bool(self.roles & person.roles or self.offices & person.offices)


TICKETS = PanelPage("kayitlar", "Kayıtlar")
BOARD = PanelPage("pano", "Pano")
DEVICES = PanelPage(
    "cihazlar",
    "Cihazlar",
    frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR}),
    offices=frozenset({Office.AMBAR, Office.TASINIR_KAYIT}),
)
DEVICE_WORK = PanelPage(
    "cihazlar",
    "Cihazlar",
    frozenset({Role.TECHNICIAN, Role.LEAD}),
    listed=False,
    offices=frozenset({Office.AMBAR, Office.TASINIR_KAYIT}),
)
"""A new one, labels."""
DEVICE_LISTS = PanelPage(
    "cihazlar", "Cihazlar", frozenset({Role.LEAD}), listed=False, offices=frozenset({Office.AMBAR})
)
"""Lists that are brought."""
HANDOVERS = PanelPage(
    "teslim",
    "Teslim",
    frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR}),
    offices=frozenset({Office.AMBAR, Office.TASINIR_KAYIT, Office.HARCAMA_YETKILISI}),
)
"""Below it: orders out of the depot, the official ledger, somebody's zimmet."""
STOCK = PanelPage(
    "depo",
    "Depo",
    frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR}),
    offices=frozenset({Office.AMBAR, Office.TASINIR_KAYIT}),
)
SCRAP = PanelPage(
    "hurda",
    "Hurda",
    frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR}),
    offices=frozenset({Office.AMBAR, Office.TASINIR_KAYIT, Office.HARCAMA_YETKILISI}),
)
COUNTS = PanelPage(
    "sayim",
    "Sayım",
    frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR}),
    offices=frozenset({Office.AMBAR, Office.TASINIR_KAYIT, Office.TASINIR_KONTROL}),
)
TERMS = PanelPage(
    "sureli",
    "Süreli kayıtlar",
    frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR}),
    offices=frozenset({Office.HARCAMA_YETKILISI, Office.TASINIR_KAYIT}),
)
PROGRAMS = PanelPage("yazilimlar", "Yazılımlar", TERMS.roles, offices=TERMS.offices)
VENDORS = PanelPage("firmalar", "Firmalar ve servis", TERMS.roles, offices=TERMS.offices)
TRAININGS = PanelPage("egitimler", "Eğitimler", frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR}))
ANNOUNCEMENTS = PanelPage("duyurular", "Duyurular", frozenset({Role.LEAD, Role.DIRECTOR, Role.AUDITOR, Role.ADMIN}))
DOCUMENTS = PanelPage(
    "evrak",
    "Evrak",
    frozenset({Role.TECHNICIAN, Role.LEAD, Role.DIRECTOR, Role.AUDITOR}),
    offices=frozenset({Office.EVRAK}),
)
FIGURES = PanelPage("gosterge", "Gösterge")
REPORTS = PanelPage("raporlar", "Raporlar", frozenset({Role.LEAD, Role.DIRECTOR}))
YEAR_REPORT = PanelPage("raporlar", "Raporlar", frozenset({Role.DIRECTOR}), listed=False)
"""Below the reports."""
AUDIT = PanelPage("denetim", "Denetim", frozenset({Role.DIRECTOR, Role.AUDITOR, Role.ADMIN}))
SEARCH = PanelPage("ara", "Ara")
PEOPLE = PanelPage("kisiler", "Kişiler", frozenset({Role.LEAD, Role.DIRECTOR, Role.AUDITOR, Role.ADMIN}))
STAFF = PanelPage("kisiler", "Kişiler", frozenset({Role.ADMIN}), listed=False)
"""What only an admin does there: lists that are brought, invitations."""
GO = PanelPage("git", "Git", listed=False)
"""By its button in the head, and Ctrl+K."""
SETTINGS = PanelPage("ayarlar", "Ayarlar", frozenset({Role.LEAD, Role.DIRECTOR, Role.AUDITOR, Role.ADMIN}))
OPERATION = PanelPage("ayarlar", "Kurulum", frozenset({Role.AUDITOR, Role.ADMIN}), listed=False)
"""Below the settings."""
NEW_ARTICLE = PanelPage("ayarlar", "Ayarlar", frozenset({Role.LEAD, Role.DIRECTOR, Role.ADMIN}), listed=False)
"""Below the settings: who only reads those writes none."""
SETUP = PanelPage("ilk-kurulum", "İlk kurulum", frozenset({Role.ADMIN}), listed=False)
"""The steps by which a house is set up."""


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one kind of work: the head shows the sections, and below them the pages of the one where one is."""

    title: str
    """No page is called so: two links of one name would be two places."""
    pages: Sequence[PanelPage]


SECTIONS: Sequence[Section] = (
    Section("Destek", (TICKETS, BOARD, SEARCH)),
    Section("Envanter", (DEVICES, HANDOVERS, STOCK, COUNTS, SCRAP)),
    Section("Sözleşme ve lisans", (TERMS, VENDORS, PROGRAMS)),
    Section("Yazı ve eğitim", (DOCUMENTS, ANNOUNCEMENTS, TRAININGS)),
    Section("Rapor ve denetim", (FIGURES, REPORTS, AUDIT)),
    Section("Yönetim", (PEOPLE, SETTINGS)),
)
PAGES: Sequence[PanelPage] = (*(one for section in SECTIONS for one in section.pages), GO)
"""A row for each page there is."""
START = PanelPage("", "Panel", listed=False, offices=frozenset(office for one in PAGES for office in one.offices))
"""The panel itself: leads to the first page that is open to them."""


def sections_of(person: Person) -> list[Section]:
    """With the pages that are open to them. What has one page alone is called as that page."""
    found = []
    for section in SECTIONS:
        pages = [one for one in section.pages if one.listed and one.is_open_to(person)]
        if pages:
            found.append(Section(section.title if len(pages) > 1 else pages[0].title, pages))
    return found


def first_page(person: Person) -> PanelPage:
    """Where the panel begins for them: tickets, for who has none of those what their görev opens."""
    return next((one for one in PAGES if one.listed and one.is_open_to(person)), TICKETS)


def opens(person: Person) -> bool:
    """Whether anything of the panel is open to them."""
    return any(one.is_open_to(person) for one in PAGES)
