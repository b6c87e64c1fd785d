"""A glpi-agent as a real one (1.12-dev) was heard: what it sends, in its words and with its headers, in its order.

Names and addresses are made up; the parts of its inventory are those that it had, cut to a few rows.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

import httpx

AGENT_ID = "2655dfc0-ebb4-11f1-a953-3e317380385f"
DEVICE_ID = "vm-2026-11-29-05-17-19"
ADDRESS = "/envanter"
HEADERS = {
    "TE": "deflate,gzip;q=0.3",
    "Keep-Alive": "300",
    "Connection": "Keep-Alive, TE",
    "Pragma": "no-cache",
    "User-Agent": "GLPI-Agent_v1.12-dev",
    "Content-Type": "application/x-compress-zlib",
}
PROLOG = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<REQUEST>\n  <DEVICEID>{}</DEVICEID>\n'
    "  <QUERY>PROLOG</QUERY>\n  <TOKEN>12345678</TOKEN>\n</REQUEST>\n"
)
TASKS = ["collect", "deploy", "esx", "inventory", "netdiscovery", "netinventory", "remoteinventory", "wakeonlan"]
HARDWARE = {
    "defaultgateway": "192.0.2.1",
    "dns": "192.0.2.53",
    "memory": 24105,
    "name": "vm",
    "swap": 0,
    "vmsystem": "Docker",
}
PROVIDER = {"etime": 0, "name": "GLPI", "perl_version": "v5.36.0", "program": "bin/glpi-agent", "version": "1.12-dev"}
PART = {
    "accesslog": {"logdate": "2026-11-29 05:17:20"},
    "bios": {"ssn": ""},
    "hardware": HARDWARE,
    "versionclient": "GLPI-Agent_v1.12-dev",
    "versionprovider": PROVIDER,
}
CONTAINER: dict[str, Any] = {
    **PART,
    "cpus": [{"arch": "x86_64", "name": "Intel(R) Xeon(R) Processor @ 2.60GHz", "core": 2, "speed": 2600}],
    "drives": [{"filesystem": "overlay", "free": 11683, "total": 40189, "type": "/", "volumn": "overlay"}],
    "firewalls": [{"profile": "iptables", "status": "off"}],
    "networks": [
        {"description": "lo", "ipaddress": "127.0.0.1", "type": "loopback", "virtualdev": True, "status": "up"},
        {"description": "eth0", "ipaddress": "192.0.2.17", "macaddr": "02:42:c0:00:02:11", "type": "ethernet"},
    ],
    "operatingsystem": {"full_name": "Debian GNU/Linux 12 (bookworm)", "version": "12", "kernel_name": "linux"},
    "storages": [{"name": "vda", "disksize": 65536, "type": "disk", "manufacturer": "0x1af4"}],
}
SECRETS: dict[str, Any] = {
    "users": [{"login": "ayse.yilmaz", "domain": "BELEDIYE"}],
    "local_users": [{"login": "yerelhesap", "name": "Ayşe Yılmaz", "home": "/home/ayse"}],
    "local_groups": [{"name": "muhasebe", "member": [{"login": "ayse.yilmaz"}]}],
    "processes": [{"cmd": "/usr/bin/gizli-program --user ayse.yilmaz", "user": "ayse.yilmaz", "pid": 7}],
    "envs": [{"key": "GIZLI_ORTAM", "val": "ayse.yilmaz"}],
    "softwares": [{"name": "Gizli Program", "username": "ayse.yilmaz"}],
    "licenseinfos": [{"name": "Office", "key": "AAAAA-GIZLI-BBBBB"}],
    "remote_mgmt": [{"id": "123456789", "type": "anydesk"}],
    "accountinfo": [{"keyname": "TAG", "keyvalue": "gizli-etiket"}],
}
"""What an agent without the desk's wishes sends of people and what they do."""
SECRET_FIELDS = {
    "lastloggeduser": "ayse.yilmaz",
    "winprodkey": "AAAAA-GIZLI-BBBBB",
    "winowner": "Ayşe Yılmaz",
    "wincompany": "gizli kurum",
}


