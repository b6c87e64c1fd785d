"""What the web refuses, and what it says then: a page for whoever navigates, JSON for the page's own requests."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.web.headers import HEADERS
from bot.web.rendering import page
from handlers.channel_port import NoSpace, Unavailable
from handlers.domain.errors import NotFound

TEXTS = {
    "not_found": "Aradığınız şey yok ya da size açık değil.",
    "method": "Bu adres böyle kullanılmıyor.",
    "foreign": "Bu istek başka bir siteden geldi, güvenliğiniz için kabul edilmedi.",
    "foreign_host": "Bu adla gelen istekler kabul edilmiyor. Yardım Masası'nı kendi adresinden açın.",
    "token": "Sayfa eskimiş. Yenileyip yeniden deneyin; yazdığınız kaybolmaz.",
    "session_ended": "Oturumunuz kapanmış. Sayfayı yenileyin; yazdığınız kaybolmaz.",
    "session_renewed": "Oturumunuz yenilendi. Sayfayı yenileyin; yazdığınız kaybolmaz.",
    "gone": "Bu hesap kapatılmış. Bir yanlışlık varsa Bilgi İşlem'e söyleyin.",
    "sign_in": "Panel için önce Yardım Masası'nda kim olduğunuz bilinmeli: sohbeti açıp “Kodum var” deyin.",
    "panel_closed": "Panel Bilgi İşlem'de çalışanlar, müdür, denetçi ve görevliler içindir. Kayıtlarınız sohbette, "
    "“Kayıtlarım” başlığının altında.",
    "page_closed": "Panelin bu sayfası size açık değil. Açık olanlar için adresi /panel ile bitirin.",
    "search_too_slow": "Bu sözcüklerle aramak çok uzun sürdü; durduruldu. Daha az ya da daha uzun sözcük "
    "yazın, birim ya da konu seçerek daraltın.",
    "too_many_rows": "Bu süzgece uyan kayıtlar {most} sınırını aşıyor; tek dosyaya sığmaz. Birim, konu ya da durum "
    "ekleyerek daraltın.",
    "files_in_work": "Şu anda başka dosyalar hazırlanıyor. Bir dakika sonra yeniden deneyin.",
    "too_many_lines": "Bu süzgece uyan 50.000'den çok satır var; tek dosyaya sığmaz. Bir kişi ya da gün seçin.",
    "read_only": "Buraya yazamazsınız.",
    "too_fast": "Çok hızlı yazıyorsunuz. Mesajınız kaybolmadı; {seconds} saniye sonra gönderilecek.",
    "too_many_labels": "Çok sayıda geçersiz etiket denendi. Biraz sonra yeniden okutun ya da cihazın numarasını yazın.",
    "pressed_too_fast": "Çok hızlı bastınız; bu yapılmadı. {seconds} saniye sonra geri dönüp yeniden deneyin.",
    "too_many_guests": "Şu anda çok fazla yeni ziyaretçi var. {seconds} saniye sonra yeniden deneyin.",
    "too_many_codes": "Bu adresten çok fazla kod denendi. {seconds} saniye sonra yeniden deneyin.",
    "too_many_pages": "Bu sayfa çok fazla sekmede açık. Kullanmadığınız sekmeleri kapatın.",
    "empty": "Boş mesaj gönderilemez. Ne olduğunu birkaç sözcükle yazın.",
    "text_too_long": "Mesaj çok uzun; en çok {limit} harf olabilir. Kısaltın ya da dosya olarak gönderin.",
    "too_many_files": "Bir mesaja en çok {limit} dosya eklenebilir.",
    "file_too_large": "Dosya çok büyük; {limit} MB altında olmalı.",
    "files_too_large": "Dosyalar birlikte çok büyük: sizden günde en çok {limit_mb} MB alabiliyoruz. "
    "Birini çıkarın ya da küçültüp gönderin.",
    "picture_too_large": "Resmin ölçüleri çok büyük; küçültüp ya da ekran görüntüsünü gönderin.",
    "archive_too_large": "Dosya açılınca çok büyük oluyor; gereken dosyaları tek tek gönderin.",
    "archive_type": "“{name}” içinde kabul edilmeyen bir dosya var: “{inner}”. Onu çıkarıp yeniden gönderin.",
    "file_type": "“{name}” gönderilemedi: program çalıştıran, disk kalıbı ya da kısayol olan dosyalar güvenlik için "
    "kabul edilmiyor. Program yerine ekran görüntüsü, PDF ya da belge gönderin.",
    "file_macros": "“{name}” makro içeriyor. “Farklı kaydet” ile makrosuz (docx, xlsx, pptx) ya da PDF olarak "
    "kaydedip gönderin.",
    "file_quota": "Bugün alabileceğimiz dosyalar doldu (günde en çok {limit_mb} MB). Sorununuzu yazıyla anlatın; "
    "dosyayı yarın yeniden gönderebilirsiniz.",
    "files_paused": "Şu anda dosya alamıyoruz: sunucuda yer azaldı. Sorununuzu yazıyla anlatın; "
    "dosyayı daha sonra gönderin.",
    "no_space": "Şu anda yeni mesaj alamıyoruz: sunucuda yer azaldı. Yazdığınız kaybolmaz; yer açılınca gönderilecek.",
    "busy": "Şu anda çok fazla dosya gönderiliyor. Mesajınız kaybolmadı; birazdan yeniden gönderilecek.",
    "file_empty": "Dosya boş.",
    "file_name": "Dosyanın adı kullanılamıyor. Adını değiştirip yeniden deneyin.",
    "push_service": "Tarayıcınızın bildirim hizmetini bu kurum tanımıyor. Bilgi İşlem'e söyleyin.",
    "bad_form": "İstek anlaşılamadı. Sayfayı yenileyip yeniden deneyin.",
    "unavailable": "Yardım Masası'na şu anda ulaşılamıyor; birazdan yeniden denenecek. Yazdığınız kaybolmaz.",
    "broken": "Bir şey ters gitti, kaydını aldık. Biraz sonra yeniden deneyin; yazdığınız kaybolmaz.",
}
TITLES = {
    400: "Olmadı",
    401: "Oturum kapalı",
    403: "İzin yok",
    404: "Bulunamadı",
    405: "Olmadı",
    413: "Çok büyük",
    415: "Kabul edilmeyen dosya",
    429: "Biraz yavaş",
    500: "Bir şey ters gitti",
    503: "Biraz sonra",
}


class HttpRefusal(Exception):
    """`reason` names a text, `data` fills it; `retry_after` in seconds where waiting helps."""

    def __init__(self, status: int, reason: str, *, retry_after: int | None = None, **data: object) -> None:
        super().__init__(f"{status} {reason}")
        self.status, self.reason, self.retry_after, self.data = status, reason, retry_after, data

    @property
    def text(self) -> str:
        return TEXTS[self.reason].format_map(self.data)


def answer(request: Request, refused: HttpRefusal) -> Response:
    headers = {**HEADERS, "Cache-Control": "no-store"}  # a 500 is answered outside of the guard
    if refused.retry_after is not None:
        headers["Retry-After"] = str(refused.retry_after)
    if "text/html" in request.headers.get("accept", ""):
        title = TITLES.get(refused.status, TITLES[400])
        html = page("error.html", title=title, text=refused.text, status=refused.status, back=_start(request))
        return HTMLResponse(html, refused.status, headers)
    return JSONResponse({"error": refused.text, "reason": refused.reason}, refused.status, headers)


def _start(request: Request) -> str:
    """Where "back to the start" leads: the page of the demo person, or the chat."""
    handle = request.path_params.get("handle") if "path_params" in request.scope else None
    return f"/demo/{handle}/" if handle else "/"


async def on_refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HttpRefusal)
    return answer(request, error)


async def on_not_found(request: Request, error: Exception) -> Response:
    """Somebody else's message, file or ticket: the same answer as for none."""
    assert isinstance(error, NotFound)
    return answer(request, HttpRefusal(404, "not_found"))


async def on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    reasons: Mapping[int, str] = {404: "not_found", 405: "method", 413: "file_too_large"}
    refused = HttpRefusal(error.status_code, reasons.get(error.status_code, "bad_form"), limit=20)
    return answer(request, refused)


async def on_unavailable(request: Request, error: Exception) -> Response:
    assert isinstance(error, Unavailable)
    if isinstance(error, NoSpace):
        return answer(request, HttpRefusal(503, "no_space", retry_after=30))
    return answer(request, HttpRefusal(503, "unavailable", retry_after=2))


async def on_too_slow(request: Request, _error: Exception) -> Response:
    """Where a page has no better answer of its own."""
    return answer(request, HttpRefusal(503, "search_too_slow"))


async def on_gone(_request: Request, _error: Exception) -> Response:
    """They hung up, or were shown out, before their request was whole: nobody reads this."""
    return Response(status_code=400)


async def on_broken(request: Request, _error: Exception) -> Response:
    """The server logs the error itself; the visitor learns nothing of it."""
    return answer(request, HttpRefusal(500, "broken"))
