from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import config
from bot.errors import SettingsError
from bot.setting_types import opens_only_here


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but those of the test."""
    monkeypatch.chdir(tmp_path)
    for name in list(config.os.environ):
        if name.startswith("MASA_"):
            monkeypatch.delenv(name)


def written(text: str) -> None:
    Path("masa.toml").write_text(text, encoding="utf-8")


def refused() -> str:
    with pytest.raises(SettingsError) as caught:
        config.load()
    return str(caught.value)


def test_without_any_setting_the_desk_is_local() -> None:
    settings = config.load()
    assert settings.database_url == "sqlite:///masa.db"
    assert settings.database_file == Path("masa.db")
    assert settings.base_url == "http://127.0.0.1:8080"
    assert settings.schedule.digest_at == time(17, 0)
    assert settings.schedule.morning_at == time(8, 15)
    assert settings.timezone == ZoneInfo("Europe/Istanbul")
    assert not settings.demo
    assert not settings.telegram.token.get_secret_value()


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    written('institution = "Örnek Belediyesi"\n[web]\nport = 8081\nbase_url = "https://masa.example/"\n')
    monkeypatch.setenv("MASA_WEB__PORT", "8082")
    settings = config.load()
    assert settings.web.port == 8082
    assert settings.base_url == "https://masa.example"
    assert settings.institution == "Örnek Belediyesi"


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASA_DEMO", "")
    assert not config.load().demo


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        config.load().demo = True  # type: ignore[misc] # that is the point


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("MASA_WEB__PORT", "eighty", "MASA_WEB__PORT: 'eighty'; expected a whole number"),
        ("MASA_WEB__PORT", "70000", "MASA_WEB__PORT: '70000'; expected less than or equal to 65535"),
        ("MASA_DEMO", "maybe", "MASA_DEMO: 'maybe'; expected 1 or 0 (true or false)"),
        ("MASA_TIMEZONE", "Europe/Ankara", "MASA_TIMEZONE: 'Europe/Ankara'; expected the name of a time zone"),
        ("MASA_TIMEZONE", "../etc", "MASA_TIMEZONE: '../etc'; expected the name of a time zone"),
        ("MASA_SCHEDULE__DIGEST_AT", "25:00", "MASA_SCHEDULE__DIGEST_AT: '25:00'; expected a time of day"),
        ("MASA_SCHEDULE__MORNING_AT", "8", "MASA_SCHEDULE__MORNING_AT: '8'; expected a time of day"),
        (
            "MASA_DATABASE_URL",
            "mysql://x",
            "MASA_DATABASE_URL: 'mysql://x'; expected sqlite:///FILE or postgresql+psyco",
        ),
        ("MASA_TELEGRAM__MODE", "push", "MASA_TELEGRAM__MODE: 'push'; expected 'polling' or 'webhook'"),
        ("MASA_TELEGRAM__BASE_URL", "ftp://x", "MASA_TELEGRAM__BASE_URL: 'ftp://x'; expected an address that begins"),
        ("MASA_WATCHDOG_SECONDS", "0", "MASA_WATCHDOG_SECONDS: '0'; expected greater than 0"),
        ("MASA_WEB__PROT", "80", "MASA_WEB__PROT: unknown setting web.prot; expected one of the settings"),
        ("MASA_WEB", "8080", "MASA_WEB: '8080'; expected"),
        ("masa_web__port", "x", "masa_web__port: 'x'; expected a whole number"),
    ],
)
def test_a_bad_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    monkeypatch.setenv(name, value)
    assert refused().startswith(says)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# one\n\n[web]\nhost = '127.0.0.1'\nport = 'x'\n", "masa.toml:5: 'x'; expected a whole number"),
        ("web.port = -1", "masa.toml:1: '-1'; expected greater than or equal to 0"),
        ("web = {port = 'x'}", "masa.toml:1: 'x'; expected a whole number"),
        ("web = 3", "masa.toml:1: '3'; expected a section"),
        ("\ndemo = 'perhaps'", "masa.toml:2: 'perhaps'; expected 1 or 0"),
        ("colour = 'red'", "masa.toml:1: unknown setting colour; expected one of the settings in the README"),
        ("[web]\nport = 1\n[web.tls]\nkey = ''", "masa.toml:3: unknown setting web.tls; expected"),
        ("a = [\n1,\n2,\n]\ninstitution = '''\n'''", "masa.toml:5: ''; expected"),
        ("demo = yes", "masa.toml:1: 'demo = yes'; expected TOML"),
        ("[web\nport = 1", "masa.toml:1: '[web'; expected TOML"),
        ("x = '''never\nended", "masa.toml:2: 'ended'; expected TOML"),
        ("[schedule]\ndigest_at = 17:00", "masa.toml:2: 'digest_at = 17:00'; expected TOML"),
    ],
)
def test_a_bad_line_of_the_file_is_named(text: str, says: str) -> None:
    written(text)
    assert refused().startswith(says)


def test_a_time_of_toml_is_a_time() -> None:
    written("[schedule]\ndigest_at = 16:30:00\n")
    assert config.load().schedule.digest_at == time(16, 30)


def test_a_file_that_is_no_text_is_named() -> None:
    Path("masa.toml").write_bytes(b"demo = true\ninstitution = '\xddzmir'\n")
    assert refused() == "masa.toml:2: byte 0xdd; expected text in UTF-8"


def test_a_folder_in_place_of_the_file_is_named() -> None:
    Path("masa.toml").mkdir()
    assert refused().startswith("masa.toml: ")


def test_secrets_are_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASA_DATABASE_URL", "postgres://masa:hunter2@db/masa")
    assert "hunter2" not in refused()
    monkeypatch.delenv("MASA_DATABASE_URL")
    written("[telegram]\ntoken = 12345")
    assert refused() == "masa.toml:2: a value that is not shown here; expected string"
    written("[telegram]\ntoken = '12345'")
    assert "12345" not in repr(config.load())


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "masa.example", "::"])
def test_demo_people_are_for_loopback_only(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("MASA_DEMO", "1")
    monkeypatch.setenv("MASA_WEB__HOST", host)
    assert refused().startswith(
        f"MASA_WEB__HOST: '{host}'; expected a loopback address such as 127.0.0.1, since MASA_DEMO"
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_demo_runs_on_loopback(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("MASA_DEMO", "1")
    monkeypatch.setenv("MASA_WEB__HOST", host)
    assert config.load().demo


def test_misspelt_variables_are_found() -> None:
    environ = {"MASA_DATABSE_URL": "x", "MASA_DEMO": "1", "MASA_WEB__PORT": "1", "HOME": "/", "MASA_WEB": "{}"}
    assert config.unknown_names(environ, config.load()) == ["MASA_DATABSE_URL"]


def test_probes_are_off_and_each_says_what_it_asks() -> None:
    assert config.load().probes == ()
    written(
        "[[probes]]\nsystem = 'EBYS'\nkind = 'http'\ntarget = 'http://ebys.local/giris'\nword = 'Giriş'\n"
        "[[probes]]\nsystem = 'ebys'\nkind = 'tls'\ntarget = '[fd00::1]:443'\ndays = 14\n"
        "[[probes]]\nsystem = 'internet'\nkind = 'dns'\ntarget = 'www.ornek.bel.tr'\n"
    )
    page, certificate, name = [section.probe for section in config.load().probes]
    assert (page.url, page.word, page.status) == ("http://ebys.local/giris", "Giriş", None)
    assert (certificate.host, certificate.port, certificate.days) == ("fd00::1", 443, 14)
    assert (name.host, name.target) == ("www.ornek.bel.tr", "www.ornek.bel.tr")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind = 'tcp'\ntarget = 'ebys.local'", "target is 'ebys.local'; expected HOST:PORT"),
        ("kind = 'tls'\ntarget = 'ebys.local:99999'", "expected HOST:PORT"),
        ("kind = 'http'\ntarget = 'ebys.local'", "expected an address that begins with http:// or https://"),
        ("kind = 'dns'\ntarget = 'http://ebys'", "expected a name"),
        ("kind = 'tcp'\ntarget = 'ebys.local:80'\nword = 'x'", "status and word are of kind http; kind is tcp"),
        ("kind = 'ping'\ntarget = 'ebys.local'", "'tcp', 'http', 'dns' or 'tls'"),
        ("kind = 'http'\ntarget = 'http://ebys'\nstatus = 99", "100"),
        ("target = 'x'", "masa.toml:1: "),
    ],
)
def test_a_probe_that_cannot_be_is_named(text: str, says: str) -> None:
    written(f"[[probes]]\nsystem = 'ebys'\n{text}\n")
    assert says in refused()


def test_places_with_hours_are_a_setting() -> None:
    assert [place.title for place in config.load().places][:1] == ["Vezne"]
    written("[[priority_places]]\ntitle = 'Gişe'\nwords = ['Gişe', 'TAHSİLAT']\nopens = '08:30'\non_weekends = true\n")
    (place,) = config.load().places
    assert (place.words, place.opens, place.closes, place.on_weekends) == (
        ("gise", "tahsilat"),
        time(8, 30),
        time(17),
        True,
    )
    written("priority_places = []")
    assert config.load().places == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = 'x'\nwords = []", "masa.toml:3: "),
        ("title = 'x'\nwords = ['x']\nopens = '17:00'\ncloses = '08:00'", "closes at 08:00, opens at 17:00"),
        ("title = 'x'\nwords = ['x']\nopens = '25:00'", "expected a time of day"),
        ("words = ['x']", "masa.toml:1: "),
    ],
)
def test_a_place_that_cannot_be_is_named(text: str, says: str) -> None:
    written(f"[[priority_places]]\n{text}\n")
    assert says in refused()


@pytest.mark.parametrize(
    ("address", "only_here"),
    [
        ("http://127.0.0.1:8080", True),
        ("http://localhost:8080", True),
        ("http://[::1]:8080", True),
        ("http://0.0.0.0:8080", True),
        ("http://10.0.0.5:8080", False),
        ("https://masa.belediye.example", False),
    ],
)
def test_which_addresses_open_on_this_machine_only(address: str, *, only_here: bool) -> None:
    assert opens_only_here(address) is only_here
