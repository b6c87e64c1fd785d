"""`/kurulum`: the address that `masa run` prints while nobody is admin. Its code opens once, for who runs the desk."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import replace
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.web.auth.browser_session import CHANNEL, Browser, browser_of, require_own_page, set_cookie
from bot.web.errors import HttpRefusal
from bot.web.forms import bounded_form, typed_text
from bot.web.rendering import NO_STORE, page
from bot.web.state import user_agent, web_of
from handlers.domain.errors import Invalid
from handlers.domain.people import Account
from handlers.people import first_admin, sessions
from handlers.ports import UnitOfWork

_BETWEEN = re.compile(r"[\W_]+")
_MOST_LETTERS = 60
_REFUSED = {
    "bad_code": "Bu kod geçmiyor: bir kez kullanılır ve {hours} saat geçerlidir. "
    "Kodu ekrandakiyle karşılaştırın; süresi geçtiyse masayı yeniden başlatın, yeni bir adres yazar.",
    "name_unusable": "Adınızı ve soyadınızı yazın; ikisi de harflerle.",
}


def code_hash(code: str) -> str:
    """Only this is kept. 50 random bits that live two hours need no slow hash."""
    return hashlib.sha256(_BETWEEN.sub("", code).upper().encode()).hexdigest()


async def form(request: Request) -> Response:
    """Opening it uses nothing up: what looks at a link before it is followed is not the admin."""
    web = web_of(request)
    browser = browser_of(request, web.settings)
    if not await web.gateway.read(first_admin.is_needed):
        return _over()
    return _shown(request, browser, request.query_params.get("kod", "")[:_MOST_LETTERS])


async def begin(request: Request) -> Response:
    """The browser gets a cookie that nobody knew before; without the right code it is looked at so often only."""
    web = web_of(request)
    browser, now = browser_of(request, web.settings), web.gateway.now()
    async with bounded_form(request) as given:
        require_own_page(browser, str(given.get("form_token", "")))
        code, name = typed_text(given, _MOST_LETTERS, "kod"), typed_text(given, _MOST_LETTERS, "ad")
    address = request.client.host if request.client is not None else ""
    if seconds := web.codes.wait(("kurulum", address), now):
        raise HttpRefusal(429, "too_many_codes", retry_after=seconds, seconds=seconds)
    if not await web.gateway.read(first_admin.is_needed):
        return _over()
    known, typed = web.settings.setup_code, code_hash(code)
    is_ours = known is not None and now <= known.until and hmac.compare_digest(known.hash, typed)
    if not is_ours and not await web.gateway.read(lambda uow: first_admin.opens(uow, typed, now)):
        return _shown(request, browser, code, name, "bad_code")
    entered, agent = browser.renewed(page_key=True), user_agent(request)
    account = Account(CHANNEL, f"b-{secrets.token_hex(6)}")

    def work(uow: UnitOfWork) -> None:
        person = first_admin.begin(uow, name, account, code_hash=typed, now=now)
        sessions.begin(uow, entered.hash, person, now, agent)

    try:
        await web.gateway.write(work)
    except Invalid as refused:
        return _over() if refused.reason == "house_has_admin" else _shown(request, browser, code, name, refused.reason)
    response = RedirectResponse("/panel/ilk-kurulum/1", 303)
    set_cookie(response, replace(entered, fresh=False), web.settings)
    return response


def _over() -> Response:
    return HTMLResponse(page("setup_over.html"), 410, NO_STORE)


def _shown(request: Request, browser: Browser, code: str, name: str = "", refused: str = "") -> Response:
    web = web_of(request)
    said = _REFUSED[refused].format(hours=first_admin.CODE_LIVES // timedelta(hours=1)) if refused else ""
    html = page(
        "setup_begin.html",
        institution=web.settings.institution,
        form_token=browser.form_token,
        code=code,
        name=name,
        refused=said,
        about_name=refused == "name_unusable",
        days=web.settings.session_days,
    )
    response = HTMLResponse(html, 422 if refused else 200, NO_STORE)
    if browser.fresh:
        set_cookie(response, browser, web.settings)
    return response
