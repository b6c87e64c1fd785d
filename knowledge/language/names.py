"""Whether words are somebody's name, or what people write while a name is asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.language.folding import folded, one_line

MAX_NAME_WORDS = 4
_WORD = re.compile(r"[^\W\d_]++(?:[.'’-][^\W\d_]*+)?")
_PARTS = re.compile(r"[,;/|\n]+|\s[-–—]\s")
_INTRODUCTION = re.compile(
    r"^(?:(?:merhaba(?:lar)?|selam(?:lar)?|slm|mrb|günaydın|iyi (?:günler|çalışmalar))[\s,.!]+)?"
    r"(?:(?:ben(?:im)?|ad[ıi]m(?: soyad[ıi]m)?|ismim|ad soyad|isim)\b[\s:]*)*",
    re.IGNORECASE,
)
_GIVEN_WORDS = """
abdullah abdulkadir adem adil adnan ahmet akif ali alper alperen arda arif arzu asim asli asiye ata atilla aydin ayhan
aykut ayla aylin aynur ayse aysegul aysel aysun ayten aytac azize bahar baki banu baran baris basak batuhan bayram
begum bekir belgin berat beren berk berkay berna beyza bilal bilge birgul birol bora buket bulent burak burcu burhan
busra bunyamin cafer cahit can canan caner cansu celal cem cemal cemil cengiz cennet cevdet ceyda ceyhun cigdem cihan
coskun davut defne demet deniz derya dilara dilek dogan dondu duygu ebru ece ecem eda efe elif emel emin emine emir
emrah emre ender engin enes ercan erdal erdem erdogan eren erhan erkan erol ersin ertan ertugrul esin esma esra ethem
evren eylem eylul eyup ezgi fadime fahri faruk fatih fatma fatos faysal ferdi ferhat feride ferit fevzi feyza fikret
filiz fuat fulya funda furkan gamze gizem gokce gokhan gonca gonul gul gulay gulcan gulden gulizar gulsah gulsen
gulsum gulten gunay gungor gurkan hakan hakki halil halime halit haluk hamdi hamit hamza handan hanife harun hasan
hasim hatice havva hayati hayriye hikmet hilal hulya huseyin husniye ibrahim idris ihsan ilhan ilkay ilker ilknur inci
ipek irem irfan isa islam ismail ismet izzet jale kaan kadir kadriye kamil kazim kemal kenan kerem kerim kezban koray
kubra kursat lale latif leman levent leyla lutfi mahir mahmut mehmet melek melih melike meltem memduh meral merih mert
merve meryem mesut metin mevlut mine miray muhammed muhammet muharrem mukaddes murat musa mustafa muzaffer mucahit
muge mujde nadir nagihan nalan namik naz nazan nazli nazmi necati necla necmettin nejat nermin neslihan nesrin nevin
nevzat nezahat nihal nihat nilay nilgun nilufer niyazi nur nuran nuray nurcan nurdan nurettin nurgul nurhan nuri
nursel nurten oguz oguzhan okan oktay omer onur orhan osman oya ozan ozcan ozge ozgur ozkan ozlem oznur ozturk pelin
perihan pinar polat rabia rahime rahmi ramazan rasim recep refik remzi resul reyhan ridvan riza ruhi rukiye saadet
sabahat sabri sadik safiye sait salih saliha salim sami samet saniye satilmis savas su seda sedat sefa seher
selahattin selami selcuk selda selim selin selma sema semih semiha semra senay sena serap serdar serhat serkan serpil
sertac servet sevda sevgi sevil sevim sevinc seyhan seyit sezen sezer sezgin sibel sinan sinem soner songul suat
sukran suleyman sultan suna sureyya sule sukru serife taha tahir tahsin talat tamer taner tansel tarik tarkan tayfun
tevfik timur tolga tuba tugba tugce tulay tulin tuncay turan turgay turgut turhan tugrul ufuk ugur ulku umit umut utku
vahit vedat vefa veli veysel volkan yakup yalcin yaprak yasar yasemin yasin yavuz yelda yeliz yeter yesim yigit yildiz
yilmaz yonca yunus yusuf zafer zehra zeki zekiye zeliha zerrin zeynep ziya zubeyde zuhal
"""
_GIVEN = frozenset(_GIVEN_WORDS.split())
_TALK_WORDS = """
acil acele acilen hemen cabuk hadi haydi lutfen yardim vatandas vatandaslar kuyruk sira siralar bekleme beklemede
merhaba selam slm mrb gunaydin tamam ok peki evet hayir tesekkur tesekkurler sagol sagolun iptal vazgectim neden niye
nicin niyet nasil ne nerede kim hangi kac gerek gerekli gerekmez onemli degil var yok lazim simdi sonra dun bugun
yarin hala halen yine gene biri birisi adam teknisyen beni bana bize bizi sizi size bu su o cok hic bir hep olmadi
oldu bozuk bozuldu bitti gitti geldi coktu dondu kesildi kapandi patladi yandi ariza arizasi sorun sorunu hata hatasi
imdat olur buyurun alo
"""
_TALK = frozenset(_TALK_WORDS.split())
_THINGS_WORDS = """
yazici yazicim toner kartus kagit tarayici bilgisayar bilgisayarim pc laptop kasa monitor ekran ekranim klavye fare
mouse internet ag wifi kablo priz modem telefon telefonum dahili hat program sistem sistemi otomasyon ebys imza eimza
mail eposta outlook excel word sifre sifrem parola parolam hesap hesabim kullanici dosya klasor kamera projeksiyon
sunucu disk usb virus windows site sayfa cikti belge evrak makbuz vezne cihaz alet makine
"""
_THINGS = frozenset(_THINGS_WORDS.split())
_HAPPENS = re.compile(
    r"(?:[iu]yor?|[iu]yor(?:um|uz|sun|lar|du|mus|sunuz)|m[iu]s[iu]n(?:iz|uz)?|m[iu]y[iu][mz]|[ae]ca[gk]\w*|[ae]ce[gk]\w*|m[ae]kte\w*"
    r"|mad[iu]|med[iu]|emiyorum|amiyorum|m[ae]l[iu]y[iu][mz]|[dt][iu]k|s[ae]n[iu]z|[aei]lim|[ae]bilir)$"
)


@dataclass(frozen=True, slots=True)
class SaidName:
    """`rest`: what stands after it ("Mali Hizmetler", "312"). `sure`: it looks like a name, and need not be asked."""

    name: str
    rest: tuple[str, ...]
    sure: bool


def is_given_name(plain: str) -> bool:
    """Whether a word in lower-case ASCII is a name that people here are given."""
    return plain in _GIVEN


def is_talk(text: str) -> bool:
    """Words of hurry, of courtesy, a question, something that happens: no name, no place and no device."""
    spoken = re.findall(r"\w+", folded(text))
    return "?" in text or any(
        word not in _GIVEN and (word in _TALK or _HAPPENS.search(word) is not None) for word in spoken
    )


def said_name(text: str) -> SaidName | None:
    """`Ayşe Yılmaz`, `merhaba ben Ayşe Yılmaz`, `Ayşe Yılmaz / Mali Hizmetler / 312`; None: that is no name."""
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")  # marks that turn a line round
    introduction = _INTRODUCTION.match(text)
    told = text[introduction.end() :] if introduction is not None else text
    name, *rest = [one_line(part).strip(" .!:") for part in _PARTS.split(told) if part.strip(" .!:")] or [""]
    words = name.split()
    if not 0 < len(words) <= MAX_NAME_WORDS or not all(map(_WORD.fullmatch, words)):
        return None
    spoken = [folded(word).strip(".") for word in words]
    given = not _GIVEN.isdisjoint(spoken)
    written = len(words) > 1 and all(word[0].isupper() and not word[1:].isupper() for word in words)
    if is_talk(name) or not _THINGS.isdisjoint(spoken):
        called_so = (given or written) and not any(_HAPPENS.search(word) for word in spoken)
        return SaidName(name, tuple(rest), sure=False) if called_so else None  # "Ayşe Gerek", "Selma Ok"
    return SaidName(name, tuple(rest), sure=given or written)


def naming(name: str) -> Callable[[str], bool]:
    """Whether a text has that name in it, however it is spelled; a single word only where nothing else stands there,
    since others are called so, too."""
    theirs = folded(one_line(name))
    if " " not in theirs:
        return lambda text: bool(theirs) and folded(one_line(text)) == theirs
    whole = re.compile(rf"\b{re.escape(theirs)}\b")
    return lambda text: whole.search(folded(one_line(text))) is not None
