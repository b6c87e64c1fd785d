"""`/durum`, `.json`, `.ics`, `.svg`: open from the house's own networks, elsewhere to whoever is signed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.web.auth.browser_session import browser_of, required_person
from bot.web.errors import HttpRefusal
from bot.web.rendering import exact_time, page
from bot.web.settings import LOOPBACK, WebSettings
from bot.web.state import web_of
from handlers.domain.systems import SystemState
from handlers.ports import UnitOfWork
from handlers.queries.status import PlannedWork, RunningOutage, Status
from handlers.spoken_time import worked_length
from handlers.terms import SYSTEM_MARKS, SYSTEM_STATES

FRESH = {"Cache-Control": "no-cache"}
_IN_HOURS = timedelta(days=366)
"""A length is said in hours, however long it is."""
REFRESHED_EVERY = 60
"""Seconds after which it is looked at anyway; the page does without JavaScript."""
COMPONENT: Mapping[SystemState, str] = {
    SystemState.WORKS: "operational",
    SystemState.PLANNED: "under_maintenance",
    SystemState.SLOW: "degraded_performance",
    SystemState.PARTIAL: "partial_outage",
    SystemState.DOWN: "major_outage",
}
"""As Statuspage calls them, whose clients read this."""
INDICATOR: Mapping[SystemState, str] = {
    SystemState.WORKS: "none",
    SystemState.PLANNED: "maintenance",
    SystemState.SLOW: "minor",
    SystemState.PARTIAL: "major",
    SystemState.DOWN: "critical",
}
COLOUR: Mapping[SystemState, str] = {
    SystemState.WORKS: "#1b7a3d",
    SystemState.PLANNED: "#1d5fb8",
    SystemState.SLOW: "#8a5a00",
    SystemState.PARTIAL: "#8a5a00",
    SystemState.DOWN: "#a3261b",
}


async def html(request: Request) -> Response:
    status = await look(request)
    shown = _shown(status, web_of(request).settings.zone)
    logo = web_of(request).settings.logo_address
    rendered = page("status.html", institution=status.institution, logo=logo, refreshed=REFRESHED_EVERY, **shown)
    return HTMLResponse(rendered, headers=FRESH)


def now_html(status: Status, zone: ZoneInfo) -> str:
    """What changes, without the page around it."""
    return page("status_now.html", **_shown(status, zone))


def _shown(status: Status, zone: ZoneInfo) -> dict[str, Any]:
    broken = {one.system for one in status.outages} | {one.id for one in status.systems if one.state != "works"}
    return {
        "status": status,
        "working": [one for one in status.systems if one.id not in broken],
        "marks": SYSTEM_MARKS,
        "states": SYSTEM_STATES,
        "exact": lambda at: exact_time(at, zone),
        "length": lambda time: worked_length(time, _IN_HOURS),
    }


async def json(request: Request) -> Response:
    """In the shape of Statuspage's API v2 (`summary.json`)."""
    status = await look(request)
    return JSONResponse(summary(status, web_of(request).settings), headers=FRESH)


async def ics(request: Request) -> Response:
    """Planned work, for calendars that are asked to follow it (RFC 5545)."""
    status = await look(request)
    return Response(calendar(status), media_type="text/calendar; charset=utf-8", headers=FRESH)


async def svg(request: Request) -> Response:
    status = await look(request)
    return Response(badge(status), media_type="image/svg+xml", headers=FRESH)


async def look(request: Request) -> Status:
    """Raises HttpRefusal where it is asked for from outside, by nobody who is signed in."""
    web = web_of(request)
    read_status = web.settings.status
    if read_status is None:
        raise HttpRefusal(404, "not_found")
    now, inside = web.gateway.now(), is_inside(request, web.settings)
    browser = browser_of(request, web.settings)

    def read(uow: UnitOfWork) -> Status:
        if not inside:
            required_person(uow, browser, now, web.settings)
        return read_status(uow, now)

    return await web.gateway.read(read)


def is_inside(request: Request, settings: WebSettings) -> bool:
    """Whether it comes from a network of the house. A proxy on this machine that names no sender brings anybody: what
    comes from here is from here only where this machine was asked for by that name."""
    try:
        address = ip_address(request.client.host if request.client is not None else "")
    except ValueError:
        return False
    if address.is_loopback:
        return (urlsplit(f"//{request.headers.get('host', '')}").hostname or "") in LOOPBACK
    mapped = getattr(address, "ipv4_mapped", None) or address
    return any(mapped in ip_network(network) for network in settings.internal_networks)


