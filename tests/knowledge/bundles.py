"""A small house of another municipality, built anew for each test."""

from pathlib import Path

CATALOGUE = """\
units:
  - {id: teknik, title: Teknik Servis}
  - {id: sistem, title: Sistem Servisi}
categories:
  - {id: yazici, unit: teknik, kind: ariza, basis: ["1/1"], title: Yazıcı arızası, covers: "Çıktı gelmiyor."}
  - {id: ag, unit: teknik, kind: ariza, basis: [], title: İnternet yok, covers: "Bağlantı kesik, kablo kopuk."}
  - {id: parola, unit: sistem, kind: talep, basis: [], title: Parola, covers: "Şifre unutuldu."}
"""
ARTICLE = """\
---
id: yazici-basmiyor
category: yazici
title: Yazıcı basmıyor
symptoms:
  - çıktı gelmiyor
  - kağıt çıkmıyor
asks: [oda, cihaz]
priority: yuksek
---
1. Yazıcıyı kapatıp açın.
"""
OTHERS = {
    "internet-yok": (
        "ag",
        "İnternet gelmiyor",
        ("internet kesik", "hiçbir sayfa açılmıyor", "ağ kablosu takılı değil"),
    ),
    "parola-unuttum": ("parola", "Parola unutuldu", ("şifremi unuttum", "parolam kilitlendi", "oturum açamıyorum")),
}


def build(folder: Path) -> Path:
    """Write catalogue.yaml and articles/ into a folder; gives it back."""
    (folder / "articles").mkdir(parents=True)
    (folder / "catalogue.yaml").write_text(CATALOGUE, encoding="utf-8")
    (folder / "articles" / "yazici-basmiyor.md").write_text(ARTICLE, encoding="utf-8")
    for name, (category, title, symptoms) in OTHERS.items():
        listed = "".join(f"  - {symptom}\n" for symptom in symptoms)
        head = f"id: {name}\ncategory: {category}\ntitle: {title}\nsymptoms:\n{listed}"
        (folder / "articles" / f"{name}.md").write_text(f"---\n{head}---\n1. Bekleyin.\n", encoding="utf-8")
    return folder