def computer(name: str = "PC-MALI-07", **about: Any) -> dict[str, Any]:
    """The inventory of an office's computer, with everything that a full one has: `uuid`, `serial`, `mac`, `ip`,
    `modules` (MB each), `disks` (serials)."""
    mac, ip = about.get("mac", "00:1a:2b:3c:4d:5e"), about.get("ip", "10.0.4.7")
    return {
        **PART,
        **SECRETS,
        "bios": {
            "ssn": about.get("serial", "5CD8123ABC"),
            "smanufacturer": "LENOVO",
            "smodel": "ThinkPad E14",
            "assettag": "No Asset Information",
        },
        "hardware": {
            **HARDWARE,
            **SECRET_FIELDS,
            "name": name,
            "uuid": about.get("uuid", "4C4C4544-0047-4810-8052-B4C04F4B4B32"),
            "chassis_type": "Laptop",
            "memory": 8000,
        },
        "cpus": [{"name": "Intel(R) Core(TM) i5-6200U CPU @ 2.30GHz"}],
        "memories": [{"capacity": size, "type": "DDR4"} for size in about.get("modules", (8192,))],
        "monitors": [{"caption": "DELL P2422H", "serial": "9WR1TT3", "manufacturer": "Dell"}],
        "networks": [
            {"description": "Ethernet", "ipaddress": ip, "macaddr": mac, "type": "ethernet", "virtualdev": 0},
            {"description": "Wi-Fi", "macaddr": "", "type": "wifi", "wifi_ssid": "gizli-ag"},
            {"description": "VMware", "macaddr": "00:50:56:c0:00:01", "type": "ethernet", "virtualdev": "1"},
        ],
        "operatingsystem": {"full_name": "Microsoft Windows 10 Pro", "version": "10.0.19045"},
        "storages": [
            *({"model": "SAMSUNG MZVLB256", "serial": serial, "disksize": 244198, "type": "disk", "interface": "NVMe"}
              for serial in about.get("disks", ("S4GENX0N123456",))),
            {"model": "Kingston DataTraveler", "serial": "USB0001", "disksize": 15000, "interface": "USB"},
        ],
    }  # fmt: skip


PRINTER = {
    "cartridges": [{"tonerblack": "8"}, {"drumblack": "61"}],
    "network_device": {
        "contact": "Ayşe Yılmaz",
        "ips": ["10.0.0.15"],
        "mac": "00:68:eb:f2:be:10",
        "manufacturer": "HP",
        "model": "LaserJet M404dn",
        "name": "NPIF2BE10",
        "serial": "PHB1234567",
        "type": "Printer",
    },
    "pagecounters": {"rectoverso": 831, "total": 18020},
}
PRINTER_IN_XML = """<?xml version="1.0" encoding="UTF-8" ?>
<REQUEST><CONTENT><DEVICE>
<CARTRIDGES><TONERBLACK>71</TONERBLACK></CARTRIDGES>
<INFO><COMMENTS>HP ETHERNET</COMMENTS><CONTACT>Ayşe Yılmaz</CONTACT><ID>1</ID><IPS><IP>10.0.0.15</IP></IPS>
<LOCATION>3. kat</LOCATION><MAC>00:68:eb:f2:be:10</MAC><MANUFACTURER>HP</MANUFACTURER><MODEL>LaserJet M404dn</MODEL>
<NAME>NPIF2BE10</NAME><SERIAL>PHB1234567</SERIAL><TYPE>PRINTER</TYPE></INFO>
<PAGECOUNTERS><TOTAL>18020</TOTAL></PAGECOUNTERS>
</DEVICE><MODULEVERSION>6.0</MODULEVERSION><PROCESSNUMBER>1</PROCESSNUMBER></CONTENT>
<DEVICEID>foo</DEVICEID><QUERY>SNMPQUERY</QUERY></REQUEST>
"""
"""As glpi-netinventory writes it into a file, and glpi-injector sends it."""


def in_json(**message: Any) -> bytes:
    return zlib.compress(json.dumps(message).encode())


class GlpiAgent:
    """One machine's; it begins each message without its password, as the real one does."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        auth: tuple[str, str] | None,
        agent_id: str = AGENT_ID,
        device_id: str = DEVICE_ID,
    ) -> None:
        self.client, self.auth, self.agent_id, self.device_id = client, auth, agent_id, device_id
        self.refusals = 0
        """How often it was asked for its password."""

    async def post(self, body: bytes, **headers: str) -> httpx.Response:
        sent = {**HEADERS, "GLPI-Agent-ID": self.agent_id, **headers}
        sent = {name: value for name, value in sent.items() if value}
        answer = await self.client.post(ADDRESS, content=body, headers=sent)
        if answer.status_code == 401 and self.auth is not None:
            self.refusals += 1
            answer = await self.client.post(ADDRESS, content=body, headers=sent, auth=self.auth)
        return answer

    async def prolog(self, **headers: str) -> httpx.Response:
        return await self.post(zlib.compress(PROLOG.format(self.device_id).encode()), **headers)

    async def contact(self) -> httpx.Response:
        about = {"enabled-tasks": ["inventory"], "installed-tasks": TASKS, "name": "GLPI-Agent", "tag": "test"}
        return await self.post(in_json(action="contact", deviceid=self.device_id, version="1.12-dev", **about))

    async def inventory(self, content: dict[str, Any], **more: Any) -> httpx.Response:
        message = {"action": "inventory", "deviceid": self.device_id, "itemtype": "Computer", "tag": "test", **more}
        return await self.post(in_json(content=content, **message))

    async def comes(self, content: dict[str, Any], **more: Any) -> dict[str, Any]:
        """What it hears at the end of its day's visit; a server that said JSON once is asked for nothing else."""
        assert (await self.contact()).json()["status"] == "ok"
        answer: dict[str, Any] = (await self.inventory(content, **more)).json()
        return answer