# --- other forms ----------------------------------------------------------------------------------
def summary(status: Status, settings: WebSettings) -> dict[str, Any]:
    ids = {one.id: f"system-{one.id}" for one in status.systems}
    components = [
        {
            "id": ids[one.id],
            "name": one.title,
            "status": COMPONENT[one.state],
            "position": place,
            "description": None,
            "group": False,
            "group_id": None,
            "only_show_if_degraded": False,
            "updated_at": status.at.isoformat(),
        }
        for place, one in enumerate(status.systems, start=1)
    ]
    return {
        "page": {
            "id": "yardim-masasi",
            "name": status.institution,
            "url": f"{settings.base_url}/durum",
            "time_zone": str(settings.zone),
            "updated_at": status.at.isoformat(),
        },
        "status": {"indicator": INDICATOR[status.worst], "description": _in_words(status.outages)},
        "components": components,
        "incidents": [_incident(one, components) for one in status.outages],
        "scheduled_maintenances": [_scheduled(one, components) for one in status.planned],
    }


def _incident(outage: RunningOutage, components: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    key = f"outage-{outage.id}"
    return {
        "id": key,
        "name": f"{outage.title}: {SYSTEM_STATES[outage.state]}",
        "status": "identified" if outage.lines else "investigating",
        "impact": INDICATOR[outage.state],
        "created_at": outage.declared_at.isoformat(),
        "started_at": outage.since.isoformat(),
        "updated_at": outage.changed_at.isoformat(),
        "monitoring_at": None,
        "resolved_at": None,
        "incident_updates": [
            _update(key, place, line.at, line.text) for place, line in reversed([*enumerate(outage.lines)])
        ],
        "components": [one for one in components if one["id"] == f"system-{outage.system}"],
    }


def _scheduled(one: PlannedWork, components: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    key = f"work-{one.id}"
    return {
        "id": key,
        "name": f"{one.title}: {one.text}" if one.text else one.title,
        "status": "in_progress" if one.under_way else "scheduled",
        "impact": "maintenance",
        "created_at": one.entered_at.isoformat(),
        "updated_at": one.entered_at.isoformat(),
        "scheduled_for": one.starts.isoformat(),
        "scheduled_until": one.ends.isoformat(),
        "incident_updates": [],
        "components": [component for component in components if component["id"] == f"system-{one.system}"],
    }


def _update(incident: str, place: int, at: datetime, text: str) -> dict[str, Any]:
    moments = dict.fromkeys(("created_at", "updated_at", "display_at"), at.isoformat())
    return {"id": f"{incident}-{place}", "incident_id": incident, "status": "identified", "body": text, **moments}


def _in_words(running: Sequence[RunningOutage]) -> str:
    if not running:
        return "Bütün sistemler çalışıyor"
    first = f"{running[0].title}: {SYSTEM_STATES[running[0].state]}"
    return first if len(running) == 1 else f"{first} (+{len(running) - 1})"


def calendar(status: Status) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Yardim Masasi//durum//TR",
        f"X-WR-CALNAME:{_ics('Planlı çalışmalar')}",
    ]
    for one in status.planned:
        lines += [
            "BEGIN:VEVENT",
            f"UID:work-{one.id}@yardim-masasi",
            f"DTSTAMP:{_moment(one.entered_at)}",
            f"DTSTART:{_moment(one.starts)}",
            f"DTEND:{_moment(one.ends)}",
            f"SUMMARY:{_ics(f'{one.title}: {one.text}' if one.text else one.title)}",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _ics(text: str) -> str:
    """A text, as RFC 5545 3.3.11 wants it."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 bytes, the rest behind a blank on the next (3.1), and no letter cut in two."""
    out, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 75:
            out, size = f"{out}\r\n ", 1
        out, size = out + letter, size + width
    return out


def badge(status: Status) -> str:
    """For a page of the intranet: a sign, a word and a colour."""
    text = f"{SYSTEM_MARKS[status.worst]} {_in_words(status.outages)}"
    width = 16 + round(7.2 * len(text))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="24" role="img" aria-label="{escape(text)}">'
        f'<rect width="{width}" height="24" rx="4" fill="{COLOUR[status.worst]}"/>'
        f'<text x="{width / 2}" y="16" fill="#ffffff" text-anchor="middle" font-family="sans-serif" font-size="13">'
        f"{escape(text)}</text></svg>"
    )
