BEGIN TRANSACTION;
CREATE TABLE account (
	channel VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	person INTEGER NOT NULL, 
	conversation VARCHAR NOT NULL, 
	CONSTRAINT pk_account PRIMARY KEY (channel, name), 
	CONSTRAINT fk_account_person_person FOREIGN KEY(person) REFERENCES person (id)
)
 WITHOUT ROWID

;
INSERT INTO "account" VALUES('telegram','1000',1,'telegram:p:1000');
INSERT INTO "account" VALUES('terminal','admin',9,'terminal:p:admin');
INSERT INTO "account" VALUES('terminal','ali',5,'terminal:p:ali');
INSERT INTO "account" VALUES('terminal','ayse',1,'terminal:p:ayse');
INSERT INTO "account" VALUES('terminal','denetci',8,'terminal:p:denetci');
INSERT INTO "account" VALUES('terminal','fatma',6,'terminal:p:fatma');
INSERT INTO "account" VALUES('terminal','hasan',2,'terminal:p:hasan');
INSERT INTO "account" VALUES('terminal','kemal',7,'terminal:p:kemal');
INSERT INTO "account" VALUES('terminal','mehmet',3,'terminal:p:mehmet');
INSERT INTO "account" VALUES('terminal','zeynep',4,'terminal:p:zeynep');
INSERT INTO "account" VALUES('web','admin',9,'web:p:admin');
INSERT INTO "account" VALUES('web','ali',5,'web:p:ali');
INSERT INTO "account" VALUES('web','ayse',1,'web:p:ayse');
INSERT INTO "account" VALUES('web','denetci',8,'web:p:denetci');
INSERT INTO "account" VALUES('web','fatma',6,'web:p:fatma');
INSERT INTO "account" VALUES('web','hasan',2,'web:p:hasan');
INSERT INTO "account" VALUES('web','kemal',7,'web:p:kemal');
INSERT INTO "account" VALUES('web','mehmet',3,'web:p:mehmet');
INSERT INTO "account" VALUES('web','selin',11,'web:p:selin');
INSERT INTO "account" VALUES('web','veli',10,'web:p:veli');
INSERT INTO "account" VALUES('web','zeynep',4,'web:p:zeynep');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE attachment (
	id VARCHAR NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	media_type VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	uploader INTEGER, 
	conversation VARCHAR NOT NULL, 
	at VARCHAR(26) NOT NULL, 
	ticket INTEGER, 
	CONSTRAINT pk_attachment PRIMARY KEY (id), 
	CONSTRAINT fk_attachment_ticket_ticket FOREIGN KEY(ticket) REFERENCES ticket (id), 
	CONSTRAINT fk_attachment_uploader_person FOREIGN KEY(uploader) REFERENCES person (id)
);
INSERT INTO "attachment" VALUES('1affe0e0984a685393c206a43e72e7d7','ekran.png','application/octet-stream',15,'a8626d27cb132ba09adef83553c2f97237b6866ebd3a054fae183736b5de1786',1,'web:p:ayse','2026-11-23 09:00:00.000000',1);
INSERT INTO "attachment" VALUES('a34a1a0cdbc4e1f3d1155fd9988b42ff','gunluk-ozet-2026-11-23.png','image/png',54471,'2ac8116aa38787076153a43c50e2c05ec2541676b44f026c55328facce10cac4',NULL,'telegram:r:-5001','2026-11-23 15:00:00.000000',NULL);
INSERT INTO "attachment" VALUES('ff3f55d089d7671570a1a60f81626a11','gunluk-ozet-2026-11-23.png','image/png',49045,'da3716312caeb47e3a145c470467ae017b17a44fabfb54cb1aa40e1dd6a46a44',NULL,'telegram:r:-5002','2026-11-23 15:00:00.000000',NULL);
INSERT INTO "attachment" VALUES('f369951cf418d9cedcfdd88338f6ab67','gunluk-ozet-2026-11-23.png','image/png',91709,'a9f439aaf263cab7582a9d41c30fcd903eff047dc1a974ce53bdd1c65d030c49',NULL,'terminal:p:kemal','2026-11-23 15:00:00.000000',NULL);
INSERT INTO "attachment" VALUES('b00e92fb70fb87da4f961ded1103b97e','gunluk-ozet-2026-11-24.png','image/png',52711,'8db30ace39ad15090f6f4447b06ad9f9574304e5097520bb61f10f3df251ffc1',NULL,'telegram:r:-5001','2026-11-24 15:00:00.000000',NULL);
INSERT INTO "attachment" VALUES('67e71c6ef46d7c545a6a33ccee10674b','gunluk-ozet-2026-11-24.png','image/png',47230,'dcfec4806bba4b3a0fc9dfff1f31858b09594a812cb4390abf15f30ef1469d7f',NULL,'telegram:r:-5002','2026-11-24 15:00:00.000000',NULL);
INSERT INTO "attachment" VALUES('3adeba6357debb0d6814471f108ec599','gunluk-ozet-2026-11-24.png','image/png',90300,'3282983cadb50d213c983230cd1914ee785c531433b7e71a6c133f27545e5b8d',NULL,'terminal:p:kemal','2026-11-24 15:00:00.000000',NULL);
CREATE TABLE audit (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at VARCHAR(26) NOT NULL, 
	who INTEGER, 
	what VARCHAR NOT NULL, 
	about TEXT DEFAULT '' NOT NULL, 
	channel VARCHAR NOT NULL, 
	CONSTRAINT fk_audit_who_person FOREIGN KEY(who) REFERENCES person (id)
);
INSERT INTO "audit" VALUES(1,'2026-11-23 10:29:00.000000',3,'article_drafted','bilgisayar-acilmiyor-2026-000002','web');
INSERT INTO "audit" VALUES(2,'2026-11-23 10:29:00.000000',8,'read','2026-000001','web');
INSERT INTO "audit" VALUES(3,'2026-11-23 10:30:00.000000',11,'joined','technician:donanim','web');
INSERT INTO "audit" VALUES(4,'2026-11-24 22:30:00.000000',NULL,'backup','masa.tar','cli');
CREATE TABLE button (
	token VARCHAR NOT NULL, 
	message INTEGER NOT NULL, 
	action VARCHAR NOT NULL, 
	label TEXT DEFAULT '' NOT NULL, 
	position SMALLINT NOT NULL, 
	live BOOLEAN NOT NULL, 
	CONSTRAINT pk_button PRIMARY KEY (token), 
	CONSTRAINT fk_button_message_message FOREIGN KEY(message) REFERENCES message (id)
)
 WITHOUT ROWID

;
INSERT INTO "button" VALUES('--dSZVvSU9TRcK1TYO1vXQ',139,'article_edit:2','Düzenle',1,1);
INSERT INTO "button" VALUES('-5Yf8Mf1E2HaMvqdYLA1ag',45,'ask:3','Bilgi iste',2,1);
INSERT INTO "button" VALUES('-K2VlZ9oJR-os1qyhles-Q',53,'cancel:4','İptal',7,0);
INSERT INTO "button" VALUES('-m52ZRociM3RitKRplSM4w',5,'claim:1','Üstlen',0,1);
INSERT INTO "button" VALUES('-riqZk_cLln-xR-2XAFJ8g',51,'claim:4','Üstlen',0,0);
INSERT INTO "button" VALUES('-zQCBdxVDudgCtv5KQ5hMQ',99,'menu:8:assign','Görevlendir',4,0);
INSERT INTO "button" VALUES('0IK4g3oKHnBHscxnnZVQxg',98,'done:8','Tamamladım',0,0);
INSERT INTO "button" VALUES('0JO5FPnDQdjWm2ut1tBJCQ',40,'open_untold:Cj8_6Vqf3c-_hwWx','Kayıt aç, haber verme',1,0);
INSERT INTO "button" VALUES('0bvekhOkOIQHVhOJ-Mf5Kw',97,'claim:8','Üstlen',0,0);
INSERT INTO "button" VALUES('0nLOjaDN4U77_Ea7RWL_UA',97,'menu:8:wait','Beklet',1,1);
INSERT INTO "button" VALUES('1LxNqozfRN0hExci8QMC6w',91,'cancel_for:7:duplicate','Mükerrer kayıt',0,0);
INSERT INTO "button" VALUES('1VVJ6oxKOXZ3d2kgu7oRLA',61,'worked:lX6cXIUYxQWqjcNf','İşe yaradı',0,0);
INSERT INTO "button" VALUES('1Z5Xo0aSq2nl9uouL2PMmA',99,'menu:8:topic','Konuyu düzelt',2,0);
INSERT INTO "button" VALUES('1_NAAqXq8EQpevoFkS935g',114,'menu:9:more','Diğer',0,1);
INSERT INTO "button" VALUES('23W0ukVNZAfdrWPmBOcAEA',45,'menu:3:topic','Konuyu düzelt',2,0);
INSERT INTO "button" VALUES('25nccCppHDWsnvUI_DseSg',87,'claim:7','Üstlen',0,0);
INSERT INTO "button" VALUES('29VCY6UBzsRgAPad9w4BCQ',97,'menu:8:wait','Beklet',1,0);
INSERT INTO "button" VALUES('2CGHicvYtlqOTP0LSw9upQ',12,'ask:2','Bilgi iste',2,0);
INSERT INTO "button" VALUES('2QKcwS_GYKod5472kyirpA',87,'ask:7','Bilgi iste',2,0);
INSERT INTO "button" VALUES('3JFGDtYxIL-RH1VHMSTRkQ',99,'menu:8:priority','Önceliği değiştir',3,0);
INSERT INTO "button" VALUES('3Kw3vAAGbyJQvK4TSsQ8GQ',99,'claim:8','Üstlen',0,0);
INSERT INTO "button" VALUES('3ct4BI8H3Qz-eAccwt-wMw',68,'menu:5:more','Diğer',1,1);
INSERT INTO "button" VALUES('3hl-yWXHcZDwa5mjQcgjeQ',45,'menu:3:priority','Önceliği değiştir',3,0);
INSERT INTO "button" VALUES('4D-w66iMGJHAf7ww6fGKwg',99,'merge:8','Birleştir',5,0);
INSERT INTO "button" VALUES('4HBrZTXRhCzE1BraSE5ZGg',98,'claim:8','Üstlen',0,0);
INSERT INTO "button" VALUES('4OySyOJZlQ-INSon4i0-6Q',58,'not_mine:nWvvfbuQyJW7PCv9','Sorunum bu değil',2,0);
INSERT INTO "button" VALUES('4ZDt_XoGWE1pAGzocYmBFQ',65,'menu:5:unit','Diğer birime gönder',0,0);
INSERT INTO "button" VALUES('5Qc_c4wWQpSK92IqYUv2SQ',148,'notice_read','Okudum',0,1);
INSERT INTO "button" VALUES('5pHSxfWR7db8O0WJGPeboA',11,'menu:2:wait','Beklet',1,0);
INSERT INTO "button" VALUES('5siRxM85olKQZ2Sy-n1PGw',13,'ask:2','Bilgi iste',2,0);
INSERT INTO "button" VALUES('5wkFCevqc_Y6aZsk0pB4RA',11,'resume:2','Devam et',0,0);
INSERT INTO "button" VALUES('6b-NEX8DNj1i7LN-0zEEeg',13,'menu:2:more','Diğer',3,0);
INSERT INTO "button" VALUES('6gToeDPl_whQHb9-02DE6Q',88,'menu:7:more','Diğer',3,0);
INSERT INTO "button" VALUES('6jH6Kyp4LmAEnDpEKEg9LQ',43,'done:3','Tamamladım',0,1);
INSERT INTO "button" VALUES('6kXQnXBRZLoJxKnBR5SGJQ',87,'menu:7:wait','Beklet',1,0);
INSERT INTO "button" VALUES('6rIMh-JYzbUqSyy9gktkmQ',53,'ask:4','Bilgi iste',2,1);
INSERT INTO "button" VALUES('6uv7Lj2mzBxEwm8cjTzFXw',52,'menu:4:wait','Beklet',1,1);
INSERT INTO "button" VALUES('7BScTt_ONEki7udUbQTCuw',99,'ask:8','Bilgi iste',2,0);
INSERT INTO "button" VALUES('7BjWg5dBxODVgD_vS7XipQ',53,'menu:4:main','‹ Geri',8,0);
INSERT INTO "button" VALUES('7Dd2Aaejd1eiOyUtdEQm6g',125,'menu:8:wait','Beklet',1,1);
INSERT INTO "button" VALUES('7FT6XBUng5qSt1vtX4ypGQ',7,'skip_fact:1:cihaz','Bilmiyorum, atla',0,1);
INSERT INTO "button" VALUES('7FyF0cWr8WxHtJxsocn30A',97,'done:8','Tamamladım',0,0);
INSERT INTO "button" VALUES('7UpT7R_c1L0ntiflZTXqdw',43,'menu:3:wait','Beklet',1,1);
INSERT INTO "button" VALUES('7jfTxg3vekXf3U9qM1OVfg',99,'topic_to:8:yazici-kagit-sikismasi','Yazıcıda kâğıt sıkışması',1,0);
INSERT INTO "button" VALUES('7kp-bLskPgzz2f0u5hFb-w',63,'menu:5:more','Diğer',1,0);
INSERT INTO "button" VALUES('7pd9A0ybt-MlTdLi1KSgFw',102,'done_with:8:Cihaz değiştirildi','Cihaz değiştirildi',1,0);
INSERT INTO "button" VALUES('7xwMmjJu2iVQEcSNWVDCqw',99,'assign_to:8:6','Fatma Şahin',1,0);
INSERT INTO "button" VALUES('8NhW-AFyPZbJfxpISjL6oA',84,'add_to:xktOgkJOXCTL1QAo:1','Bu kayda ekle: 1',4,0);
INSERT INTO "button" VALUES('8Qp_G2KfiW2EzthraF1-Bg',99,'menu:8:more','Diğer',3,0);
INSERT INTO "button" VALUES('8xegafNNN17yupwUpoZqVg',88,'release:7','Sıraya geri koy',1,0);
INSERT INTO "button" VALUES('8yHJzO7FKMfZTlP_mLtkbw',79,'merge_into:6:1','2026-000001',0,0);
INSERT INTO "button" VALUES('92anlliwZKivbV1EH43RVw',102,'done_with:8:Uzaktan çözüldü','Uzaktan çözüldü',3,0);
INSERT INTO "button" VALUES('9BsoWaIuEJQEkWNASNg6Rw',44,'menu:3:more','Diğer',3,1);
INSERT INTO "button" VALUES('9Zd4raSN7k9lcWRltlUufw',13,'done:2','Tamamladım',0,0);
INSERT INTO "button" VALUES('9a3pBmo2glK-I7jsGbxnFg',12,'menu:2:wait','Beklet',1,0);
INSERT INTO "button" VALUES('9vqwwakINLr7wF1P30pQfg',45,'outage:3','Bilinen kesinti',6,0);
INSERT INTO "button" VALUES('AEzMA9tfPV66uYIr_UBfeg',13,'done:2','Tamamladım',0,0);
INSERT INTO "button" VALUES('ANPe97_cflYHUXJeBeErRw',53,'menu:4:wait','Beklet',1,0);
INSERT INTO "button" VALUES('AVeqBg5we09H9LTrzgBhPQ',22,'prompt_skip:2','Vazgeç',3,0);
INSERT INTO "button" VALUES('AuGr_-PTIghe-EhT1v_g9g',98,'done:8','Tamamladım',0,1);
INSERT INTO "button" VALUES('BHwhebA_4f7gfmDgeDWxiw',58,'me_too:4','Ben de yaşıyorum',3,0);
INSERT INTO "button" VALUES('BNgoVYqU5SjqVkIvPQFakQ',86,'menu:7:more','Diğer',3,0);
INSERT INTO "button" VALUES('BOCKCgi2lRQMyGWJx5meXQ',99,'done:8','Tamamladım',0,0);
INSERT INTO "button" VALUES('BOJdR1rXape6gjiE-u4E5Q',99,'menu:8:main','‹ Geri',9,0);
INSERT INTO "button" VALUES('BUHbrrxmOWYak053nKPsSw',99,'ask:8','Bilgi iste',2,0);
INSERT INTO "button" VALUES('BpdJ7Y9CohgdnEbugqSxyg',64,'menu:5:more','Diğer',1,0);
INSERT INTO "button" VALUES('BtBlbM_ATMaUpHUFMJjtxg',52,'done:4','Tamamladım',0,1);
INSERT INTO "button" VALUES('BtSYJ_e0-VwI6tJp7dPFvQ',2,'not_mine:6DkaZcGpmpFKoCl_','Sorunum bu değil',2,0);
INSERT INTO "button" VALUES('BwPX8qo2yLNHn78onf81NQ',99,'menu:8:topic:8','Sonrakiler ›',8,0);
INSERT INTO "button" VALUES('BxpK4WcDKRQEzmh6DnWDfg',99,'menu:8:wait','Beklet',1,1);
INSERT INTO "button" VALUES('C35d1DM07qWb3tw5syJSXw',45,'ask:3','Bilgi iste',2,0);
INSERT INTO "button" VALUES('C3s8aHTgt5NAwjAWrS9b2g',69,'claim:5','Üstlen',0,1);
INSERT INTO "button" VALUES('CMW89vL4JGVj3iG8YgVK1A',99,'topic_to:8:bilgisayar-acilmiyor','Bilgisayar açılmıyor',5,0);
INSERT INTO "button" VALUES('CjOVEh__s4J6HztC53RDJA',45,'menu:3:wait','Beklet',1,0);
INSERT INTO "button" VALUES('Cy6UZC7ozsJSjWA_6RJmXA',66,'skip_fact:5:cihaz','Bilmiyorum, atla',0,1);
INSERT INTO "button" VALUES('Cz4W3XMDxqgKT_4EcLjpdg',61,'not_mine:lX6cXIUYxQWqjcNf','Sorunum bu değil',2,0);
INSERT INTO "button" VALUES('CzTGbREJia_BClb0Cfz5FA',76,'claim:6','Üstlen',0,0);
INSERT INTO "button" VALUES('D1uVPNqIgNKme5_Elra4XA',22,'ask_with:2:2','Ne zaman uygunsunuz?',2,0);
INSERT INTO "button" VALUES('DAVFXY0Z33BmIun7qoW9_g',11,'menu:2:wait','Beklet',1,0);
INSERT INTO "button" VALUES('DDESuPbVaLA3rh52aUfgng',74,'menu:6:wait','Beklet',1,0);
INSERT INTO "button" VALUES('DE3zklohFOQb3Hs2OJNqGQ',88,'cancel:7','İptal',7,0);
INSERT INTO "button" VALUES('DI0jGsoYJTQiP8cZe5cXfA',86,'ask:7','Bilgi iste',2,0);
INSERT INTO "button" VALUES('DYmk9eJJiH7i8hnKb2nqHg',81,'merge_for:6:1','Aynı kişi iki kez yazmış',1,0);
INSERT INTO "button" VALUES('EBedzjynxnPFLkxYymQ0qQ',45,'menu:3:wait','Beklet',1,1);
INSERT INTO "button" VALUES('EPHzH0pX2ErmzOmCEc7Eqg',98,'menu:8:wait','Beklet',1,0);
INSERT INTO "button" VALUES('EUJ7crGHC_9-7dO9LG7Buw',51,'menu:4:more','Diğer',3,1);
INSERT INTO "button" VALUES('EhgCd2woz_vQnbA3MFMyiw',2,'open:6DkaZcGpmpFKoCl_','Teknisyene ilet',1,0);
INSERT INTO "button" VALUES('Et6qberFgw4eMwXfklpk5Q',43,'menu:3:more','Diğer',3,1);
INSERT INTO "button" VALUES('F0iKwHrBmcQGoYnI2UMB_w',99,'outage:8','Bilinen kesinti',6,0);
INSERT INTO "button" VALUES('FO-mNf_RCIikfuzVBhDY_Q',132,'notice_read','Okudum',0,1);
INSERT INTO "button" VALUES('FaiGWAiEFuQzETHlrcPRAw',99,'menu:8:main','‹ Geri',2,0);
INSERT INTO "button" VALUES('Fgn7KbEo5D3MREQKphLVhQ',12,'ask:2','Bilgi iste',2,0);
INSERT INTO "button" VALUES('FjtjLKo5FuwiKr03WPqkJQ',13,'menu:2:wait','Beklet',1,0);
INSERT INTO "button" VALUES('FwDZQQrOHUUTt2znFEHLIw',88,'menu:7:topic','Konuyu düzelt',2,0);
INSERT INTO "button" VALUES('GDvhEjweuGzf7oUsZuBicg',99,'cancel:8','İptal',7,0);
INSERT INTO "button" VALUES('GH_mx1ctX9kfMNrCX_VGBQ',74,'ask:6','Bilgi iste',2,0);
INSERT INTO "button" VALUES('GJAA8n_Ur3Pak6kZZvSOzQ',99,'release:8','Sıraya geri koy',1,0);
INSERT INTO "button" VALUES('GotOLuYsMRxOCWMrMviNHA',129,'open:ZQOT01YbkZlDNEqT','Teknisyene ilet',1,0);
INSERT INTO "button" VALUES('Gz4skI_Ggrbq44VDGxqaJQ',102,'done_with:8:Kablo değiştirildi','Kablo değiştirildi',0,0);
INSERT INTO "button" VALUES('H5gjRal14sy0nO7hcPpNpQ',58,'add_to:nWvvfbuQyJW7PCv9:3','Bu kayda ekle: 3',4,0);
INSERT INTO "button" VALUES('HBW1yZAMvtW_ZHN8WCBgkw',13,'menu:2:wait','Beklet',1,0);
INSERT INTO "button" VALUES('HDQnsmlVQp9nYX6iMnf-RA',53,'done:4','Tamamladım',0,0);
INSERT INTO "button" VALUES('Hf72tEkN1Bvnf-H4MYsX0A',87,'menu:7:more','Diğer',3,0);
INSERT INTO "button" VALUES('HqVA5RSDe_Rn04ufzbbF2Q',12,'claim:2','Üstlen',0,0);
INSERT INTO "button" VALUES('I6xIt9PRiHAtwTbYN5iEMA',99,'done:8','Tamamladım',0,0);
INSERT INTO "button" VALUES('I7VFQRO2C4zCJhFDNqodjg',88,'outage:7','Bilinen kesinti',6,0);
INSERT INTO "button" VALUES('II6CnmSnYLBrF7BfSuQWdw',58,'open:nWvvfbuQyJW7PCv9','Teknisyene ilet',1,0);
INSERT INTO "button" VALUES('IJxfpc4qbEMOzmsbWRRjgg',97,'claim:8','Üstlen',0,0);
INSERT INTO "button" VALUES('IR5WAR_dZkHYa7DDewT-fQ',45,'menu:3:more','Diğer',3,0);
INSERT INTO "button" VALUES('IaexLp6gJfu1lxnXYsvBBA',99,'ask:8','Bilgi iste',2,0);
INSERT INTO "button" VALUES('Ic8SfsgBMu7UaOLdQd5VnQ',95,'not_mine:o7zImnmp8KuEk-lD','Sorunum bu değil',2,0);
INSERT INTO "button" VALUES('IidcB2NW-i7sX3J5qw8qHA',72,'open:mjOisLBLqfR1wyIX','Teknisyene ilet',1,0);
INSERT INTO "button" VALUES('ImJay73st6NpJjmSmcqAlQ',86,'menu:7:wait','Beklet',1,0);
INSERT INTO "button" VALUES('J4BFnWgwIheYfFpU1XJI4g',99,'ask:8','Bilgi iste',2,1);
INSERT INTO "button" VALUES('J9FXYghQLr5s1Bmx7PEaug',49,'not_mine:GNMqFtf63RJQ8Gc1','Sorunum bu değil',2,0);
INSERT INTO "button" VALUES('JASHGFxykdRTJ7l42y9h7g',45,'menu:3:assign','Görevlendir',4,0);
INSERT INTO "button" VALUES('JIwptDJyyOY-CqquvvC-zA',129,'add_to:ZQOT01YbkZlDNEqT:5','Bu kayda ekle: 5',3,0);
INSERT INTO "button" VALUES('JK2m7Rm5JiMhfX6gWjeGAw',52,'claim:4','Üstlen',0,0);
INSERT INTO "button" VALUES('JNfpSSnJzPj697qFxQYpTQ',72,'add_to:mjOisLBLqfR1wyIX:5','Bu kayda ekle: 5',3,0);
INSERT INTO "button" VALUES('JVO_E3gUZkm12cdlgt46-Q',97,'menu:8:more','Diğer',3,1);
INSERT INTO "button" VALUES('J_ZESXAidorzPVie5_hH4A',52,'ask:4','Bilgi iste',2,1);
INSERT INTO "button" VALUES('Jas_a0m-Fnx7ZZlDL86-Ow',11,'resume:2','Devam et',0,0);
INSERT INTO "button" VALUES('JiIt5R98NpmTlTjiQOkRcQ',65,'menu:5:more','Diğer',1,0);
INSERT INTO "button" VALUES('JjoogX18s79m-3f2RbNGHQ',72,'add_to:mjOisLBLqfR1wyIX:3','Bu kayda ekle: 3',4,0);
INSERT INTO "button" VALUES('JrVHQ5Tj9m_sxCWRAeGGFw',34,'prompt_skip:2','Vazgeç',4,0);
INSERT INTO "button" VALUES('Jsf2W3_XoMXtLXObfzaAVQ',99,'topic_to:8:toner-kartus','Toner, kartuş ve drum',2,0);
INSERT INTO "button" VALUES('K9PyRHe_aGON-qmbuuThSw',76,'outage:6','Bilinen kesinti',6,0);
INSERT INTO "button" VALUES('KcRehKduRGxHQShwE4-jjA',52,'menu:4:more','Diğer',3,1);
INSERT INTO "button" VALUES('KjY-x8aSuPTSKnw9Dy899A',99,'menu:8:more','Diğer',3,0);
INSERT INTO "button" VALUES('L9ERir7tOrXE5rQnofLyqg',11,'ask:2','Bilgi iste',2,0);
INSERT INTO "button" VALUES('Li1IIYdQ2bj2MoS3Qf9jvA',99,'menu:8:unit','Diğer birime gönder',0,0);
INSERT INTO "button" VALUES('LjZ8JjZTz0qY0xTAGNYkfg',9,'open:Ql8ftzRhVS5zEuev','Teknisyene ilet',1,0);
INSERT INTO "button" VALUES('Lowitg6KoXAkvM8_DuuKSA',99,'topic_to:8:sarf-malzeme','Sarf malzeme',0,0);
INSERT INTO "button" VALUES('Lyh4JdGb0EOdBgUaoHiYAQ',99,'release:8','Sıraya geri koy',1,0);
INSERT INTO "button" VALUES('M8TlkJQkJ1GMnXE4gmFk_Q',13,'resume:2','Devam et',0,0);
INSERT INTO "button" VALUES('MB2IpNxeCdsWweE24obHGw',11,'done:2','Tamamladım',0,0);
INSERT INTO "button" VALUES('MDuo0n8jK70Pc3My3YNYBw',88,'menu:7:main','‹ Geri',8,0);
INSERT INTO "button" VALUES('MJRADQJn4Wx_xH4Yeu8O3A',65,'send_to:5:yazilim','Yazılım Birimi',0,0);
INSERT INTO "button" VALUES('Mk8EXDEirrMA2p1uPn7axw',87,'done:7','Tamamladım',0,0);
INSERT INTO "button" VALUES('Muv57WEy7r5t-pQ7UrLqYg',65,'menu:5:priority','Önceliği değiştir',2,0);
INSERT INTO "button" VALUES('NCn6hYDQpvsfteUjhuFy6A',97,'done:8','Tamamladım',0,0);
INSERT INTO "button" VALUES('NV9-ZZz4Ze2Np6_Zj4s3qQ',68,'claim:5','Üstlen',0,1);
INSERT INTO "button" VALUES('O0JgSL2vxOZyakCEU3Zvuw',53,'ask:4','Bilgi iste',2,0);
INSERT INTO "button" VALUES('ORmMALu9cXCy2R7z94mzDw',45,'menu:3:main','‹ Geri',3,0);
INSERT INTO "button" VALUES('OgDLNcWbx92PDTIEgzI4HQ',36,'still_broken:2','Hâlâ bozuk',1,0);
INSERT INTO "button" VALUES('OrUcMmlriE2J1v_MAmZiVg',45,'menu:3:more','Diğer',3,1);
INSERT INTO "button" VALUES('PYkmtmdUs09EV8lKJ_tyIQ',76,'merge:6','Birleştir',5,0);
INSERT INTO "button" VALUES('PfSraonC4wbcagO_ArUG7g',123,'done:8','Tamamladım',0,1);
INSERT INTO "button" VALUES('PyDK3KRppLq5y3PAYHJE6A',99,'menu:8:wait','Beklet',1,0);
INSERT INTO "button" VALUES('Q-NdR_qMCWLzP5pR-gzJwQ',64,'claim:5','Üstlen',0,0);
INSERT INTO "button" VALUES('Q12WoUeshtO4RBcaIO48eA',99,'cancel:8','İptal',7,0);
INSERT INTO "button" VALUES('QH__f9kS6V_K92_UO197gg',45,'done:3','Tamamladım',0,0);
INSERT INTO "button" VALUES('QMLxCInUhnfUBQSFGSPa_Q',44,'claim:3','Üstlen',0,0);
INSERT INTO "button" VALUES('QmkgC9DP9jDPdez94jEhOA',107,'prompt_skip:8','Bilmiyorum, atla',0,0);
INSERT INTO "button" VALUES('QneNTzT_UbCDheI70R1Btw',53,'menu:4:assign','Görevlendir',4,0);
INSERT INTO "button" VALUES('QpsNTlOUYPukq4mAoBPkhg',45,'merge:3','Birleştir',5,0);
INSERT INTO "button" VALUES('RLWP1AkBMo_gY1fq1H1wWA',14,'skip_fact:2:demirbas','Bilmiyorum, atla',0,1);
INSERT INTO "button" VALUES('RWJq-yxH1O9WkTQPR10Z9Q',34,'done_with:2:Yeniden başlatıldı','Yeniden başlatıldı',0,0);
INSERT INTO "button" VALUES('SC_pJY4lSGxnlevYRksRdA',98,'menu:8:wait','Beklet',1,0);
INSERT INTO "button" VALUES('SF1rer0y3J1h6PT2plDmVw',99,'topic_to:8:tarayici','Tarayıcı arızası',4,0);
INSERT INTO "button" VALUES('SVbYSXTpifTHJWn2861Ryg',12,'resume:2','Devam et',0,0);
INSERT INTO "button" VALUES('SgBZU7Rl5Vek_rH8I3JqxA',53,'release:4','Sıraya geri koy',1,0);
INSERT INTO "button" VALUES('SjQStWCwKxnXJG1d0AinZw',34,'done_with:2:Disk temizlendi','Disk temizlendi',1,0);
INSERT INTO "button" VALUES('SkEEf_dkJPj22fplPIKNsA',88,'menu:7:assign','Görevlendir',4,0);
INSERT INTO "button" VALUES('SpiNm6vEWEyb4Suc_5gzRw',99,'menu:8:more','Diğer',3,1);
INSERT INTO "button" VALUES('T7SjuCLS9dDO8G4tA69RIw',88,'merge:7','Birleştir',5,0);
INSERT INTO "button" VALUES('TAZe8MmhR4LTlmfqDHLAyw',53,'menu:4:wait','Beklet',1,1);
INSERT INTO "button" VALUES('TP9WuDwN16_4d3HlAjY6sg',12,'ask:2','Bilgi iste',2,0);
INSERT INTO "button" VALUES('TnGPOlqPTeGMbtba-b0Dow',76,'cancel:6','İptal',7,0);
INSERT INTO "button" VALUES('TswNjWImlV9PAi1xfmC1WQ',91,'prompt_skip:7','Vazgeç',3,0);
INSERT INTO "button" VALUES('U1IIuUApqjyY-h9Q97qRbQ',99,'menu:8:assign','Görevlendir',4,0);
INSERT INTO "button" VALUES('U6suW4bt-pGy4zoizqT28A',97,'ask:8','Bilgi iste',2,0);
INSERT INTO "button" VALUES('UFSek3InLWuVyA2CVRglGA',51,'menu:4:wait','Beklet',1,1);
INSERT INTO "button" VALUES('UfrG-WFD0tCAclQvVmLlmA',2,'worked:6DkaZcGpmpFKoCl_','İşe yaradı',0,0);
INSERT INTO "button" VALUES('Uo7hCt_P6tZzR1Zust4kfA',31,'prompt_skip:2','Geç',0,0);
INSERT INTO "button" VALUES('VPyLYEddiv6B57eL-yOCcQ',76,'menu:6:topic','Konuyu düzelt',2,0);
INSERT INTO "button" VALUES('Vm6Vv7Emv6qu0BftvY_QTQ',45,'priority_to:3:normal','Normal',1,0);
INSERT INTO "button" VALUES('Vn2OfPEjXoXYBO3EmhP2vA',11,'menu:2:more','Diğer',3,0);
INSERT INTO "button" VALUES('VuW9hsiUSTUbmpisDypA-A',123,'ask:8','Bilgi iste',2,1);
INSERT INTO "button" VALUES('WLds1Am_R84wneo5tghv6Q',99,'menu:8:wait','Beklet',1,0);
INSERT INTO "button" VALUES('WMxTacwUjbKGYaevhVsgKw',139,'article_drop:2','Vazgeç',2,1);
INSERT INTO "button" VALUES('WQwm2oMYUZyCOSr8Up9__A',88,'menu:7:wait','Beklet',1,0);
INSERT INTO "button" VALUES('Wb6XoIj9gv0SdYt645aaPQ',81,'prompt_skip:6','Vazgeç',2,0);
INSERT INTO "button" VALUES('Wc8kNb8nEjsmJXjFP63KTA',53,'menu:4:more','Diğer',3,0);
INSERT INTO "button" VALUES('XFIFOXApkV6c8e0SA4dEKw',13,'menu:2:main','‹ Geri',4,0);
INSERT INTO "button" VALUES('XSn9msd1yQq2or2cvl2zuA',53,'done:4','Tamamladım',0,1);
INSERT INTO "button" VALUES('XfhmdMQg-Dx1kmFTFZc9rg',88,'done:7','Tamamladım',0,0);
INSERT INTO "button" VALUES('Xgn6ORJrS5hiPShKbqeblg',13,'wait_for:2:waiting_vendor','Firma',1,0);
INSERT INTO "button" VALUES('XxEV3VwelSH4eKxX9Qw9-A',99,'release:8','Sıraya geri koy',1,0);
INSERT INTO "button" VALUES('Y0WDTWF9hJddU_9cDOaRaQ',123,'menu:8:wait','Beklet',1,1);
INSERT INTO "button" VALUES('Y4hnKK_t48wK4DiwHEOl7A',13,'menu:2:wait','Beklet',1,0);
INSERT INTO "button" VALUES('Y8x2_RIOHF9Y-mvz-Q0pBw',99,'done:8','Tamamladım',0,0);
INSERT INTO "button" VALUES('YEwHgOYNJDyNjRpr8Q67XQ',13,'ask:2','Bilgi iste',2,0);
INSERT INTO "button" VALUES('YNL-U4Qd4CzUq0Yo1IMU8A',45,'priority_to:3:dusuk','Düşük',2,0);
INSERT INTO "button" VALUES('YW3y1blX3rrlVkV8w7uL4g',76,'done:6','Tamamladım',0,0);
INSERT INTO "button" VALUES('Yzr9yaJw6QmjB5niOWLl0A',49,'add_to:GNMqFtf63RJQ8Gc1:1','Bu kayda ekle: 1',3,0);
INSERT INTO "button" VALUES('ZP8Ie3nbGDjYR-kI0ZjduA',45,'cancel:3','İptal',7,0);
INSERT INTO "button" VALUES('ZTlnFKJz5zflVjHS72Jjmg',58,'worked:nWvvfbuQyJW7PCv9','İşe yaradı',0,0);
INSERT INTO "button" VALUES('ZVJEHuVtNTaJiHgdCreThQ',98,'menu:8:more','Diğer',3,1);
INSERT INTO "button" VALUES('Za5-Nj4uceU1KJ6FEvnsIA',123,'menu:8:more','Diğer',3,1);
INSERT INTO "button" VALUES('Zj4MuHsbss82BdmndAfIEg',99,'menu:8:topic:0','Tüm konular',2,0);
INSERT INTO "button" VALUES('ZneJ-ZWoW341xKT5Ei_5FQ',20,'to_reporter:2:4','Personele gönder',0,0);
INSERT INTO "button" VALUES('Zy-LaCKZ-NUpP24bMQPSHA',99,'menu:8:wait','Beklet',1,0);
INSERT INTO "button" VALUES('_7-VkmDyBwh5cATb3Fa2QQ',75,'claim:6','Üstlen',0,0);
INSERT INTO "button" VALUES('_GXESSRipYXqa7ibfIL6QA',49,'worked:GNMqFtf63RJQ8Gc1','İşe yaradı',0,0);
INSERT INTO "button" VALUES('_tO8gJHiVF71pmJyiryYLw',99,'assign_to:8:4','Zeynep Arslan',0,0);
INSERT INTO "button" VALUES('a0yzqABBmOV1QuHQu3nL6Q',36,'confirm:2','Evet, çalışıyor',0,0);
INSERT INTO "button" VALUES('a1UVmP19ktbcTKpJUCrnLg',99,'menu:8:unit','Diğer birime gönder',0,0);
INSERT INTO "button" VALUES('a8NB79TmOVd-4XNVwtWqEw',44,'ask:3','Bilgi iste',2,1);
INSERT INTO "button" VALUES('aHZAgzmGqA-OO7Iz7AM5Pg',6,'menu:1:more','Diğer',1,1);
INSERT INTO "button" VALUES('aWMReY2lIhXwBR2rDUCavA',13,'wait_for:2:waiting_reporter','Bilgi',0,0);
INSERT INTO "button" VALUES('aaqRoGLWBUQDM5ow8f1RcA',95,'worked:o7zImnmp8KuEk-lD','İşe yaradı',0,0);
INSERT INTO "button" VALUES('adrBRsN8PwjeTcEu8hSU4A',67,'claim:5','Üstlen',0,1);
INSERT INTO "button" VALUES('afcisG2jfuGp8JNX4xzuTA',53,'claim:4','Üstlen',0,0);
INSERT INTO "button" VALUES('b3Hc3wFPLFlTpiaJERTydw',129,'add_to:ZQOT01YbkZlDNEqT:3','Bu kayda ekle: 3',4,0);
INSERT INTO "button" VALUES('b3_r8xB-1gS0Z8AMWN9ZhQ',97,'menu:8:more','Diğer',3,0);
INSERT INTO "button" VALUES('bC_Vg0d8WUEXFpAfqXF8tQ',99,'topic_to:8:monitor-goruntu','Monitörde görüntü yok',7,0);
INSERT INTO "button" VALUES('bKplSNMXW8v0kjs9FWP0Qg',12,'menu:2:wait','Beklet',1,0);
INSERT INTO "button" VALUES('bLnf30q7Z6TkooFAsdxiPQ',6,'claim:1','Üstlen',0,1);
INSERT INTO "button" VALUES('bNwg2_hfCKUqiwRObnkPBg',99,'outage:8','Bilinen kesinti',6,0);
INSERT INTO "button" VALUES('bQHVatS6QcgKES1fs07HKA',76,'menu:6:wait','Beklet',1,0);
INSERT INTO "button" VALUES('bpeNjYoCbHJj_GRIiS6YJw',75,'done:6','Tamamladım',0,0);
INSERT INTO "button" VALUES('bq-Enekd_TytAxqT6GdA5w',98,'ask:8','Bilgi iste',2,1);
INSERT INTO "button" VALUES('brOHVVqnVapNnV4uffbZyw',76,'menu:6:priority','Önceliği değiştir',3,0);
INSERT INTO "button" VALUES('c-n7hxg9SYgE7EAJIqJmFQ',13,'wait_for:2:waiting_approval','Onay',3,0);
INSERT INTO "button" VALUES('cJQf0Z72KxHuswxdTqjr0w',99,'done:8','Tamamladım',0,1);
INSERT INTO "button" VALUES('cbvedzQZJyPc37CS5zx-OQ',88,'claim:7','Üstlen',0,0);
INSERT INTO "button" VALUES('cgYtIPcgrMskYpG7REsvlQ',99,'cancel:8','İptal',7,0);
INSERT INTO "button" VALUES('cnRf82gLMFVPYyob3m3yCA',11,'menu:2:wait','Beklet',1,0);
INSERT INTO "button" VALUES('cxQKtTI2uwUuw8Q0XiDOKw',75,'menu:6:more','Diğer',3,0);
INSERT INTO "button" VALUES('d3T7jO7cgKeEjvYOkiOjSA',74,'done:6','Tamamladım',0,0);
INSERT INTO "button" VALUES('d4zhVz4RoL6V41eK1isY0w',65,'merge:5','Birleştir',4,0);
INSERT INTO "button" VALUES('dEv1duGelZCeGmpjKRP0yA',125,'done:8','Tamamladım',0,1);
INSERT INTO "button" VALUES('dNU9HF5Q-ZLTcnfmTPKc2g',84,'open:xktOgkJOXCTL1QAo','Teknisyene ilet',1,0);
INSERT INTO "button" VALUES('dihGTFuSHrx_W6QmOrCOdQ',65,'menu:5:topic','Konuyu düzelt',1,0);
INSERT INTO "button" VALUES('dkxskz2ACAUC2JHbbHjT7g',79,'prompt_skip:6','Vazgeç',1,0);
INSERT INTO "button" VALUES('dnwt9fryt3dvRhIYH0mpEA',61,'open:lX6cXIUYxQWqjcNf','Teknisyene ilet',1,0);
INSERT INTO "button" VALUES('duwNet1zym8nPGdmDDB1Tw',99,'topic_to:8:bilgisayar-yavas','Bilgisayar yavaş veya donuyor',6,0);
INSERT INTO "button" VALUES('e4-eAmeH8VsaATrmGqyjpg',89,'skip_fact:7:demirbas','Bilmiyorum, atla',0,1);
INSERT INTO "button" VALUES('e6dBbzlUhbWYtMHA6DWfcQ',77,'skip_fact:6:cihaz','Bilmiyorum, atla',0,1);
INSERT INTO "button" VALUES('eCs05oDeLnQx3f_2nJU4Dg',91,'cancel_for:7:not_ours','Bizim işimiz değil',1,0);
INSERT INTO "button" VALUES('eJuYPEPIIADGGpCPIEzCCg',53,'menu:4:topic','Konuyu düzelt',2,0);
INSERT INTO "button" VALUES('eScrPY1QkuQZSo5kuufL2Q',98,'done:8','Tamamladım',0,0);
INSERT INTO "button" VALUES('e_lIuoqxDlsBUudDNFHQ1w',44,'menu:3:wait','Beklet',1,1);
INSERT INTO "button" VALUES('ebi6hUpmYamp4d4CbW6kvw',91,'cancel_for:7:other','Kendiliğinden düzeldi',2,0);
INSERT INTO "button" VALUES('euA3oXAGCSCEGmaItXv3_A',12,'menu:2:more','Diğer',3,0);
INSERT INTO "button" VALUES('f6gK5enV2kO8NbI1sxurIw',45,'menu:3:unit','Diğer birime gönder',0,0);
INSERT INTO "button" VALUES('fNYmy4BOPbsJsrao4VDFrg',65,'menu:5:assign','Görevlendir',3,0);
INSERT INTO "button" VALUES('fRXxDPLjmXjBEUBDV610ZQ',95,'add_to:o7zImnmp8KuEk-lD:1','Bu kayda ekle: 1',4,0);
INSERT INTO "button" VALUES('fXJW1ZWiXhb_y2Y_tpv-oQ',98,'claim:8','Üstlen',0,0);
INSERT INTO "button" VALUES('fielecDha1NqCdnD-pPIQg',76,'menu:6:unit','Diğer birime gönder',0,0);
INSERT INTO "button" VALUES('g7hOXHHmXBSO970xhb9miQ',69,'menu:5:more','Diğer',1,1);
INSERT INTO "button" VALUES('gDq7B2hA7iQEWa9jQTablg',97,'menu:8:wait','Beklet',1,0);
INSERT INTO "button" VALUES('gKyHGZeHjaIC1WuRBQaf0A',95,'open:o7zImnmp8KuEk-lD','Teknisyene ilet',1,0);
INSERT INTO "button" VALUES('gqY6lduDwskNW2lFURoU2g',99,'topic_to:8:telefon-santral','Telefon ve santral',1,0);
INSERT INTO "button" VALUES('hZpDWYVDKyytoaJ_ttYSQg',43,'ask:3','Bilgi iste',2,1);
INSERT INTO "button" VALUES('hl9z3xuI5wax_nzKoEqgCA',40,'open_told:Cj8_6Vqf3c-_hwWx','Kayıt aç, haber ver',0,0);
INSERT INTO "button" VALUES('iPhVpTnq6KXP5xJxKj20tg',140,'article_drop:2','Vazgeç',2,1);
INSERT INTO "button" VALUES('iiFvlXBs6UPJ8TgubiWKRA',86,'claim:7','Üstlen',0,0);
INSERT INTO "button" VALUES('inst7R7bH_keIYmh5PwK5Q',75,'ask:6','Bilgi iste',2,0);
INSERT INTO "button" VALUES('j44IdFrsLvzhEy6v6NFL7A',51,'ask:4','Bilgi iste',2,1);
INSERT INTO "button" VALUES('jH6kyv4xhNvHKYSB17fBTw',63,'claim:5','Üstlen',0,0);
INSERT INTO "button" VALUES('jfZGOyVYxMk8hlb8yI-KIA',12,'done:2','Tamamladım',0,0);
INSERT INTO "button" VALUES('jjXSiEgj63uEExth9RTo4Q',125,'ask:8','Bilgi iste',2,1);
INSERT INTO "button" VALUES('jz0jbNVl2jKr4EHawpxbEQ',99,'ask:8','Bilgi iste',2,0);
INSERT INTO "button" VALUES('k2cPpYnZYxeSbo-JMtiBhw',99,'claim:8','Üstlen',0,0);
INSERT INTO "button" VALUES('k2iAOBh67NhPxT7v_LDH-w',43,'claim:3','Üstlen',0,0);
INSERT INTO "button" VALUES('kEQctXJ95tCn3-TMUWnhkw',13,'wait_for:2:waiting_parts','Malzeme',2,0);
INSERT INTO "button" VALUES('kFRFdWdDvqdgRf71hG2gcQ',65,'claim:5','Üstlen',0,0);
INSERT INTO "button" VALUES('kIqFtpLIY05hXj6qGOt4qA',99,'topic_to:8:yazici-yazdirmiyor','Yazıcı yazdırmıyor',0,0);
INSERT INTO "button" VALUES('k_BqAfZwuUxZcI-5_bTXlg',95,'add_to:o7zImnmp8KuEk-lD:4','Bu kayda ekle: 4',3,0);
INSERT INTO "button" VALUES('kti7Zvzw_y20LqsmvxGmIg',98,'ask:8','Bilgi iste',2,0);
INSERT INTO "button" VALUES('lPtQ1jdwiHVUH_-uV1ROdw',98,'menu:8:wait','Beklet',1,1);
INSERT INTO "button" VALUES('lPyMcqqYxeOcaUhOtz6CQA',49,'open:GNMqFtf63RJQ8Gc1','Teknisyene ilet',1,0);
INSERT INTO "button" VALUES('lwhd861a0OuH0YZ9CL7Wzg',65,'menu:5:main','‹ Geri',1,0);
INSERT INTO "button" VALUES('m-hCiy46owDb1j5dhgONnQ',98,'menu:8:more','Diğer',3,0);
INSERT INTO "button" VALUES('m6BhMf2UMg8guaaFzJ57Sg',76,'menu:6:more','Diğer',3,0);
INSERT INTO "button" VALUES('mPyHIjdSHp5VNBd1oDiAGg',45,'release:3','Sıraya geri koy',1,0);
INSERT INTO "button" VALUES('mQ1AK7sPS6uvP4ThE6ULVQ',51,'done:4','Tamamladım',0,1);
INSERT INTO "button" VALUES('mVnk4xpo-CunmVN2ybGySQ',9,'worked:Ql8ftzRhVS5zEuev','İşe yaradı',0,0);
INSERT INTO "button" VALUES('m_2BfCVChlHdfaWYjoYBpQ',12,'resume:2','Devam et',0,0);
INSERT INTO "button" VALUES('mvj63foAPTz67qM6x63I7w',140,'article_edit:2','Düzenle',1,1);
INSERT INTO "button" VALUES('mylqV-njVfgfceWBOkW84g',11,'claim:2','Üstlen',0,0);
INSERT INTO "button" VALUES('nLH6WeKlucbdcxpb74D_6g',9,'not_mine:Ql8ftzRhVS5zEuev','Sorunum bu değil',2,0);
INSERT INTO "button" VALUES('neJpIbIU5fQ2lYPD-cpMPw',11,'ask:2','Bilgi iste',2,0);
INSERT INTO "button" VALUES('nepsd8zgf8WC2DhF-EiBlQ',53,'merge:4','Birleştir',5,0);
INSERT INTO "button" VALUES('nf0RCDi6Cdo2CSQ6FCqsXw',76,'menu:6:assign','Görevlendir',4,0);
INSERT INTO "button" VALUES('oAscOKT2rxwe9GgC-gXQZw',81,'merge_for:6:0','Aynı arıza',0,0);
INSERT INTO "button" VALUES('oNevBcuHKbmpq9hRCGPEDA',99,'menu:8:assign','Görevlendir',4,0);
INSERT INTO "button" VALUES('obXfxMEywdZvg4ISXckPtg',53,'menu:4:priority','Önceliği değiştir',3,0);
INSERT INTO "button" VALUES('p-rA-yJY6XMWLc_5gWN01w',4,'claim:1','Üstlen',0,1);
INSERT INTO "button" VALUES('p2QumO70urDRhEyxT11jmg',99,'outage:8','Bilinen kesinti',6,0);
INSERT INTO "button" VALUES('pS9bCsHGw1K1bqZm1NyVHg',100,'skip_fact:8:demirbas','Bilmiyorum, atla',0,1);
INSERT INTO "button" VALUES('pUx_BajCKVu6pbtwffFH4g',13,'ask:2','Bilgi iste',2,0);
INSERT INTO "button" VALUES('pWuFds56oViBpD1rwDQwkw',65,'outage:5','Bilinen kesinti',5,0);
INSERT INTO "button" VALUES('pdDZl6RWkub0noyQk5Z2xA',102,'prompt_skip:8','Vazgeç',4,0);
INSERT INTO "button" VALUES('pge_Qdpg8fimGeACJt0UOA',53,'menu:4:unit','Diğer birime gönder',0,0);
INSERT INTO "button" VALUES('py6vOny6Y-8Glru-QZwxhA',34,'done_with:2:Uzaktan çözüldü','Uzaktan çözüldü',3,0);
INSERT INTO "button" VALUES('qGxDU-KJtQg1wMndYZ9dmA',99,'menu:8:priority','Önceliği değiştir',3,0);
INSERT INTO "button" VALUES('qmO1QOutL7chKap-BrTHKA',84,'not_mine:xktOgkJOXCTL1QAo','Sorunum bu değil',2,0);
INSERT INTO "button" VALUES('qrDT47m95_AnEwL6B5nGBg',45,'done:3','Tamamladım',0,1);
INSERT INTO "button" VALUES('rX1inBdob1KlneD38ypbbg',84,'worked:xktOgkJOXCTL1QAo','İşe yaradı',0,0);
INSERT INTO "button" VALUES('raTMNMdnbfPvkoh-b8NGlQ',72,'worked:mjOisLBLqfR1wyIX','İşe yaradı',0,0);
INSERT INTO "button" VALUES('rol7eMHnmGGQjd7yLmAupw',34,'done_with:2:Onarıldı','Onarıldı',2,0);
INSERT INTO "button" VALUES('ryMM8cjk4wbmmFq_zG-UIQ',67,'menu:5:more','Diğer',1,1);
INSERT INTO "button" VALUES('sLpXLI1efJUUyQCbWE9DGg',22,'ask_with:2:1','Ekranın fotoğrafını gönderir misiniz?',1,0);
INSERT INTO "button" VALUES('sg8IjzNEYqk4LYDRwZ9h5g',75,'menu:6:wait','Beklet',1,0);
INSERT INTO "button" VALUES('sktrTkbHWH69KCw1ITI-zQ',4,'menu:1:more','Diğer',1,1);
INSERT INTO "button" VALUES('ssWT5ffkLo3hDsnQoybWoA',88,'ask:7','Bilgi iste',2,0);
INSERT INTO "button" VALUES('t96RlXIuadlbTb7HMfA0ww',54,'skip_fact:4:demirbas','Bilmiyorum, atla',0,1);
INSERT INTO "button" VALUES('tB_n0QRUHJsp0_ogFw0Y0A',76,'menu:6:main','‹ Geri',8,0);
INSERT INTO "button" VALUES('tBkyUpwEZyoTH9Bd9u1xEg',139,'article_publish:2','Yayımla',0,1);
INSERT INTO "button" VALUES('tRvM1Ga_FZegqB5GaQIG_g',11,'ask:2','Bilgi iste',2,0);
INSERT INTO "button" VALUES('tb-m4uPUPZGBSJBjLNUWbg',22,'ask_with:2:0','Hangi oda ve dahili?',0,0);
INSERT INTO "button" VALUES('tnyZm8hBMx-9thhQbCWwXw',72,'not_mine:mjOisLBLqfR1wyIX','Sorunum bu değil',2,0);
INSERT INTO "button" VALUES('tooiMoQwjrTj_q7ZxqbYFQ',61,'add_to:lX6cXIUYxQWqjcNf:3','Bu kayda ekle: 3',3,0);
INSERT INTO "button" VALUES('tpNwpY_2P8nKIbdsjI7vlg',102,'done_with:8:Ayar düzeltildi','Ayar düzeltildi',2,0);
INSERT INTO "button" VALUES('tq-pv0HhdVn_NadAKCrRrQ',125,'menu:8:more','Diğer',3,1);
INSERT INTO "button" VALUES('trVVZR8EELXftD6Gpj_BWA',44,'done:3','Tamamladım',0,1);
INSERT INTO "button" VALUES('u8Jl03j3NcjfXkI5IfiHYQ',76,'release:6','Sıraya geri koy',1,0);
INSERT INTO "button" VALUES('u8lIqT28Zj2x9L-MVCOUSA',74,'menu:6:more','Diğer',3,0);
INSERT INTO "button" VALUES('uBUSXeMRm7jQCJduGZM35w',103,'still_broken:8','Hâlâ bozuk',1,0);
INSERT INTO "button" VALUES('uLVWmFDo1neB1d707Dl_OA',13,'menu:2:more','Diğer',3,0);
INSERT INTO "button" VALUES('uMxKqzbnbHVEcq4dFQDvfQ',13,'resume:2','Devam et',0,0);
INSERT INTO "button" VALUES('uPrHfN3siqzfSpWRxB5Ljg',76,'ask:6','Bilgi iste',2,0);
INSERT INTO "button" VALUES('uW12GPW2i9Af0R03W0gz9Q',74,'claim:6','Üstlen',0,0);
INSERT INTO "button" VALUES('uWhm02PtzA_mCsRt4Uye1A',45,'claim:3','Üstlen',0,0);
INSERT INTO "button" VALUES('uYeZPzi3FhF0LZrDYImzMA',129,'not_mine:ZQOT01YbkZlDNEqT','Sorunum bu değil',2,0);
INSERT INTO "button" VALUES('uzJjvN9hNVrOINgRjgh3fA',103,'confirm:8','Evet, çalışıyor',0,0);
INSERT INTO "button" VALUES('v4Fci62hVqRo-e7Od_oNvw',99,'menu:8:topic','Konuyu düzelt',2,0);
INSERT INTO "button" VALUES('v8yQFRYZ2IR7fOd8L2_Fnw',88,'menu:7:priority','Önceliği değiştir',3,0);
INSERT INTO "button" VALUES('vOt96OvKyKnb34qYYVxkcg',13,'claim:2','Üstlen',0,0);
INSERT INTO "button" VALUES('vWiZRk8_HD5CFcOjwOS6Mg',53,'outage:4','Bilinen kesinti',6,0);
INSERT INTO "button" VALUES('vYCAiduhSxZrLI5CEh6kFQ',65,'cancel:5','İptal',6,0);
INSERT INTO "button" VALUES('vtOguUAGXyZT_gCoc4oKuA',98,'ask:8','Bilgi iste',2,0);
INSERT INTO "button" VALUES('w1i3YOuGgr--NujKA4Flsw',99,'merge:8','Birleştir',5,0);
INSERT INTO "button" VALUES('w3zRrmscJrcRVHRSLnJWLg',99,'menu:8:wait','Beklet',1,0);
INSERT INTO "button" VALUES('w6weOWbYxld2A_deFwv8aw',5,'menu:1:more','Diğer',1,1);
INSERT INTO "button" VALUES('wDE65AlLUh_gMeOYF5X3nw',130,'open:ZQOT01YbkZlDNEqT','Sorun sürüyor, teknisyene ilet',0,1);
INSERT INTO "button" VALUES('wL-NzWSGvDLJ9OtNSG3kGQ',53,'menu:4:more','Diğer',3,1);
INSERT INTO "button" VALUES('wlu_sFZBITHcBMbMtlpdjw',99,'menu:8:main','‹ Geri',8,0);
INSERT INTO "button" VALUES('x8TqTU1BBYi5WYXr9tcnCA',88,'menu:7:unit','Diğer birime gönder',0,0);
INSERT INTO "button" VALUES('xCCOzjuLBUPAPvyzaeBClw',97,'ask:8','Bilgi iste',2,1);
INSERT INTO "button" VALUES('xECqfSmldep0OkzLiJMpog',99,'menu:8:priority','Önceliği değiştir',3,0);
INSERT INTO "button" VALUES('xFz4ZC8oaAzEuL7Ti9f0Sw',140,'article_publish:2','Yayımla',0,1);
INSERT INTO "button" VALUES('xJDErsJVDmw3G74UlrD0Nw',45,'priority_to:3:acil','ACİL',0,0);
INSERT INTO "button" VALUES('xKOY75W-_np3ucgjzXdyMQ',99,'menu:8:unit','Diğer birime gönder',0,0);
INSERT INTO "button" VALUES('xYoKoQtNStwRpsDWAF1pNQ',99,'menu:8:more','Diğer',3,0);
INSERT INTO "button" VALUES('xvA7Y2U2ltOVorJ2dAIybA',86,'done:7','Tamamladım',0,0);
INSERT INTO "button" VALUES('ybOFgNZt88ubD1FjvYRy7A',99,'done:8','Tamamladım',0,0);
INSERT INTO "button" VALUES('ycCAbAiOrtIcg--HRbNlUA',99,'menu:8:topic','Konuyu düzelt',2,0);
INSERT INTO "button" VALUES('yr3YutjfiMkQa0izJDcbpg',12,'menu:2:wait','Beklet',1,0);
INSERT INTO "button" VALUES('yrgZ3V1ZzmgcEcZSNH8-aA',97,'done:8','Tamamladım',0,1);
INSERT INTO "button" VALUES('yzRnRAcsVh7ORZE3RRoXDw',84,'add_to:xktOgkJOXCTL1QAo:4','Bu kayda ekle: 4',3,0);
INSERT INTO "button" VALUES('zT3G3GrlBcT3S5DXDixBDA',99,'topic_to:8:yazici-kurulum','Yazıcı tanıtma ve kurma',3,0);
INSERT INTO "button" VALUES('z_Cl5o4b0eOGxDJ1j84qQw',99,'menu:8:more','Diğer',3,0);
INSERT INTO "button" VALUES('zdWCWGtwLtHLKb627GiAkw',115,'menu:9:more','Diğer',0,1);
INSERT INTO "button" VALUES('zgf7X9IoYNWK2kVVabynMw',97,'ask:8','Bilgi iste',2,0);
INSERT INTO "button" VALUES('zwrVibxMWvG61TaJ1u6ZYw',99,'merge:8','Birleştir',5,0);
INSERT INTO "button" VALUES('zxLu-crbe8_Pr0s8FRW8Qw',129,'worked:ZQOT01YbkZlDNEqT','İşe yaradı',0,0);
CREATE TABLE conversation (
	address VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	person INTEGER, 
	unit VARCHAR, 
	title TEXT DEFAULT '' NOT NULL, 
	is_room BOOLEAN NOT NULL, 
	blocked BOOLEAN NOT NULL, 
	last_seq INTEGER DEFAULT '0' NOT NULL, 
	active_at VARCHAR(26), 
	CONSTRAINT pk_conversation PRIMARY KEY (address), 
	CONSTRAINT fk_conversation_person_person FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "conversation" VALUES('web:r:donanim','web',NULL,'donanim','Donanım ve Teknik Destek Birimi',1,0,84,NULL);
INSERT INTO "conversation" VALUES('terminal:r:donanim','terminal',NULL,'donanim','Donanım ve Teknik Destek Birimi',1,0,42,NULL);
INSERT INTO "conversation" VALUES('web:r:yazilim','web',NULL,'yazilim','Yazılım Birimi',1,0,6,NULL);
INSERT INTO "conversation" VALUES('terminal:r:yazilim','terminal',NULL,'yazilim','Yazılım Birimi',1,0,6,NULL);
INSERT INTO "conversation" VALUES('web:p:ayse','web',1,NULL,'',0,0,37,NULL);
INSERT INTO "conversation" VALUES('terminal:p:ayse','terminal',1,NULL,'',0,0,0,NULL);
INSERT INTO "conversation" VALUES('web:p:hasan','web',2,NULL,'',0,0,41,NULL);
INSERT INTO "conversation" VALUES('terminal:p:hasan','terminal',2,NULL,'',0,0,0,NULL);
INSERT INTO "conversation" VALUES('web:p:mehmet','web',3,NULL,'',0,0,8,NULL);
INSERT INTO "conversation" VALUES('terminal:p:mehmet','terminal',3,NULL,'',0,0,0,NULL);
INSERT INTO "conversation" VALUES('web:p:zeynep','web',4,NULL,'',0,0,2,NULL);
INSERT INTO "conversation" VALUES('terminal:p:zeynep','terminal',4,NULL,'',0,0,2,NULL);
INSERT INTO "conversation" VALUES('web:p:ali','web',5,NULL,'',0,0,0,NULL);
INSERT INTO "conversation" VALUES('terminal:p:ali','terminal',5,NULL,'',0,0,0,NULL);
INSERT INTO "conversation" VALUES('web:p:fatma','web',6,NULL,'',0,0,4,NULL);
INSERT INTO "conversation" VALUES('terminal:p:fatma','terminal',6,NULL,'',0,0,4,NULL);
INSERT INTO "conversation" VALUES('web:p:kemal','web',7,NULL,'',0,0,6,NULL);
INSERT INTO "conversation" VALUES('terminal:p:kemal','terminal',7,NULL,'',0,0,6,NULL);
INSERT INTO "conversation" VALUES('web:p:denetci','web',8,NULL,'',0,0,2,NULL);
INSERT INTO "conversation" VALUES('terminal:p:denetci','terminal',8,NULL,'',0,0,0,NULL);
INSERT INTO "conversation" VALUES('web:p:admin','web',9,NULL,'',0,0,0,NULL);
INSERT INTO "conversation" VALUES('terminal:p:admin','terminal',9,NULL,'',0,0,0,NULL);
INSERT INTO "conversation" VALUES('telegram:r:-5001','telegram',NULL,'donanim','',1,0,42,NULL);
INSERT INTO "conversation" VALUES('telegram:r:-5002','telegram',NULL,'yazilim','',1,0,6,NULL);
INSERT INTO "conversation" VALUES('telegram:p:1000','telegram',1,NULL,'',0,0,0,NULL);
INSERT INTO "conversation" VALUES('web:p:veli','web',10,NULL,'',0,0,2,'2026-11-23 10:29:00.000000');
INSERT INTO "conversation" VALUES('web:p:selin','web',11,NULL,'',0,0,3,'2026-11-23 10:30:00.000000');
CREATE TABLE counter (
	year INTEGER NOT NULL, 
	value INTEGER NOT NULL, 
	CONSTRAINT pk_counter PRIMARY KEY (year)
);
INSERT INTO "counter" VALUES(2026,9);
CREATE TABLE dialog (
	conversation VARCHAR NOT NULL, 
	person INTEGER NOT NULL, 
	data TEXT NOT NULL, 
	draft_idle_since VARCHAR(26), 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_dialog PRIMARY KEY (conversation, person), 
	CONSTRAINT fk_dialog_conversation_conversation FOREIGN KEY(conversation) REFERENCES conversation (address), 
	CONSTRAINT fk_dialog_person_person FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "dialog" VALUES('web:p:ayse',1,'{"draft":null,"expects":null,"last_ticket":8,"changed_at":"2026-11-23T10:29:00+00:00"}',NULL,11);
INSERT INTO "dialog" VALUES('web:p:hasan',2,'{"draft":{"id":"ZQOT01YbkZlDNEqT","texts":["faremin imleci oynam\u0131yor, fare \u00e7al\u0131\u015fm\u0131yor"],"keys":["web:ec37545510cf453cbeb797cf83526fec"],"files":[],"phase":"worked","category":"klavye-fare","article":"fare-calismiyor","candidates":["klavye-fare","bilgisayar-yavas","guvenlik-kamerasi"],"dismissed":[],"tried_article":"fare-calismiyor","tried":5,"reasons":["imleci","fare","faremin"],"facts":{},"urgent":false,"waiting_citizens":false,"due_today":false,"second":null,"second_article":null,"parts":[],"reminded":true,"for_person":null,"untold":false,"started_at":"2026-11-23T10:29:00+00:00","changed_at":"2026-11-23T10:29:00+00:00"},"expects":{"kind":"fact","ticket":6,"detail":"cihaz","rest":["6:hata"],"asked":"fact:6:cihaz"},"last_ticket":6,"changed_at":"2026-11-23T10:29:00+00:00"}',NULL,13);
INSERT INTO "dialog" VALUES('web:r:donanim',3,'{"draft":null,"expects":null,"last_ticket":null,"changed_at":"2026-11-23T10:28:00+00:00"}',NULL,13);
INSERT INTO "dialog" VALUES('web:p:mehmet',3,'{"draft":null,"expects":null,"last_ticket":3,"changed_at":"2026-11-23T10:19:00+00:00"}',NULL,2);
INSERT INTO "dialog" VALUES('web:p:veli',10,'{"draft":{"id":"f_hJEFmktUUE7i-v","texts":["merhaba"],"keys":["web:26ce0b5d684a413f8fc6fce5d6f8ee28"],"files":[],"phase":"new","category":null,"article":null,"candidates":[],"dismissed":[],"tried_article":null,"tried":0,"reasons":[],"facts":{},"urgent":false,"waiting_citizens":false,"due_today":false,"second":null,"second_article":null,"parts":[],"reminded":true,"for_person":null,"untold":false,"started_at":"2026-11-23T10:29:00+00:00","changed_at":"2026-11-23T10:29:00+00:00"},"expects":{"kind":"notice","ticket":null,"detail":"","rest":[],"asked":""},"last_ticket":null,"changed_at":"2026-11-23T10:29:00+00:00"}',NULL,2);
INSERT INTO "dialog" VALUES('web:p:selin',11,'{"draft":null,"expects":{"kind":"notice","ticket":null,"detail":"","rest":[],"asked":""},"last_ticket":null,"changed_at":"2026-11-23T10:30:00+00:00"}',NULL,1);
CREATE TABLE feedback (
	id INTEGER NOT NULL, 
	at VARCHAR(26) NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	category VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	CONSTRAINT pk_feedback PRIMARY KEY (id)
);
INSERT INTO "feedback" VALUES(1,'2026-11-23 09:00:00.000000','yazıcım çıktı vermiyor, kuyrukta bekliyor','yazici-yazdirmiyor','opened');
INSERT INTO "feedback" VALUES(2,'2026-11-23 09:05:00.000000','bilgisayarım açılmıyor, güç tuşuna basınca ses yok','bilgisayar-acilmiyor','opened');
INSERT INTO "feedback" VALUES(3,'2026-11-23 10:19:00.000000','el terminali açılmıyor','mobil-cihaz','opened');
INSERT INTO "feedback" VALUES(4,'2026-11-23 10:19:00.000000','3. kattaki bütün odalarda internet yok, kırmızı çarpı var','internet-yok','opened');
INSERT INTO "feedback" VALUES(5,'2026-11-23 10:26:00.000000','telefonumun ahizesinden ses gelmiyor','telefon-santral','opened');
INSERT INTO "feedback" VALUES(6,'2026-11-23 10:28:00.000000','yazıcı basmıyor bizde de','yazici-yazdirmiyor','opened');
INSERT INTO "feedback" VALUES(7,'2026-11-23 10:28:00.000000','bilgisayarım donuyor, sürekli takılıyor','bilgisayar-yavas','opened');
INSERT INTO "feedback" VALUES(8,'2026-11-23 10:28:00.000000','klavyemin tuşları basmıyor','klavye-fare','opened');
INSERT INTO "feedback" VALUES(9,'2026-11-23 10:28:00.000000','bir vatandaşın kişisel verileri yanlışlıkla dışarıya mail atıldı, veri sızıntısı oldu','bilgi-guvenligi','opened');
INSERT INTO "feedback" VALUES(10,'2026-11-23 10:29:00.000000','klavyemin tuşları basmıyor','yazici-kagit-sikismasi','recategorised');
INSERT INTO "feedback" VALUES(11,'2026-11-23 10:29:00.000000','faremin imleci oynamıyor, fare çalışmıyor','klavye-fare','worked');
CREATE TABLE inbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	conversation VARCHAR NOT NULL, 
	payload TEXT NOT NULL, 
	received_at VARCHAR(26) NOT NULL, 
	state VARCHAR NOT NULL, 
	due_at VARCHAR(26) NOT NULL, 
	attempts INTEGER NOT NULL, 
	owner VARCHAR, 
	leased_until VARCHAR(26), 
	error TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT uq_inbox_key UNIQUE ("key")
);
INSERT INTO "inbox" VALUES(1,'web:d7929dba8d1c455396890f0a4ec17395','web','web:p:ayse','','2026-11-23 09:00:00.000000','handled','2026-11-23 09:00:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(2,'web:ec6e3a0154a44fb9b6996145296e3564','web','web:p:ayse','','2026-11-23 09:00:00.000000','handled','2026-11-23 09:00:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(3,'web:ce1799ac36f14f91aacb1bf3c06eb548','web','web:p:hasan','','2026-11-23 09:05:00.000000','handled','2026-11-23 09:05:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(4,'web:8e681f2773584cd5a2851fe1533468e9','web','web:p:hasan','','2026-11-23 09:05:00.000000','handled','2026-11-23 09:05:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(5,'web:59400cfb8f744610a643c48e9d7179d4','web','web:r:donanim','','2026-11-23 09:06:00.000000','handled','2026-11-23 09:06:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(6,'web:c53e59a3c319459c8797454820fa367d','web','web:r:donanim','','2026-11-23 09:06:00.000000','handled','2026-11-23 09:06:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(7,'web:453e682d22fc4bf8b6ffb47f99079d2d','web','web:r:donanim','','2026-11-23 09:06:00.000000','handled','2026-11-23 09:06:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(8,'web:5b455c64293a4ee4ac3e861358f8c7ff','web','web:r:donanim','','2026-11-23 09:06:00.000000','handled','2026-11-23 09:06:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(9,'web:2c7ac88336e94b01924017b696c329c3','web','web:r:donanim','','2026-11-23 09:06:00.000000','handled','2026-11-23 09:06:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(10,'web:2059f1044ca64d4b828640dd69d87b78','web','web:r:donanim','','2026-11-23 09:06:00.000000','handled','2026-11-23 09:06:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(11,'web:37e9c98697fc4d53835fe17a7b3d93a1','web','web:p:hasan','','2026-11-23 09:16:00.000000','handled','2026-11-23 09:16:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(12,'web:83559f68cd8545af81d7c258680b7073','web','web:r:donanim','','2026-11-23 09:16:00.000000','handled','2026-11-23 09:16:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(13,'web:4919df061f92466b9fb380083dc39719','web','web:r:donanim','','2026-11-23 09:16:00.000000','handled','2026-11-23 09:16:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(14,'web:5045706a874d4365a3dce23bb635bb2e','web','web:r:donanim','','2026-11-23 09:16:00.000000','handled','2026-11-23 09:16:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(15,'web:cfc9e299b26f42838c615e694f2d74b3','web','web:r:donanim','','2026-11-23 10:16:00.000000','handled','2026-11-23 10:16:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(16,'web:ab241df289c44ecfa1fcbb4a0c611adc','web','web:r:donanim','','2026-11-23 10:16:00.000000','handled','2026-11-23 10:16:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(17,'web:a330a37de7ef4cc398bf62143a415d18','web','web:r:donanim','','2026-11-23 10:16:00.000000','handled','2026-11-23 10:16:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(18,'web:d28553b613a94687a16b2178b69d20ff','web','web:p:hasan','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(19,'web:90582a8289d0480f9a4583571f10af35','web','web:p:hasan','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(20,'web:749369a0227c488b96513934af52091c','web','web:p:mehmet','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(21,'web:af7c7a8064bb4880bf2365125f1288a7','web','web:p:mehmet','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(22,'web:c2827c071e614687b03b5d7f2143c2ef','web','web:r:donanim','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(23,'web:fa94ea0c8c614011adaf83560eb37cde','web','web:r:donanim','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(24,'web:06f1cdbbdffa4b46a730e2202929b2b0','web','web:r:donanim','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(25,'web:8210d0e8b5c84478aa132a97cbc08248','web','web:r:donanim','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(26,'web:ba67510309b145d9b5764fa935b471a4','web','web:p:ayse','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(27,'web:539d1cbffb0c4b09a6130e72733ff131','web','web:p:ayse','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(28,'web:e09b5c0d732d402681dc7a3d4144baaa','web','web:r:donanim','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(29,'web:f40f3bac2ef94a009f7333f178d39a5a','web','web:r:donanim','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(30,'web:70091d3f9e4347e990947c9dd07bce4e','web','web:r:donanim','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(31,'web:2dd13a40977f4cd98df47a2fed3ea052','web','web:p:hasan','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(32,'web:0d1ba73de38c4616901b905787d7c742','web','web:p:hasan','','2026-11-23 10:19:00.000000','handled','2026-11-23 10:19:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(33,'web:68afb579a87e4c56ab726ff409ffe44c','web','web:p:hasan','','2026-11-23 10:26:00.000000','handled','2026-11-23 10:26:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(34,'web:a82650035bf34684b2adf0e498261204','web','web:p:hasan','','2026-11-23 10:26:00.000000','handled','2026-11-23 10:26:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(35,'web:ce71d1b2e035492593a8844d00fffd8b','web','web:r:donanim','','2026-11-23 10:26:00.000000','handled','2026-11-23 10:26:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(36,'web:84301cc57e424255b3baf5f8eb29dc2a','web','web:r:donanim','','2026-11-23 10:26:00.000000','handled','2026-11-23 10:26:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(37,'web:3fde300f6d3449d18930d0335ab350cb','web','web:r:donanim','','2026-11-23 10:26:00.000000','handled','2026-11-23 10:26:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(38,'web:95def750f5274aacbb6a83fa18a3f7db','web','web:p:hasan','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(39,'web:78963981fcfc4ce693cc2e1db2674dfd','web','web:p:hasan','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(40,'web:07f80552ae954bbc841f36acab5eb296','web','web:r:donanim','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(41,'web:96dc931688004b75ae19381a6a8221e3','web','web:r:donanim','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(42,'web:284d5c3d23eb462fb58c976368edb258','web','web:r:donanim','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(43,'web:9b546668ba71468f93fccbb44bd1d22d','web','web:r:donanim','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(44,'web:c0f87a8b65724f669bab4076eb4aeb6e','web','web:r:donanim','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(45,'web:cd360b74d5ff45b7838246821548fdc0','web','web:p:ayse','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(46,'web:1b27eedf94664acd838321616b791c7e','web','web:p:ayse','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(47,'web:7dbd077e7f744d21b9a09d7ddebc0edd','web','web:r:donanim','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(48,'web:6e4a49273f9e4c2ab3416dfce8b39acb','web','web:r:donanim','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(49,'web:b58e288a54b34ddeb78e9f7b15ec8438','web','web:r:donanim','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(50,'web:0a3b54ab77b5469a9fdb32a954da3287','web','web:r:donanim','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(51,'web:28077dda7a6b4310ac6ec51c1253b1e4','web','web:p:ayse','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(52,'web:2ec5ec5bdcb5487bb9b42c9feddc9802','web','web:p:ayse','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(53,'web:dc42c99120e8416c885f81f41436f5d8','web','web:r:donanim','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(54,'web:8e2933777d24405ebd8ec7dc6f10daf9','web','web:r:donanim','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(55,'web:ea41842cd4514eda85e33e65a0693f16','web','web:r:donanim','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(56,'web:1de444cea8c54c1e921b152660a2481b','web','web:p:ayse','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(57,'web:e05f9f4bb7e54464bfa1587cecabab0c','web','web:p:ayse','','2026-11-23 10:28:00.000000','handled','2026-11-23 10:28:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(58,'web:0387c6cba0134228ab6a97de0c3d13e2','web','web:r:donanim','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(59,'web:b7813bbebfba4a44b32c42c550150740','web','web:r:donanim','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(60,'web:6403bc85be7c4dba9bfec73d6427a5b6','web','web:r:donanim','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(61,'web:df31a1b979d8410cbe0eb1d5de8ba00a','web','web:r:donanim','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(62,'web:9967042f2ef94f0181839b6d786b2c85','web','web:r:donanim','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(63,'web:32b60df7b39a4afe89e511d5340ba3a7','web','web:r:donanim','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(64,'web:b6e025b57b1440e8ab487a02315707e8','web','web:r:donanim','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(65,'web:f9acd701dfd0496fbccec7b72b3cebae','web','web:r:donanim','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(66,'web:4f94148e498941f189a322686d2f5e9a','web','web:r:donanim','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(67,'web:6dc082d59ffe4fddbbf0b39b4539a228','web','web:r:donanim','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(68,'web:ec37545510cf453cbeb797cf83526fec','web','web:p:hasan','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(69,'web:6daf4c6c9b7d46bf8c3511d25f1e5b3b','web','web:p:hasan','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(70,'web:26ce0b5d684a413f8fc6fce5d6f8ee28','web','web:p:veli','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(71,'web:4512ae63b3d14ecbaeeda13af0e1dd4a','web','web:p:ayse','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(72,'web:137a07d8005a48da883ed3b610ec7890','web','web:p:mehmet','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(73,'web:944e9f12ea6445a8a618d915569cdded','web','web:p:denetci','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(74,'web:c452c97461204312af39aa12ec3924b8','web','web:p:mehmet','','2026-11-23 10:29:00.000000','handled','2026-11-23 10:29:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(75,'web:abe1f380cd5b490d9b4354fa79152763','web','web:p:selin','','2026-11-23 10:30:00.000000','handled','2026-11-23 10:30:00.000000',1,NULL,NULL,'');
INSERT INTO "inbox" VALUES(76,'telegram:1','telegram','telegram:r:-5001','{"text": "merhaba"}','2026-11-23 09:00:00.000000','waiting','2026-11-25 09:00:00.000000',0,NULL,NULL,'');
INSERT INTO "inbox" VALUES(77,'telegram:2','telegram','telegram:r:-5002','{"text": "merhaba"}','2026-11-23 09:00:00.000000','quarantined','2026-11-25 09:00:00.000000',0,NULL,NULL,'ValueError: no such thing');
CREATE TABLE join_code (
	code_hash VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	unit VARCHAR, 
	name TEXT DEFAULT '' NOT NULL, 
	person INTEGER, 
	expires_at VARCHAR(26) NOT NULL, 
	used_at VARCHAR(26), 
	used_by INTEGER, 
	CONSTRAINT pk_join_code PRIMARY KEY (code_hash), 
	CONSTRAINT fk_join_code_person_person FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT fk_join_code_used_by_person FOREIGN KEY(used_by) REFERENCES person (id)
);
INSERT INTO "join_code" VALUES('8709318ff506e7ff68b8fa60d4c8c73acf6aa54e9cfd113938a2dc265980d56e','technician','donanim','',NULL,'2026-11-30 09:00:00.000000',NULL,NULL);
INSERT INTO "join_code" VALUES('8ec69acdd920bb66de783d79759c2b0ed496eedcdc2ca9169f89ef5cb1ebd480','technician','donanim','',NULL,'2026-11-30 10:30:00.000000','2026-11-23 10:30:00.000000',11);
CREATE TABLE lease (
	name VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	until VARCHAR(26) NOT NULL, 
	CONSTRAINT pk_lease PRIMARY KEY (name)
);
INSERT INTO "lease" VALUES('telegram','1-abc','2026-11-25 09:00:20.000000');
CREATE TABLE message (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	conversation VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	first_seq INTEGER NOT NULL, 
	author INTEGER, 
	at VARCHAR(26) NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	files TEXT NOT NULL, 
	kind VARCHAR NOT NULL, 
	ticket INTEGER, 
	rings BOOLEAN NOT NULL, 
	slot VARCHAR, 
	reply_to INTEGER, 
	native_ref VARCHAR, 
	event_key VARCHAR NOT NULL, 
	minimal TEXT, 
	deleted BOOLEAN NOT NULL, 
	CONSTRAINT fk_message_author_person FOREIGN KEY(author) REFERENCES person (id), 
	CONSTRAINT fk_message_conversation_conversation FOREIGN KEY(conversation) REFERENCES conversation (address), 
	CONSTRAINT fk_message_ticket_ticket FOREIGN KEY(ticket) REFERENCES ticket (id)
);
INSERT INTO "message" VALUES(1,'web:p:ayse',1,1,1,'2026-11-23 09:00:00.000000','yazıcım çıktı vermiyor, kuyrukta bekliyor','["1affe0e0984a685393c206a43e72e7d7"]','',NULL,1,NULL,NULL,NULL,'web:d7929dba8d1c455396890f0a4ec17395',NULL,0);
INSERT INTO "message" VALUES(2,'web:p:ayse',3,2,NULL,'2026-11-23 09:00:00.000000','Yazıcı yazdırmıyor – kayıt açıldı: 2026-000001','[]','draft_closed',1,0,'draft:6DkaZcGpmpFKoCl_',NULL,NULL,'','2026-000001 · Sırada',0);
INSERT INTO "message" VALUES(3,'web:p:ayse',4,4,NULL,'2026-11-23 09:00:00.000000','Kaydınız açıldı: 2026-000001 · Yazıcı yazdırmıyor
İlgilenecek birim: Donanım ve Teknik Destek Birimi. Gelişmeleri buradan yazacağım; eklemek istediğinizi bu mesajı yanıtlayarak yazabilirsiniz.','[]','opened',1,1,NULL,NULL,NULL,'','2026-000001 · Sırada',0);
INSERT INTO "message" VALUES(4,'telegram:r:-5001',24,1,NULL,'2026-11-23 09:00:00.000000','🖨 2026-000001 · Yazıcı yazdırmıyor · Normal · +1 kişi
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“yazıcım çıktı vermiyor, kuyrukta bekliyor”   📷 1
Cihaz: yazıcı
Denedi: 5 adım, işe yaramadı · Neden bu konu: “kuyrukta”, “çıktı”, “bekliyor”
🔵 Sırada · 2026-11-23T09:00:00+00:001 sa önce açıldı','["1affe0e0984a685393c206a43e72e7d7"]','card',1,0,'card:1',NULL,'700','','2026-000001 · Sırada',0);
INSERT INTO "message" VALUES(5,'terminal:r:donanim',24,1,NULL,'2026-11-23 09:00:00.000000','🖨 2026-000001 · Yazıcı yazdırmıyor · Normal · +1 kişi
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“yazıcım çıktı vermiyor, kuyrukta bekliyor”   📷 1
Cihaz: yazıcı
Denedi: 5 adım, işe yaramadı · Neden bu konu: “kuyrukta”, “çıktı”, “bekliyor”
🔵 Sırada · 2026-11-23T09:00:00+00:001 sa önce açıldı','["1affe0e0984a685393c206a43e72e7d7"]','card',1,0,'card:1',NULL,NULL,'','2026-000001 · Sırada',0);
INSERT INTO "message" VALUES(6,'web:r:donanim',52,1,NULL,'2026-11-23 09:00:00.000000','🖨 2026-000001 · Yazıcı yazdırmıyor · Normal · +1 kişi
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“yazıcım çıktı vermiyor, kuyrukta bekliyor”   📷 1
Cihaz: yazıcı
Denedi: 5 adım, işe yaramadı · Neden bu konu: “kuyrukta”, “çıktı”, “bekliyor”
🔵 Sırada · 2026-11-23T09:00:00+00:001 sa önce açıldı','["1affe0e0984a685393c206a43e72e7d7"]','card',1,0,'card:1',NULL,NULL,'','2026-000001 · Sırada',0);
INSERT INTO "message" VALUES(7,'web:p:ayse',5,5,NULL,'2026-11-23 09:00:00.000000','2026-000001 için: Hangi cihaz? Markası ya da üzerindeki ad yeter.','[]','fact',1,1,'fact:1:cihaz',NULL,NULL,'','2026-000001 · Sırada',0);
INSERT INTO "message" VALUES(8,'web:p:hasan',1,1,2,'2026-11-23 09:05:00.000000','bilgisayarım açılmıyor, güç tuşuna basınca ses yok','[]','',NULL,1,NULL,NULL,NULL,'web:ce1799ac36f14f91aacb1bf3c06eb548',NULL,0);
INSERT INTO "message" VALUES(9,'web:p:hasan',3,2,NULL,'2026-11-23 09:05:00.000000','Bilgisayar açılmıyor – kayıt açıldı: 2026-000002','[]','draft_closed',2,0,'draft:Ql8ftzRhVS5zEuev',NULL,NULL,'','2026-000002 · Sırada',0);
INSERT INTO "message" VALUES(10,'web:p:hasan',4,4,NULL,'2026-11-23 09:05:00.000000','Kaydınız açıldı: 2026-000002 · Bilgisayar açılmıyor · Öncelik: Yüksek
İlgilenecek birim: Donanım ve Teknik Destek Birimi. Gelişmeleri buradan yazacağım; eklemek istediğinizi bu mesajı yanıtlayarak yazabilirsiniz.','[]','opened',2,1,NULL,NULL,NULL,'','2026-000002 · Sırada',0);
INSERT INTO "message" VALUES(11,'telegram:r:-5001',11,2,NULL,'2026-11-23 09:05:00.000000','💻 2026-000002 · Bilgisayar açılmıyor · Yüksek
Hasan Demir, Zabıta, zemin kat 4 · dahili 1120
“bilgisayarım açılmıyor, güç tuşuna basınca ses yok”
Cihaz: bilgisayar
Denedi: 4 adım, işe yaramadı · Neden bu konu: “güç”, “açılmıyor”, “bilgisayarım”
⚪ Kapandı: Mehmet K. “güç kaynağı değişti” · 2026-11-23T09:05:00+00:001 sa önce açıldı','[]','card',2,0,'card:2',NULL,'701','','2026-000002 · Kapandı',0);
INSERT INTO "message" VALUES(12,'terminal:r:donanim',11,2,NULL,'2026-11-23 09:05:00.000000','💻 2026-000002 · Bilgisayar açılmıyor · Yüksek
Hasan Demir, Zabıta, zemin kat 4 · dahili 1120
“bilgisayarım açılmıyor, güç tuşuna basınca ses yok”
Cihaz: bilgisayar
Denedi: 4 adım, işe yaramadı · Neden bu konu: “güç”, “açılmıyor”, “bilgisayarım”
⚪ Kapandı: Mehmet K. “güç kaynağı değişti” · 2026-11-23T09:05:00+00:001 sa önce açıldı','[]','card',2,0,'card:2',NULL,NULL,'','2026-000002 · Kapandı',0);
INSERT INTO "message" VALUES(13,'web:r:donanim',28,2,NULL,'2026-11-23 09:05:00.000000','💻 2026-000002 · Bilgisayar açılmıyor · Yüksek
Hasan Demir, Zabıta, zemin kat 4 · dahili 1120
“bilgisayarım açılmıyor, güç tuşuna basınca ses yok”
Cihaz: bilgisayar
Denedi: 4 adım, işe yaramadı · Neden bu konu: “güç”, “açılmıyor”, “bilgisayarım”
⚪ Kapandı: Mehmet K. “güç kaynağı değişti” · 2026-11-23T09:05:00+00:001 sa önce açıldı','[]','card',2,0,'card:2',NULL,NULL,'','2026-000002 · Kapandı',0);
INSERT INTO "message" VALUES(14,'web:p:hasan',5,5,NULL,'2026-11-23 09:05:00.000000','2026-000002 için: Cihazın üzerindeki demirbaş numarası kaç?','[]','fact',2,1,'fact:2:demirbas',NULL,NULL,'','2026-000002 · Sırada',0);
INSERT INTO "message" VALUES(15,'web:p:hasan',6,6,NULL,'2026-11-23 09:06:00.000000','2026-000002 · Bilgisayar açılmıyor: Mehmet Kaya üstlendi.','[]','update_claimed',2,1,NULL,NULL,NULL,'','2026-000002 · Üstlenildi',0);
INSERT INTO "message" VALUES(16,'web:r:donanim',4,4,3,'2026-11-23 09:06:00.000000','öğleden sonra geliyorum','[]','',2,1,NULL,13,NULL,'web:c53e59a3c319459c8797454820fa367d',NULL,0);
INSERT INTO "message" VALUES(17,'web:p:hasan',7,7,NULL,'2026-11-23 09:06:00.000000','2026-000002 · Mehmet Kaya:
“öğleden sonra geliyorum”','[]','message_from_worker',2,1,NULL,NULL,NULL,'','2026-000002 · Üstlenildi',0);
INSERT INTO "message" VALUES(18,'web:r:donanim',5,5,NULL,'2026-11-23 09:06:00.000000','İletildi: 2026-000002','[]','sent_to_reporter',2,0,NULL,NULL,NULL,'','2026-000002 · Üstlenildi',0);
INSERT INTO "message" VALUES(19,'web:r:donanim',6,6,4,'2026-11-23 09:06:00.000000','o kasanın güç kaynağı bozuk','[]','',2,1,NULL,13,NULL,'web:453e682d22fc4bf8b6ffb47f99079d2d',NULL,0);
INSERT INTO "message" VALUES(20,'web:r:donanim',8,7,NULL,'2026-11-23 09:06:00.000000','İletildi: 2026-000002','[]','sent_to_reporter',2,0,'note:4',NULL,NULL,'','2026-000002 · Üstlenildi',0);
INSERT INTO "message" VALUES(21,'web:p:hasan',8,8,NULL,'2026-11-23 09:06:00.000000','2026-000002 · Zeynep Arslan:
“o kasanın güç kaynağı bozuk”','[]','message_from_worker',2,1,NULL,NULL,NULL,'','2026-000002 · Üstlenildi',0);
INSERT INTO "message" VALUES(22,'web:r:donanim',17,9,NULL,'2026-11-23 09:06:00.000000','2026-000002 · “Işığı yanıyor mu?” soruldu, yanıt bekleniyor.','[]','asked',2,0,NULL,NULL,NULL,'','2026-000002 · Personelden bilgi bekleniyor',0);
INSERT INTO "message" VALUES(23,'web:r:donanim',10,10,3,'2026-11-23 09:06:00.000000','Işığı yanıyor mu?','[]','',NULL,1,NULL,NULL,NULL,'web:2059f1044ca64d4b828640dd69d87b78',NULL,0);
INSERT INTO "message" VALUES(24,'web:p:hasan',9,9,NULL,'2026-11-23 09:06:00.000000','2026-000002 · Bilgisayar açılmıyor için Mehmet Kaya soruyor:
“Işığı yanıyor mu?”
Yanıtınızı buraya yazmanız yeter; fotoğraf da gönderebilirsiniz.','[]','question_to_reporter',2,1,NULL,NULL,NULL,'','2026-000002 · Personelden bilgi bekleniyor',0);
INSERT INTO "message" VALUES(25,'web:p:hasan',10,10,2,'2026-11-23 09:16:00.000000','hayır yanmıyor','[]','',NULL,1,NULL,NULL,NULL,'web:37e9c98697fc4d53835fe17a7b3d93a1',NULL,0);
INSERT INTO "message" VALUES(26,'telegram:r:-5001',5,5,NULL,'2026-11-23 09:16:00.000000','2026-000002 · Hasan Demir yazdı → Mehmet K.:
“hayır yanmıyor”','[]','work_reply',2,1,NULL,NULL,'702','','2026-000002 · Üstlenildi',0);
INSERT INTO "message" VALUES(27,'terminal:r:donanim',5,5,NULL,'2026-11-23 09:16:00.000000','2026-000002 · Hasan Demir yazdı → Mehmet K.:
“hayır yanmıyor”','[]','work_reply',2,1,NULL,NULL,NULL,'','2026-000002 · Üstlenildi',0);
INSERT INTO "message" VALUES(28,'web:r:donanim',13,13,NULL,'2026-11-23 09:16:00.000000','2026-000002 · Hasan Demir yazdı → Mehmet K.:
“hayır yanmıyor”','[]','work_reply',2,1,NULL,NULL,NULL,'','2026-000002 · Üstlenildi',0);
INSERT INTO "message" VALUES(29,'web:p:hasan',11,11,NULL,'2026-11-23 09:16:00.000000','İletildi: 2026-000002.','[]','reply_kept',2,0,NULL,NULL,NULL,'','2026-000002 · Üstlenildi',0);
INSERT INTO "message" VALUES(30,'web:p:hasan',12,12,NULL,'2026-11-23 09:16:00.000000','2026-000002 · Bilgisayar açılmıyor: malzeme bekleniyor. Gelişme olunca yazacağım.','[]','update_waiting',2,1,NULL,NULL,NULL,'','2026-000002 · Malzeme bekleniyor',0);
INSERT INTO "message" VALUES(31,'web:r:donanim',23,18,NULL,'2026-11-23 09:16:00.000000','2026-000002 · Malzeme bekleniyor (güç kaynağı)','[]','waiting_receipt',2,0,NULL,NULL,NULL,'','2026-000002 · Malzeme bekleniyor',0);
INSERT INTO "message" VALUES(32,'web:r:donanim',19,19,3,'2026-11-23 09:16:00.000000','güç kaynağı','[]','',NULL,1,NULL,NULL,NULL,'web:5045706a874d4365a3dce23bb635bb2e',NULL,0);
INSERT INTO "message" VALUES(33,'web:p:hasan',13,13,NULL,'2026-11-23 10:16:00.000000','2026-000002 · Bilgisayar açılmıyor: çalışma sürüyor (Mehmet Kaya).','[]','update_resumed',2,1,NULL,NULL,NULL,'','2026-000002 · Üstlenildi',0);
INSERT INTO "message" VALUES(34,'web:r:donanim',27,24,NULL,'2026-11-23 10:16:00.000000','2026-000002 tamamlandı: “güç kaynağı değişti” · personele soruldu.','[]','resolved_receipt',2,0,'prompt:2:3',NULL,NULL,'','2026-000002 · Tamamlandı, yanıt bekleniyor',0);
INSERT INTO "message" VALUES(35,'web:r:donanim',25,25,3,'2026-11-23 10:16:00.000000','güç kaynağı değişti','[]','',NULL,1,NULL,NULL,NULL,'web:a330a37de7ef4cc398bf62143a415d18',NULL,0);
INSERT INTO "message" VALUES(36,'web:p:hasan',15,14,NULL,'2026-11-23 10:16:00.000000','2026-000002 · Bilgisayar açılmıyor: Mehmet Kaya tamamladı.
“güç kaynağı değişti”','[]','update_resolved',2,0,'resolved:2',NULL,NULL,'','2026-000002 · Kapandı',0);
INSERT INTO "message" VALUES(37,'web:p:hasan',16,16,NULL,'2026-11-23 10:19:00.000000','Sevindim, 2026-000002 kapandı.','[]','confirmed',2,1,'rating:2',NULL,NULL,'','2026-000002 · Kapandı',0);
INSERT INTO "message" VALUES(38,'web:p:hasan',17,17,NULL,'2026-11-23 10:19:00.000000','Böyle bir kayıt bulamadım ya da düğmenin süresi geçmiş. Kayıtlarınız için /durum yazabilirsiniz.','[]','errors/not_found',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(39,'web:p:mehmet',1,1,3,'2026-11-23 10:19:00.000000','/adina hasan: el terminali açılmıyor','[]','',NULL,1,NULL,NULL,NULL,'web:749369a0227c488b96513934af52091c',NULL,0);
INSERT INTO "message" VALUES(40,'web:p:mehmet',3,2,NULL,'2026-11-23 10:19:00.000000','Tablet, el terminali ve cep telefonu – kayıt açıldı: 2026-000003','[]','draft_closed',3,0,'draft:Cj8_6Vqf3c-_hwWx',NULL,NULL,'','2026-000003 · Sırada',0);
INSERT INTO "message" VALUES(41,'web:p:mehmet',4,4,NULL,'2026-11-23 10:19:00.000000','Hasan Demir adına kayıt açıldı: 2026-000003 · Tablet, el terminali ve cep telefonu · Donanım ve Teknik Destek Birimi
Kendisine haber verildi.','[]','opened_for_caller',3,1,NULL,NULL,NULL,'','2026-000003 · Sırada',0);
INSERT INTO "message" VALUES(42,'web:p:hasan',18,18,NULL,'2026-11-23 10:19:00.000000','Mehmet Kaya sizin adınıza kayıt açtı: 2026-000003 · Tablet, el terminali ve cep telefonu
“el terminali açılmıyor”
Gelişmeleri buradan yazacağım.','[]','opened_by_other',3,1,NULL,NULL,NULL,'','2026-000003 · Sırada',0);
INSERT INTO "message" VALUES(43,'telegram:r:-5001',14,12,NULL,'2026-11-23 10:19:00.000000','📱 2026-000003 · Tablet, el terminali ve cep telefonu · Düşük
Hasan Demir, Zabıta, zemin kat 4 · dahili 1120
“el terminali açılmıyor”
Cihaz: el terminali
Neden bu konu: “terminali”, “el”, “açılmıyor”
🟢 Üstlenildi: Mehmet K. · 2026-11-23T10:19:00+00:00az önce açıldı','[]','card',3,0,'card:3',NULL,NULL,'','2026-000003 · Üstlenildi',0);
INSERT INTO "message" VALUES(44,'terminal:r:donanim',14,12,NULL,'2026-11-23 10:19:00.000000','📱 2026-000003 · Tablet, el terminali ve cep telefonu · Düşük
Hasan Demir, Zabıta, zemin kat 4 · dahili 1120
“el terminali açılmıyor”
Cihaz: el terminali
Neden bu konu: “terminali”, “el”, “açılmıyor”
🟢 Üstlenildi: Mehmet K. · 2026-11-23T10:19:00+00:00az önce açıldı','[]','card',3,0,'card:3',NULL,NULL,'','2026-000003 · Üstlenildi',0);
INSERT INTO "message" VALUES(45,'web:r:donanim',33,29,NULL,'2026-11-23 10:19:00.000000','📱 2026-000003 · Tablet, el terminali ve cep telefonu · Düşük
Hasan Demir, Zabıta, zemin kat 4 · dahili 1120
“el terminali açılmıyor”
Cihaz: el terminali
Neden bu konu: “terminali”, “el”, “açılmıyor”
🟢 Üstlenildi: Mehmet K. · 2026-11-23T10:19:00+00:00az önce açıldı','[]','card',3,0,'card:3',NULL,NULL,'','2026-000003 · Üstlenildi',0);
INSERT INTO "message" VALUES(46,'web:p:hasan',19,19,NULL,'2026-11-23 10:19:00.000000','2026-000003 · Tablet, el terminali ve cep telefonu: Mehmet Kaya üstlendi.','[]','update_claimed',3,1,NULL,NULL,NULL,'','2026-000003 · Üstlenildi',0);
INSERT INTO "message" VALUES(47,'web:p:hasan',20,20,NULL,'2026-11-23 10:19:00.000000','2026-000003 · Tablet, el terminali ve cep telefonu: önceliği “Düşük” oldu.','[]','update_priority',3,1,NULL,NULL,NULL,'','2026-000003 · Üstlenildi',0);
INSERT INTO "message" VALUES(48,'web:p:ayse',6,6,1,'2026-11-23 10:19:00.000000','3. kattaki bütün odalarda internet yok, kırmızı çarpı var','[]','',NULL,1,NULL,NULL,NULL,'web:ba67510309b145d9b5764fa935b471a4',NULL,0);
INSERT INTO "message" VALUES(49,'web:p:ayse',8,7,NULL,'2026-11-23 10:19:00.000000','Kablolu ağ veya internet bağlantısı yok – kayıt açıldı: 2026-000004','[]','draft_closed',4,0,'draft:GNMqFtf63RJQ8Gc1',NULL,NULL,'','2026-000004 · Sırada',0);
INSERT INTO "message" VALUES(50,'web:p:ayse',9,9,NULL,'2026-11-23 10:19:00.000000','Kaydınız açıldı: 2026-000004 · Kablolu ağ veya internet bağlantısı yok
İlgilenecek birim: Donanım ve Teknik Destek Birimi. Gelişmeleri buradan yazacağım; eklemek istediğinizi bu mesajı yanıtlayarak yazabilirsiniz.','[]','opened',4,1,NULL,NULL,NULL,'','2026-000004 · Sırada',0);
INSERT INTO "message" VALUES(51,'telegram:r:-5001',18,15,NULL,'2026-11-23 10:19:00.000000','🌐 2026-000004 · Kablolu ağ veya internet bağlantısı yok · Normal · BİLİNEN KESİNTİ · +1 kişi
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“3. kattaki bütün odalarda internet yok, kırmızı çarpı var”
Etkilenen: bütün odalarda
Denedi: 5 adım, işe yaramadı · Neden bu konu: “çarpı”, “internet”, “yok”
🟢 Üstlenildi: Mehmet K. · 2026-11-23T10:19:00+00:00az önce açıldı','[]','card',4,0,'card:4',NULL,'704','','2026-000004 · Üstlenildi',0);
INSERT INTO "message" VALUES(52,'terminal:r:donanim',18,15,NULL,'2026-11-23 10:19:00.000000','🌐 2026-000004 · Kablolu ağ veya internet bağlantısı yok · Normal · BİLİNEN KESİNTİ · +1 kişi
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“3. kattaki bütün odalarda internet yok, kırmızı çarpı var”
Etkilenen: bütün odalarda
Denedi: 5 adım, işe yaramadı · Neden bu konu: “çarpı”, “internet”, “yok”
🟢 Üstlenildi: Mehmet K. · 2026-11-23T10:19:00+00:00az önce açıldı','[]','card',4,0,'card:4',NULL,NULL,'','2026-000004 · Üstlenildi',0);
INSERT INTO "message" VALUES(53,'web:r:donanim',39,34,NULL,'2026-11-23 10:19:00.000000','🌐 2026-000004 · Kablolu ağ veya internet bağlantısı yok · Normal · BİLİNEN KESİNTİ · +1 kişi
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“3. kattaki bütün odalarda internet yok, kırmızı çarpı var”
Etkilenen: bütün odalarda
Denedi: 5 adım, işe yaramadı · Neden bu konu: “çarpı”, “internet”, “yok”
🟢 Üstlenildi: Mehmet K. · 2026-11-23T10:19:00+00:00az önce açıldı','[]','card',4,0,'card:4',NULL,NULL,'','2026-000004 · Üstlenildi',0);
INSERT INTO "message" VALUES(54,'web:p:ayse',10,10,NULL,'2026-11-23 10:19:00.000000','2026-000004 için: Cihazın üzerindeki demirbaş numarası kaç?','[]','fact',4,1,'fact:4:demirbas',NULL,NULL,'','2026-000004 · Sırada',0);
INSERT INTO "message" VALUES(55,'web:p:ayse',11,11,NULL,'2026-11-23 10:19:00.000000','2026-000004 · Kablolu ağ veya internet bağlantısı yok: Mehmet Kaya üstlendi.','[]','update_claimed',4,1,NULL,NULL,NULL,'','2026-000004 · Üstlenildi',0);
INSERT INTO "message" VALUES(56,'web:r:donanim',38,38,NULL,'2026-11-23 10:19:00.000000','2026-000004 bilinen kesinti oldu: aynı sorunu yazanlara “Ben de yaşıyorum” sorulacak.','[]','outage_declared',4,0,NULL,NULL,NULL,'','2026-000004 · Üstlenildi',0);
INSERT INTO "message" VALUES(57,'web:p:hasan',21,21,2,'2026-11-23 10:19:00.000000','bizim odada internet yok, kırmızı çarpı var','[]','',NULL,1,NULL,NULL,NULL,'web:2dd13a40977f4cd98df47a2fed3ea052',NULL,0);
INSERT INTO "message" VALUES(58,'web:p:hasan',23,22,NULL,'2026-11-23 10:19:00.000000','Kablolu ağ veya internet bağlantısı yok – bilinen kesinti, ayrı kayıt açılmadı.','[]','draft_closed',NULL,0,'draft:nWvvfbuQyJW7PCv9',NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(59,'web:p:hasan',24,24,NULL,'2026-11-23 10:19:00.000000','Not edildi: bu sorunu 1 kişi yaşıyor (2026-000004). Ayrı kayıt açılmadı; bittiğinde haber vereceğim.','[]','joined_outage',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(60,'web:p:hasan',25,25,2,'2026-11-23 10:26:00.000000','telefonumun ahizesinden ses gelmiyor','[]','',NULL,1,NULL,NULL,NULL,'web:68afb579a87e4c56ab726ff409ffe44c',NULL,0);
INSERT INTO "message" VALUES(61,'web:p:hasan',27,26,NULL,'2026-11-23 10:26:00.000000','Telefon ve santral – kayıt açıldı: 2026-000005','[]','draft_closed',5,0,'draft:lX6cXIUYxQWqjcNf',NULL,NULL,'','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(62,'web:p:hasan',28,28,NULL,'2026-11-23 10:26:00.000000','Kaydınız açıldı: 2026-000005 · Telefon ve santral
İlgilenecek birim: Donanım ve Teknik Destek Birimi. Gelişmeleri buradan yazacağım; eklemek istediğinizi bu mesajı yanıtlayarak yazabilirsiniz.','[]','opened',5,1,NULL,NULL,NULL,'','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(63,'telegram:r:-5001',20,19,NULL,'2026-11-23 10:26:00.000000','2026-000005 · diğer birime gönderildi: Yazılım Birimi','[]','card_moved',5,0,'card:5',NULL,'705','','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(64,'terminal:r:donanim',20,19,NULL,'2026-11-23 10:26:00.000000','2026-000005 · diğer birime gönderildi: Yazılım Birimi','[]','card_moved',5,0,'card:5',NULL,NULL,'','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(65,'web:r:donanim',43,40,NULL,'2026-11-23 10:26:00.000000','2026-000005 · diğer birime gönderildi: Yazılım Birimi','[]','card_moved',5,0,'card:5',NULL,NULL,'','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(66,'web:p:hasan',29,29,NULL,'2026-11-23 10:26:00.000000','2026-000005 için: Hangi cihaz? Markası ya da üzerindeki ad yeter.','[]','fact',5,1,'fact:5:cihaz',NULL,NULL,'','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(67,'telegram:r:-5002',1,1,NULL,'2026-11-23 10:26:00.000000','☎ 2026-000005 · Telefon ve santral · Normal
Hasan Demir, Zabıta, zemin kat 4 · dahili 1120
“telefonumun ahizesinden ses gelmiyor”
Denedi: 5 adım, işe yaramadı · Neden bu konu: “telefonumun”, “ahizesinden”, “ses”
🔵 Sırada · 2026-11-23T10:26:00+00:00az önce açıldı','[]','card',5,1,'card:5',NULL,'706','','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(68,'terminal:r:yazilim',1,1,NULL,'2026-11-23 10:26:00.000000','☎ 2026-000005 · Telefon ve santral · Normal
Hasan Demir, Zabıta, zemin kat 4 · dahili 1120
“telefonumun ahizesinden ses gelmiyor”
Denedi: 5 adım, işe yaramadı · Neden bu konu: “telefonumun”, “ahizesinden”, “ses”
🔵 Sırada · 2026-11-23T10:26:00+00:00az önce açıldı','[]','card',5,1,'card:5',NULL,NULL,'','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(69,'web:r:yazilim',1,1,NULL,'2026-11-23 10:26:00.000000','☎ 2026-000005 · Telefon ve santral · Normal
Hasan Demir, Zabıta, zemin kat 4 · dahili 1120
“telefonumun ahizesinden ses gelmiyor”
Denedi: 5 adım, işe yaramadı · Neden bu konu: “telefonumun”, “ahizesinden”, “ses”
🔵 Sırada · 2026-11-23T10:26:00+00:00az önce açıldı','[]','card',5,1,'card:5',NULL,NULL,'','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(70,'web:p:hasan',30,30,NULL,'2026-11-23 10:26:00.000000','2026-000005 · Telefon ve santral: diğer birime gönderildi (Yazılım Birimi).','[]','update_moved',5,1,NULL,NULL,NULL,'','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(71,'web:p:hasan',31,31,2,'2026-11-23 10:28:00.000000','yazıcı basmıyor bizde de','[]','',NULL,1,NULL,NULL,NULL,'web:95def750f5274aacbb6a83fa18a3f7db',NULL,0);
INSERT INTO "message" VALUES(72,'web:p:hasan',33,32,NULL,'2026-11-23 10:28:00.000000','Yazıcı yazdırmıyor – kayıt açıldı: 2026-000006','[]','draft_closed',6,0,'draft:mjOisLBLqfR1wyIX',NULL,NULL,'','2026-000006 · Sırada',0);
INSERT INTO "message" VALUES(73,'web:p:hasan',34,34,NULL,'2026-11-23 10:28:00.000000','Kaydınız açıldı: 2026-000006 · Yazıcı yazdırmıyor · Öncelik: Yüksek
İlgilenecek birim: Donanım ve Teknik Destek Birimi. Gelişmeleri buradan yazacağım; eklemek istediğinizi bu mesajı yanıtlayarak yazabilirsiniz.','[]','opened',6,1,NULL,NULL,NULL,'','2026-000006 · Sırada',0);
INSERT INTO "message" VALUES(74,'telegram:r:-5001',23,21,NULL,'2026-11-23 10:28:00.000000','🖨 2026-000006 · Yazıcı yazdırmıyor · Yüksek
Hasan Demir, Zabıta, zemin kat 4 · dahili 1120
“yazıcı basmıyor bizde de”
Cihaz: yazıcı
Denedi: 5 adım, işe yaramadı · Neden bu konu: “basmıyor”, “yazıcı”, “de”
⚪ Birleştirildi: 2026-000001 · 2026-11-23T10:28:00+00:00az önce açıldı','[]','card',6,0,'card:6',NULL,'707','','2026-000006 · Birleştirildi',0);
INSERT INTO "message" VALUES(75,'terminal:r:donanim',23,21,NULL,'2026-11-23 10:28:00.000000','🖨 2026-000006 · Yazıcı yazdırmıyor · Yüksek
Hasan Demir, Zabıta, zemin kat 4 · dahili 1120
“yazıcı basmıyor bizde de”
Cihaz: yazıcı
Denedi: 5 adım, işe yaramadı · Neden bu konu: “basmıyor”, “yazıcı”, “de”
⚪ Birleştirildi: 2026-000001 · 2026-11-23T10:28:00+00:00az önce açıldı','[]','card',6,0,'card:6',NULL,NULL,'','2026-000006 · Birleştirildi',0);
INSERT INTO "message" VALUES(76,'web:r:donanim',51,44,NULL,'2026-11-23 10:28:00.000000','🖨 2026-000006 · Yazıcı yazdırmıyor · Yüksek
Hasan Demir, Zabıta, zemin kat 4 · dahili 1120
“yazıcı basmıyor bizde de”
Cihaz: yazıcı
Denedi: 5 adım, işe yaramadı · Neden bu konu: “basmıyor”, “yazıcı”, “de”
⚪ Birleştirildi: 2026-000001 · 2026-11-23T10:28:00+00:00az önce açıldı','[]','card',6,0,'card:6',NULL,NULL,'','2026-000006 · Birleştirildi',0);
INSERT INTO "message" VALUES(77,'web:p:hasan',35,35,NULL,'2026-11-23 10:28:00.000000','2026-000006 için: Hangi cihaz? Markası ya da üzerindeki ad yeter.','[]','fact',6,1,'fact:6:cihaz',NULL,NULL,'','2026-000006 · Sırada',0);
INSERT INTO "message" VALUES(78,'web:p:hasan',36,36,NULL,'2026-11-23 10:28:00.000000','2026-000006 · Yazıcı yazdırmıyor: Mehmet Kaya üstlendi.','[]','update_claimed',6,1,NULL,NULL,NULL,'','2026-000006 · Üstlenildi',0);
INSERT INTO "message" VALUES(79,'web:r:donanim',49,47,NULL,'2026-11-23 10:28:00.000000','2026-000006: Mehmet K. vazgeçti, bir şey değişmedi.','[]','prompt_over',6,0,NULL,NULL,NULL,'','2026-000006 · Üstlenildi',0);
INSERT INTO "message" VALUES(80,'web:r:donanim',48,48,3,'2026-11-23 10:28:00.000000','1','[]','',NULL,1,NULL,NULL,NULL,'web:9b546668ba71468f93fccbb44bd1d22d',NULL,0);
INSERT INTO "message" VALUES(81,'web:r:donanim',53,50,NULL,'2026-11-23 10:28:00.000000','2026-000006, 2026-000001 ile birleştirildi.','[]','merged_receipt',6,0,'prompt:6:3',NULL,NULL,'','2026-000006 · Birleştirildi',0);
INSERT INTO "message" VALUES(82,'web:p:hasan',37,37,NULL,'2026-11-23 10:28:00.000000','2026-000006 · Yazıcı yazdırmıyor: aynı sorun olduğu için 2026-000001 ile birleştirildi. Bittiğinde yine buradan haber veririm.','[]','update_merged',6,1,NULL,NULL,NULL,'','2026-000006 · Birleştirildi',0);
INSERT INTO "message" VALUES(83,'web:p:ayse',12,12,1,'2026-11-23 10:28:00.000000','bilgisayarım donuyor, sürekli takılıyor','[]','',NULL,1,NULL,NULL,NULL,'web:cd360b74d5ff45b7838246821548fdc0',NULL,0);
INSERT INTO "message" VALUES(84,'web:p:ayse',14,13,NULL,'2026-11-23 10:28:00.000000','Bilgisayar yavaş veya donuyor – kayıt açıldı: 2026-000007','[]','draft_closed',7,0,'draft:xktOgkJOXCTL1QAo',NULL,NULL,'','2026-000007 · Sırada',0);
INSERT INTO "message" VALUES(85,'web:p:ayse',15,15,NULL,'2026-11-23 10:28:00.000000','Kaydınız açıldı: 2026-000007 · Bilgisayar yavaş veya donuyor
İlgilenecek birim: Donanım ve Teknik Destek Birimi. Gelişmeleri buradan yazacağım; eklemek istediğinizi bu mesajı yanıtlayarak yazabilirsiniz.','[]','opened',7,1,NULL,NULL,NULL,'','2026-000007 · Sırada',0);
INSERT INTO "message" VALUES(86,'telegram:r:-5001',27,25,NULL,'2026-11-23 10:28:00.000000','💻 2026-000007 · Bilgisayar yavaş veya donuyor · Normal
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“bilgisayarım donuyor, sürekli takılıyor”
Cihaz: bilgisayar
Denedi: 5 adım, işe yaramadı · Neden bu konu: “donuyor”, “takılıyor”, “bilgisayarım”
⚪ İptal edildi · 2026-11-23T10:28:00+00:00az önce açıldı','[]','card',7,0,'card:7',NULL,'708','','2026-000007 · İptal edildi',0);
INSERT INTO "message" VALUES(87,'terminal:r:donanim',27,25,NULL,'2026-11-23 10:28:00.000000','💻 2026-000007 · Bilgisayar yavaş veya donuyor · Normal
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“bilgisayarım donuyor, sürekli takılıyor”
Cihaz: bilgisayar
Denedi: 5 adım, işe yaramadı · Neden bu konu: “donuyor”, “takılıyor”, “bilgisayarım”
⚪ İptal edildi · 2026-11-23T10:28:00+00:00az önce açıldı','[]','card',7,0,'card:7',NULL,NULL,'','2026-000007 · İptal edildi',0);
INSERT INTO "message" VALUES(88,'web:r:donanim',59,54,NULL,'2026-11-23 10:28:00.000000','💻 2026-000007 · Bilgisayar yavaş veya donuyor · Normal
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“bilgisayarım donuyor, sürekli takılıyor”
Cihaz: bilgisayar
Denedi: 5 adım, işe yaramadı · Neden bu konu: “donuyor”, “takılıyor”, “bilgisayarım”
⚪ İptal edildi · 2026-11-23T10:28:00+00:00az önce açıldı','[]','card',7,0,'card:7',NULL,NULL,'','2026-000007 · İptal edildi',0);
INSERT INTO "message" VALUES(89,'web:p:ayse',16,16,NULL,'2026-11-23 10:28:00.000000','2026-000007 için: Cihazın üzerindeki demirbaş numarası kaç?','[]','fact',7,1,'fact:7:demirbas',NULL,NULL,'','2026-000007 · Sırada',0);
INSERT INTO "message" VALUES(90,'web:p:ayse',17,17,NULL,'2026-11-23 10:28:00.000000','2026-000007 · Bilgisayar yavaş veya donuyor: Mehmet Kaya üstlendi.','[]','update_claimed',7,1,NULL,NULL,NULL,'','2026-000007 · Üstlenildi',0);
INSERT INTO "message" VALUES(91,'web:r:donanim',60,57,NULL,'2026-11-23 10:28:00.000000','2026-000007 iptal edildi: “aynı cihaz için dün de açılmıştı” · personele haber verildi.','[]','cancelled_receipt',7,0,'prompt:7:3',NULL,NULL,'','2026-000007 · İptal edildi',0);
INSERT INTO "message" VALUES(92,'web:r:donanim',58,58,3,'2026-11-23 10:28:00.000000','aynı cihaz için dün de açılmıştı','[]','',NULL,1,NULL,NULL,NULL,'web:0a3b54ab77b5469a9fdb32a954da3287',NULL,0);
INSERT INTO "message" VALUES(93,'web:p:ayse',18,18,NULL,'2026-11-23 10:28:00.000000','2026-000007 · Bilgisayar yavaş veya donuyor: iptal edildi.
“aynı cihaz için dün de açılmıştı”','[]','update_cancelled',7,1,NULL,NULL,NULL,'','2026-000007 · İptal edildi',0);
INSERT INTO "message" VALUES(94,'web:p:ayse',19,19,1,'2026-11-23 10:28:00.000000','klavyemin tuşları basmıyor','[]','',NULL,1,NULL,NULL,NULL,'web:28077dda7a6b4310ac6ec51c1253b1e4',NULL,0);
INSERT INTO "message" VALUES(95,'web:p:ayse',21,20,NULL,'2026-11-23 10:28:00.000000','Klavye, fare ve çevre birimi arızası – kayıt açıldı: 2026-000008','[]','draft_closed',8,0,'draft:o7zImnmp8KuEk-lD',NULL,NULL,'','2026-000008 · Sırada',0);
INSERT INTO "message" VALUES(96,'web:p:ayse',22,22,NULL,'2026-11-23 10:28:00.000000','Kaydınız açıldı: 2026-000008 · Klavye, fare ve çevre birimi arızası
İlgilenecek birim: Donanım ve Teknik Destek Birimi. Gelişmeleri buradan yazacağım; eklemek istediğinizi bu mesajı yanıtlayarak yazabilirsiniz.','[]','opened',8,1,NULL,NULL,NULL,'','2026-000008 · Sırada',0);
INSERT INTO "message" VALUES(97,'telegram:r:-5001',37,28,NULL,'2026-11-23 10:28:00.000000','🖨 2026-000008 · Yazıcıda kâğıt sıkışması · Normal
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“klavyemin tuşları basmıyor”
Cihaz: klavye
Denedi: 5 adım, işe yaramadı
🟢 Üstlenildi: Zeynep A. · 2026-11-23T10:28:00+00:001 dk önce açıldı','[]','card',8,0,'card:8',NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(98,'terminal:r:donanim',37,28,NULL,'2026-11-23 10:28:00.000000','🖨 2026-000008 · Yazıcıda kâğıt sıkışması · Normal
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“klavyemin tuşları basmıyor”
Cihaz: klavye
Denedi: 5 adım, işe yaramadı
🟢 Üstlenildi: Zeynep A. · 2026-11-23T10:28:00+00:001 dk önce açıldı','[]','card',8,0,'card:8',NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(99,'web:r:donanim',78,61,NULL,'2026-11-23 10:28:00.000000','🖨 2026-000008 · Yazıcıda kâğıt sıkışması · Normal
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“klavyemin tuşları basmıyor”
Cihaz: klavye
Denedi: 5 adım, işe yaramadı
🟢 Üstlenildi: Zeynep A. · 2026-11-23T10:28:00+00:001 dk önce açıldı','[]','card',8,0,'card:8',NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(100,'web:p:ayse',23,23,NULL,'2026-11-23 10:28:00.000000','2026-000008 için: Cihazın üzerindeki demirbaş numarası kaç?','[]','fact',8,1,'fact:8:demirbas',NULL,NULL,'','2026-000008 · Sırada',0);
INSERT INTO "message" VALUES(101,'web:p:ayse',24,24,NULL,'2026-11-23 10:28:00.000000','2026-000008 · Klavye, fare ve çevre birimi arızası: Mehmet Kaya üstlendi.','[]','update_claimed',8,1,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(102,'web:r:donanim',65,63,NULL,'2026-11-23 10:28:00.000000','2026-000008 tamamlandı: “Uzaktan çözüldü” · personele soruldu.','[]','resolved_receipt',8,0,'prompt:8:3',NULL,NULL,'','2026-000008 · Tamamlandı, yanıt bekleniyor',0);
INSERT INTO "message" VALUES(103,'web:p:ayse',26,25,NULL,'2026-11-23 10:28:00.000000','2026-000008 · Klavye, fare ve çevre birimi arızası: Mehmet Kaya tamamladı.
“Uzaktan çözüldü”','[]','update_resolved',8,0,'resolved:8',NULL,NULL,'','2026-000008 · Tamamlandı, yanıt bekleniyor',0);
INSERT INTO "message" VALUES(104,'telegram:r:-5001',32,32,NULL,'2026-11-23 10:28:00.000000','2026-000008 · Klavye, fare ve çevre birimi arızası yeniden açıldı → Mehmet K.','[]','work_reopened',8,1,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(105,'terminal:r:donanim',32,32,NULL,'2026-11-23 10:28:00.000000','2026-000008 · Klavye, fare ve çevre birimi arızası yeniden açıldı → Mehmet K.','[]','work_reopened',8,1,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(106,'web:r:donanim',67,67,NULL,'2026-11-23 10:28:00.000000','2026-000008 · Klavye, fare ve çevre birimi arızası yeniden açıldı → Mehmet K.','[]','work_reopened',8,1,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(107,'web:p:ayse',36,27,NULL,'2026-11-23 10:28:00.000000','2026-000008 yeniden açıldı, teknisyene haber verildi. Şimdi ne oluyor? Bir cümle yazarsanız işi kolaylaşır.','[]','reopened',8,1,'reopen:8',NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(108,'web:p:ayse',28,28,1,'2026-11-23 10:28:00.000000','bir vatandaşın kişisel verileri yanlışlıkla dışarıya mail atıldı, veri sızıntısı oldu','[]','',NULL,1,NULL,NULL,NULL,'web:e05f9f4bb7e54464bfa1587cecabab0c',NULL,0);
INSERT INTO "message" VALUES(109,'web:p:ayse',29,29,NULL,'2026-11-23 10:28:00.000000','Önce güvenlik: hiçbir şeyi silmeyin, kimseyle paylaşmayın; ekranı olduğu gibi bırakın.','[]','emergency',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(110,'web:p:ayse',30,30,NULL,'2026-11-23 10:28:00.000000','Kaydınız açıldı: 2026-000009 · Bilgi güvenliği · ACİL
İlgilenecek birim: Yazılım Birimi. Gelişmeleri buradan yazacağım; eklemek istediğinizi bu mesajı yanıtlayarak yazabilirsiniz.','[]','opened',9,1,NULL,NULL,NULL,'','2026-000009 · Sırada',0);
INSERT INTO "message" VALUES(111,'telegram:r:-5002',2,2,NULL,'2026-11-23 10:28:00.000000','🛡 2026-000009 · Gizli güvenlik kaydı
🔵 Sırada · içeriğini yalnızca şef ve müdür görür.','[]','card_restricted',9,1,'card:9',NULL,NULL,'','2026-000009 · Sırada',0);
INSERT INTO "message" VALUES(112,'terminal:r:yazilim',2,2,NULL,'2026-11-23 10:28:00.000000','🛡 2026-000009 · Gizli güvenlik kaydı
🔵 Sırada · içeriğini yalnızca şef ve müdür görür.','[]','card_restricted',9,1,'card:9',NULL,NULL,'','2026-000009 · Sırada',0);
INSERT INTO "message" VALUES(113,'web:r:yazilim',2,2,NULL,'2026-11-23 10:28:00.000000','🛡 2026-000009 · Gizli güvenlik kaydı
🔵 Sırada · içeriğini yalnızca şef ve müdür görür.','[]','card_restricted',9,1,'card:9',NULL,NULL,'','2026-000009 · Sırada',0);
INSERT INTO "message" VALUES(114,'terminal:p:kemal',1,1,NULL,'2026-11-23 10:28:00.000000','🛡 ACİL · 2026-000009 · Bilgi güvenliği
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“bir vatandaşın kişisel verileri yanlışlıkla dışarıya mail atıldı, veri sızıntısı oldu”
Neden bu konu: “sızıntısı”, “kişisel”, “dışarıya”
🔵 Sırada · 2026-11-23T10:28:00+00:00az önce açıldı','[]','card',9,1,'card:9',NULL,NULL,'','2026-000009 · Sırada',0);
INSERT INTO "message" VALUES(115,'web:p:kemal',1,1,NULL,'2026-11-23 10:28:00.000000','🛡 ACİL · 2026-000009 · Bilgi güvenliği
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“bir vatandaşın kişisel verileri yanlışlıkla dışarıya mail atıldı, veri sızıntısı oldu”
Neden bu konu: “sızıntısı”, “kişisel”, “dışarıya”
🔵 Sırada · 2026-11-23T10:28:00+00:00az önce açıldı','[]','card',9,1,'card:9',NULL,NULL,'','2026-000009 · Sırada',0);
INSERT INTO "message" VALUES(116,'telegram:r:-5001',34,34,NULL,'2026-11-23 10:29:00.000000','2026-000008 yeniden sırada: Mehmet K. sıraya geri koydu.','[]','work_released',8,1,NULL,NULL,NULL,'','2026-000008 · Sırada',0);
INSERT INTO "message" VALUES(117,'terminal:r:donanim',34,34,NULL,'2026-11-23 10:29:00.000000','2026-000008 yeniden sırada: Mehmet K. sıraya geri koydu.','[]','work_released',8,1,NULL,NULL,NULL,'','2026-000008 · Sırada',0);
INSERT INTO "message" VALUES(118,'web:r:donanim',70,70,NULL,'2026-11-23 10:29:00.000000','2026-000008 yeniden sırada: Mehmet K. sıraya geri koydu.','[]','work_released',8,1,NULL,NULL,NULL,'','2026-000008 · Sırada',0);
INSERT INTO "message" VALUES(119,'web:p:ayse',31,31,NULL,'2026-11-23 10:29:00.000000','2026-000008 · Klavye, fare ve çevre birimi arızası: yeniden sıraya kondu (Donanım ve Teknik Destek Birimi).','[]','update_released',8,1,NULL,NULL,NULL,'','2026-000008 · Sırada',0);
INSERT INTO "message" VALUES(120,'web:p:ayse',32,32,NULL,'2026-11-23 10:29:00.000000','2026-000008 · Klavye, fare ve çevre birimi arızası: Mehmet Kaya üstlendi.','[]','update_claimed',8,1,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(121,'web:p:ayse',33,33,NULL,'2026-11-23 10:29:00.000000','2026-000008: konusu “Yazıcıda kâğıt sıkışması” olarak düzeltildi.','[]','update_subject',8,1,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(122,'terminal:p:zeynep',1,1,NULL,'2026-11-23 10:29:00.000000','Fatma Şahin size görev verdi: 2026-000008 · Yazıcıda kâğıt sıkışması','[]','work_assigned',8,1,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(123,'terminal:p:zeynep',2,2,NULL,'2026-11-23 10:29:00.000000','🖨 2026-000008 · Yazıcıda kâğıt sıkışması · Normal
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“klavyemin tuşları basmıyor”
Cihaz: klavye
Denedi: 5 adım, işe yaramadı
🟢 Üstlenildi: Zeynep A. · 2026-11-23T10:28:00+00:001 dk önce açıldı','[]','card',8,0,'card:8',NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(124,'web:p:zeynep',1,1,NULL,'2026-11-23 10:29:00.000000','Fatma Şahin size görev verdi: 2026-000008 · Yazıcıda kâğıt sıkışması','[]','work_assigned',8,1,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(125,'web:p:zeynep',2,2,NULL,'2026-11-23 10:29:00.000000','🖨 2026-000008 · Yazıcıda kâğıt sıkışması · Normal
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312 · dahili 1453
“klavyemin tuşları basmıyor”
Cihaz: klavye
Denedi: 5 adım, işe yaramadı
🟢 Üstlenildi: Zeynep A. · 2026-11-23T10:28:00+00:001 dk önce açıldı','[]','card',8,0,'card:8',NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(126,'web:r:donanim',79,79,NULL,'2026-11-23 10:29:00.000000','2026-000008: Zeynep Arslan görevlendirildi.','[]','assigned',8,0,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(127,'web:p:ayse',34,34,NULL,'2026-11-23 10:29:00.000000','2026-000008 · Yazıcıda kâğıt sıkışması: Zeynep Arslan üstlendi.','[]','update_claimed',8,1,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(128,'web:p:hasan',38,38,2,'2026-11-23 10:29:00.000000','faremin imleci oynamıyor, fare çalışmıyor','[]','',NULL,1,NULL,NULL,NULL,'web:ec37545510cf453cbeb797cf83526fec',NULL,0);
INSERT INTO "message" VALUES(129,'web:p:hasan',40,39,NULL,'2026-11-23 10:29:00.000000','Klavye, fare ve çevre birimi arızası – işe yaradı, kayıt açılmadı.','[]','draft_closed',NULL,0,'draft:ZQOT01YbkZlDNEqT',NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(130,'web:p:hasan',41,41,NULL,'2026-11-23 10:29:00.000000','Sevindim. Kayıt açılmadı.','[]','tip_worked',NULL,1,'draft:ZQOT01YbkZlDNEqT:worked',NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(131,'web:p:veli',1,1,10,'2026-11-23 10:29:00.000000','merhaba','[]','',NULL,1,NULL,NULL,NULL,'web:26ce0b5d684a413f8fc6fce5d6f8ee28',NULL,0);
INSERT INTO "message" VALUES(132,'web:p:veli',2,2,NULL,'2026-11-23 10:29:00.000000','Merhaba, ben Yardım Masası. Bilgisayar, yazıcı, ağ ve program sorunlarınız için buradayım.
Kişisel verileriniz hakkında: yazdıklarınız, adınız, müdürlüğünüz, odanız ve dahiliniz yalnızca arızanızı gidermek ve arıza kaydını tutmak için Belediye Bilgi İşlem Müdürlüğünde, kurumun kendi sunucusunda saklanır; üçüncü kişilerle paylaşılmaz. Neler tutulduğunu /verilerim ile görebilir, yazdıklarınızı sildirebilirsiniz. Parola, T.C. kimlik no, kart ya da IBAN yazmayın.
Mesajınızı aldım; Okudum düğmesine basın, birkaç kısa sorudan sonra hemen yanıtlayayım.','[]','notice',NULL,1,'notice',NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(133,'web:p:ayse',35,35,1,'2026-11-23 10:29:00.000000','faksımız çekmiyor','[]','',NULL,1,NULL,NULL,NULL,'web:4512ae63b3d14ecbaeeda13af0e1dd4a',NULL,0);
INSERT INTO "message" VALUES(134,'telegram:r:-5001',38,38,NULL,'2026-11-23 10:29:00.000000','2026-000008 · Ayşe Yılmaz yazdı → Zeynep A.:
“faksımız çekmiyor”','[]','work_reply',8,1,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(135,'terminal:r:donanim',38,38,NULL,'2026-11-23 10:29:00.000000','2026-000008 · Ayşe Yılmaz yazdı → Zeynep A.:
“faksımız çekmiyor”','[]','work_reply',8,1,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(136,'web:r:donanim',80,80,NULL,'2026-11-23 10:29:00.000000','2026-000008 · Ayşe Yılmaz yazdı → Zeynep A.:
“faksımız çekmiyor”','[]','work_reply',8,1,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(137,'web:p:ayse',37,37,NULL,'2026-11-23 10:29:00.000000','İletildi: 2026-000008.','[]','reply_kept',8,0,NULL,NULL,NULL,'','2026-000008 · Üstlenildi',0);
INSERT INTO "message" VALUES(138,'web:p:mehmet',5,5,3,'2026-11-23 10:29:00.000000','/makale 2','[]','',NULL,1,NULL,NULL,NULL,'web:137a07d8005a48da883ed3b610ec7890',NULL,0);
INSERT INTO "message" VALUES(139,'terminal:p:fatma',1,1,NULL,'2026-11-23 10:29:00.000000','2026-000002 · çözüm adımları taslağı (Mehmet Kaya hazırladı)
---
id: bilgisayar-acilmiyor-2026-000002
category: bilgisayar-acilmiyor
title: "Bilgisayar açılmıyor"
symptoms:
  - "bilgisayarım açılmıyor, güç tuşuna basınca ses yok"
  - "hayır yanmıyor"
asks: [oda, demirbas]
priority: yuksek
---
1. güç kaynağı değişti

Öneri: başka kişilerin nasıl söyleyeceğini de ekleyin, beş belirti iyi olur.','[]','article_draft',2,1,'article:2',NULL,NULL,'','2026-000002 · Kapandı',0);
INSERT INTO "message" VALUES(140,'web:p:fatma',1,1,NULL,'2026-11-23 10:29:00.000000','2026-000002 · çözüm adımları taslağı (Mehmet Kaya hazırladı)
---
id: bilgisayar-acilmiyor-2026-000002
category: bilgisayar-acilmiyor
title: "Bilgisayar açılmıyor"
symptoms:
  - "bilgisayarım açılmıyor, güç tuşuna basınca ses yok"
  - "hayır yanmıyor"
asks: [oda, demirbas]
priority: yuksek
---
1. güç kaynağı değişti

Öneri: başka kişilerin nasıl söyleyeceğini de ekleyin, beş belirti iyi olur.','[]','article_draft',2,1,'article:2',NULL,NULL,'','2026-000002 · Kapandı',0);
INSERT INTO "message" VALUES(141,'web:p:mehmet',6,6,NULL,'2026-11-23 10:29:00.000000','2026-000002: taslak hazır, şefinize gönderdim; o onaylayınca yayımlanır.','[]','article_sent',2,0,NULL,NULL,NULL,'','2026-000002 · Kapandı',0);
INSERT INTO "message" VALUES(142,'web:p:denetci',1,1,8,'2026-11-23 10:29:00.000000','/durum 1','[]','',NULL,1,NULL,NULL,NULL,'web:944e9f12ea6445a8a618d915569cdded',NULL,0);
INSERT INTO "message" VALUES(143,'web:p:denetci',2,2,NULL,'2026-11-23 10:29:00.000000','🖨 2026-000001 · Yazıcı yazdırmıyor · Normal
Ayşe Yılmaz, Mali Hizmetler, 3. kat 312
🔵 Sırada · Donanım ve Teknik Destek Birimi
2026-11-23T09:00:00+00:001 sa önce Ayşe Y.: “yazıcım çıktı vermiyor, kuyrukta bekliyor”
· 2026-11-23T09:00:00+00:0023 Kas 12:00 Açıldı – Ayşe Y.','["1affe0e0984a685393c206a43e72e7d7"]','ticket',1,1,'shown:1',NULL,NULL,'','2026-000001 · Sırada',0);
INSERT INTO "message" VALUES(144,'web:p:mehmet',7,7,3,'2026-11-23 10:29:00.000000','/ara yazıcı','[]','',NULL,1,NULL,NULL,NULL,'web:c452c97461204312af39aa12ec3924b8',NULL,0);
INSERT INTO "message" VALUES(145,'web:p:mehmet',8,8,NULL,'2026-11-23 10:29:00.000000','“yazıcı” için 3 kayıt:
2026-000008 · Yazıcıda kâğıt sıkışması · “klavyemin tuşları basmıyor”
2026-000006 · Yazıcı yazdırmıyor · “yazıcı basmıyor bizde de”
2026-000001 · Yazıcı yazdırmıyor · “yazıcım çıktı vermiyor, kuyrukta bekliyor”','[]','found',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(146,'web:p:selin',1,1,11,'2026-11-23 10:30:00.000000','/katil ••••••','[]','',NULL,1,NULL,NULL,NULL,'web:abe1f380cd5b490d9b4354fa79152763',NULL,0);
INSERT INTO "message" VALUES(147,'web:p:selin',2,2,NULL,'2026-11-23 10:30:00.000000','web-selin, teknisyen olarak katıldınız (Donanım ve Teknik Destek Birimi). Komutlar için /yardim yazabilirsiniz.','[]','joined',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(148,'web:p:selin',3,3,NULL,'2026-11-23 10:30:00.000000','Merhaba, ben Yardım Masası. Bilgisayar, yazıcı, ağ ve program sorunlarınız için buradayım.
Kişisel verileriniz hakkında: yazdıklarınız, adınız, müdürlüğünüz, odanız ve dahiliniz yalnızca arızanızı gidermek ve arıza kaydını tutmak için Belediye Bilgi İşlem Müdürlüğünde, kurumun kendi sunucusunda saklanır; üçüncü kişilerle paylaşılmaz. Neler tutulduğunu /verilerim ile görebilir, yazdıklarınızı sildirebilirsiniz. Parola, T.C. kimlik no, kart ya da IBAN yazmayın.
Okudum düğmesine basın; sizi tanıyıp sorununuzu dinleyeyim.','[]','notice',NULL,1,'notice',NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(149,'terminal:p:kemal',2,2,NULL,'2026-11-23 15:00:00.000000','Bekliyor: 2026-000009 · Bilgi güvenliği – 2026-11-23T10:28:00+00:004 sa önce açıldı, üstlenen yok.','[]','work_unclaimed',9,1,NULL,NULL,NULL,'','2026-000009 · Sırada',0);
INSERT INTO "message" VALUES(150,'web:p:kemal',2,2,NULL,'2026-11-23 15:00:00.000000','Bekliyor: 2026-000009 · Bilgi güvenliği – 2026-11-23T10:28:00+00:004 sa önce açıldı, üstlenen yok.','[]','work_unclaimed',9,1,NULL,NULL,NULL,'','2026-000009 · Sırada',0);
INSERT INTO "message" VALUES(151,'telegram:r:-5001',39,39,NULL,'2026-11-23 15:00:00.000000','📥 Açılan: 7
✅ Tamamlanan: 1
⏳ Bekleyen: 1: sırada 1

Donanım ve Teknik Destek Birimi · 23 Kasım Pazartesi (20 Kasım Cuma akşamından beri)
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
💡 Kayıt açılmadan, önerilen adımlarla çözülen: 1

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · yeni · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · yeni · Üstlenildi
2026-000004 · Kablolu ağ veya internet bağlantısı yok · yeni · Üstlenildi
2026-000008 · Yazıcıda kâğıt sıkışması · yeni · Üstlenildi

En sık konular
Yazıcı yazdırmıyor: 2
Bilgisayar açılmıyor: 1
Bilgisayar yavaş veya donuyor: 1
Kablolu ağ veya internet bağlantısı yok: 1
Tablet, el terminali ve cep telefonu: 1

Müdürlüklere göre (açılan / tamamlanan)
Mali Hizmetler: 4 / 0
Zabıta: 3 / 1','["a34a1a0cdbc4e1f3d1155fd9988b42ff"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(152,'terminal:r:donanim',39,39,NULL,'2026-11-23 15:00:00.000000','📥 Açılan: 7
✅ Tamamlanan: 1
⏳ Bekleyen: 1: sırada 1

Donanım ve Teknik Destek Birimi · 23 Kasım Pazartesi (20 Kasım Cuma akşamından beri)
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
💡 Kayıt açılmadan, önerilen adımlarla çözülen: 1

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · yeni · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · yeni · Üstlenildi
2026-000004 · Kablolu ağ veya internet bağlantısı yok · yeni · Üstlenildi
2026-000008 · Yazıcıda kâğıt sıkışması · yeni · Üstlenildi

En sık konular
Yazıcı yazdırmıyor: 2
Bilgisayar açılmıyor: 1
Bilgisayar yavaş veya donuyor: 1
Kablolu ağ veya internet bağlantısı yok: 1
Tablet, el terminali ve cep telefonu: 1

Müdürlüklere göre (açılan / tamamlanan)
Mali Hizmetler: 4 / 0
Zabıta: 3 / 1','["a34a1a0cdbc4e1f3d1155fd9988b42ff"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(153,'web:r:donanim',81,81,NULL,'2026-11-23 15:00:00.000000','📥 Açılan: 7
✅ Tamamlanan: 1
⏳ Bekleyen: 1: sırada 1

Donanım ve Teknik Destek Birimi · 23 Kasım Pazartesi (20 Kasım Cuma akşamından beri)
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
💡 Kayıt açılmadan, önerilen adımlarla çözülen: 1

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · yeni · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · yeni · Üstlenildi
2026-000004 · Kablolu ağ veya internet bağlantısı yok · yeni · Üstlenildi
2026-000008 · Yazıcıda kâğıt sıkışması · yeni · Üstlenildi

En sık konular
Yazıcı yazdırmıyor: 2
Bilgisayar açılmıyor: 1
Bilgisayar yavaş veya donuyor: 1
Kablolu ağ veya internet bağlantısı yok: 1
Tablet, el terminali ve cep telefonu: 1

Müdürlüklere göre (açılan / tamamlanan)
Mali Hizmetler: 4 / 0
Zabıta: 3 / 1','["a34a1a0cdbc4e1f3d1155fd9988b42ff"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(154,'terminal:p:fatma',2,2,NULL,'2026-11-23 15:00:00.000000','📥 Açılan: 7
✅ Tamamlanan: 1
⏳ Bekleyen: 1: sırada 1

Donanım ve Teknik Destek Birimi · 23 Kasım Pazartesi (20 Kasım Cuma akşamından beri)
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
💡 Kayıt açılmadan, önerilen adımlarla çözülen: 1

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · yeni · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · yeni · Üstlenildi: Mehmet K.
2026-000004 · Kablolu ağ veya internet bağlantısı yok · yeni · Üstlenildi: Mehmet K.
2026-000008 · Yazıcıda kâğıt sıkışması · yeni · Üstlenildi: Zeynep A.

En sık konular
Yazıcı yazdırmıyor: 2
Bilgisayar açılmıyor: 1
Bilgisayar yavaş veya donuyor: 1
Kablolu ağ veya internet bağlantısı yok: 1
Tablet, el terminali ve cep telefonu: 1

Müdürlüklere göre (açılan / tamamlanan)
Mali Hizmetler: 4 / 0
Zabıta: 3 / 1

Tamamlayanlar
Mehmet K. 1','["a34a1a0cdbc4e1f3d1155fd9988b42ff"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(155,'web:p:fatma',2,2,NULL,'2026-11-23 15:00:00.000000','📥 Açılan: 7
✅ Tamamlanan: 1
⏳ Bekleyen: 1: sırada 1

Donanım ve Teknik Destek Birimi · 23 Kasım Pazartesi (20 Kasım Cuma akşamından beri)
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
💡 Kayıt açılmadan, önerilen adımlarla çözülen: 1

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · yeni · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · yeni · Üstlenildi: Mehmet K.
2026-000004 · Kablolu ağ veya internet bağlantısı yok · yeni · Üstlenildi: Mehmet K.
2026-000008 · Yazıcıda kâğıt sıkışması · yeni · Üstlenildi: Zeynep A.

En sık konular
Yazıcı yazdırmıyor: 2
Bilgisayar açılmıyor: 1
Bilgisayar yavaş veya donuyor: 1
Kablolu ağ veya internet bağlantısı yok: 1
Tablet, el terminali ve cep telefonu: 1

Müdürlüklere göre (açılan / tamamlanan)
Mali Hizmetler: 4 / 0
Zabıta: 3 / 1

Tamamlayanlar
Mehmet K. 1','["a34a1a0cdbc4e1f3d1155fd9988b42ff"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(156,'telegram:r:-5002',3,3,NULL,'2026-11-23 15:00:00.000000','📥 Açılan: 2
✅ Tamamlanan: 0
⏳ Bekleyen: 2: sırada 2

Yazılım Birimi · 23 Kasım Pazartesi (20 Kasım Cuma akşamından beri)
Açık kayıtların tümü: 2

En eski açık kayıtlar
2026-000005 · Telefon ve santral · yeni · Sırada
2026-000009 · Gizli güvenlik kaydı · yeni · Sırada

En sık konular
Gizli güvenlik kaydı: 1
Telefon ve santral: 1

Müdürlüklere göre (açılan / tamamlanan)
Mali Hizmetler: 1 / 0
Zabıta: 1 / 0','["ff3f55d089d7671570a1a60f81626a11"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(157,'terminal:r:yazilim',3,3,NULL,'2026-11-23 15:00:00.000000','📥 Açılan: 2
✅ Tamamlanan: 0
⏳ Bekleyen: 2: sırada 2

Yazılım Birimi · 23 Kasım Pazartesi (20 Kasım Cuma akşamından beri)
Açık kayıtların tümü: 2

En eski açık kayıtlar
2026-000005 · Telefon ve santral · yeni · Sırada
2026-000009 · Gizli güvenlik kaydı · yeni · Sırada

En sık konular
Gizli güvenlik kaydı: 1
Telefon ve santral: 1

Müdürlüklere göre (açılan / tamamlanan)
Mali Hizmetler: 1 / 0
Zabıta: 1 / 0','["ff3f55d089d7671570a1a60f81626a11"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(158,'web:r:yazilim',3,3,NULL,'2026-11-23 15:00:00.000000','📥 Açılan: 2
✅ Tamamlanan: 0
⏳ Bekleyen: 2: sırada 2

Yazılım Birimi · 23 Kasım Pazartesi (20 Kasım Cuma akşamından beri)
Açık kayıtların tümü: 2

En eski açık kayıtlar
2026-000005 · Telefon ve santral · yeni · Sırada
2026-000009 · Gizli güvenlik kaydı · yeni · Sırada

En sık konular
Gizli güvenlik kaydı: 1
Telefon ve santral: 1

Müdürlüklere göre (açılan / tamamlanan)
Mali Hizmetler: 1 / 0
Zabıta: 1 / 0','["ff3f55d089d7671570a1a60f81626a11"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(159,'terminal:p:kemal',3,3,NULL,'2026-11-23 15:00:00.000000','📥 Açılan: 9 (Donanım ve Teknik Destek 7, Yazılım 2)
✅ Tamamlanan: 1 (Donanım ve Teknik Destek 1, Yazılım 0)
⏳ Bekleyen: 3: sırada 3

23 Kasım Pazartesi (20 Kasım Cuma akşamından beri)

Donanım ve Teknik Destek Birimi
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
💡 Kayıt açılmadan, önerilen adımlarla çözülen: 1

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · yeni · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · yeni · Üstlenildi: Mehmet K.
2026-000004 · Kablolu ağ veya internet bağlantısı yok · yeni · Üstlenildi: Mehmet K.
2026-000008 · Yazıcıda kâğıt sıkışması · yeni · Üstlenildi: Zeynep A.

En sık konular
Yazıcı yazdırmıyor: 2
Bilgisayar açılmıyor: 1
Bilgisayar yavaş veya donuyor: 1
Kablolu ağ veya internet bağlantısı yok: 1
Tablet, el terminali ve cep telefonu: 1

Müdürlüklere göre (açılan / tamamlanan)
Mali Hizmetler: 4 / 0
Zabıta: 3 / 1

Tamamlayanlar
Mehmet K. 1


Yazılım Birimi
Açık kayıtların tümü: 2

En eski açık kayıtlar
2026-000005 · Telefon ve santral · yeni · Sırada
2026-000009 · Bilgi güvenliği · yeni · Sırada

En sık konular
Bilgi güvenliği: 1
Telefon ve santral: 1

Müdürlüklere göre (açılan / tamamlanan)
Mali Hizmetler: 1 / 0
Zabıta: 1 / 0','["f369951cf418d9cedcfdd88338f6ab67"]','digest_units',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(160,'web:p:kemal',3,3,NULL,'2026-11-23 15:00:00.000000','📥 Açılan: 9 (Donanım ve Teknik Destek 7, Yazılım 2)
✅ Tamamlanan: 1 (Donanım ve Teknik Destek 1, Yazılım 0)
⏳ Bekleyen: 3: sırada 3

23 Kasım Pazartesi (20 Kasım Cuma akşamından beri)

Donanım ve Teknik Destek Birimi
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
💡 Kayıt açılmadan, önerilen adımlarla çözülen: 1

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · yeni · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · yeni · Üstlenildi: Mehmet K.
2026-000004 · Kablolu ağ veya internet bağlantısı yok · yeni · Üstlenildi: Mehmet K.
2026-000008 · Yazıcıda kâğıt sıkışması · yeni · Üstlenildi: Zeynep A.

En sık konular
Yazıcı yazdırmıyor: 2
Bilgisayar açılmıyor: 1
Bilgisayar yavaş veya donuyor: 1
Kablolu ağ veya internet bağlantısı yok: 1
Tablet, el terminali ve cep telefonu: 1

Müdürlüklere göre (açılan / tamamlanan)
Mali Hizmetler: 4 / 0
Zabıta: 3 / 1

Tamamlayanlar
Mehmet K. 1


Yazılım Birimi
Açık kayıtların tümü: 2

En eski açık kayıtlar
2026-000005 · Telefon ve santral · yeni · Sırada
2026-000009 · Bilgi güvenliği · yeni · Sırada

En sık konular
Bilgi güvenliği: 1
Telefon ve santral: 1

Müdürlüklere göre (açılan / tamamlanan)
Mali Hizmetler: 1 / 0
Zabıta: 1 / 0','["f369951cf418d9cedcfdd88338f6ab67"]','digest_units',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(161,'telegram:r:-5001',40,40,NULL,'2026-11-24 05:45:00.000000','Bekliyor: 2026-000001 · Yazıcı yazdırmıyor – 2026-11-23T09:00:00+00:0020 sa önce açıldı, üstlenen yok.','[]','work_unclaimed',1,1,NULL,NULL,NULL,'','2026-000001 · Sırada',0);
INSERT INTO "message" VALUES(162,'terminal:r:donanim',40,40,NULL,'2026-11-24 05:45:00.000000','Bekliyor: 2026-000001 · Yazıcı yazdırmıyor – 2026-11-23T09:00:00+00:0020 sa önce açıldı, üstlenen yok.','[]','work_unclaimed',1,1,NULL,NULL,NULL,'','2026-000001 · Sırada',0);
INSERT INTO "message" VALUES(163,'web:r:donanim',82,82,NULL,'2026-11-24 05:45:00.000000','Bekliyor: 2026-000001 · Yazıcı yazdırmıyor – 2026-11-23T09:00:00+00:0020 sa önce açıldı, üstlenen yok.','[]','work_unclaimed',1,1,NULL,NULL,NULL,'','2026-000001 · Sırada',0);
INSERT INTO "message" VALUES(164,'telegram:r:-5002',4,4,NULL,'2026-11-24 05:45:00.000000','Bekliyor: 2026-000005 · Telefon ve santral – 2026-11-23T10:26:00+00:0019 sa önce açıldı, üstlenen yok.','[]','work_unclaimed',5,1,NULL,NULL,NULL,'','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(165,'terminal:r:yazilim',4,4,NULL,'2026-11-24 05:45:00.000000','Bekliyor: 2026-000005 · Telefon ve santral – 2026-11-23T10:26:00+00:0019 sa önce açıldı, üstlenen yok.','[]','work_unclaimed',5,1,NULL,NULL,NULL,'','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(166,'web:r:yazilim',4,4,NULL,'2026-11-24 05:45:00.000000','Bekliyor: 2026-000005 · Telefon ve santral – 2026-11-23T10:26:00+00:0019 sa önce açıldı, üstlenen yok.','[]','work_unclaimed',5,1,NULL,NULL,NULL,'','2026-000005 · Sırada',0);
INSERT INTO "message" VALUES(167,'terminal:p:kemal',4,4,NULL,'2026-11-24 05:45:00.000000','Bekliyor: 2026-000009 · Bilgi güvenliği – 2026-11-23T10:28:00+00:0019 sa önce açıldı, üstlenen yok.','[]','work_unclaimed',9,1,NULL,NULL,NULL,'','2026-000009 · Sırada',0);
INSERT INTO "message" VALUES(168,'web:p:kemal',4,4,NULL,'2026-11-24 05:45:00.000000','Bekliyor: 2026-000009 · Bilgi güvenliği – 2026-11-23T10:28:00+00:0019 sa önce açıldı, üstlenen yok.','[]','work_unclaimed',9,1,NULL,NULL,NULL,'','2026-000009 · Sırada',0);
INSERT INTO "message" VALUES(169,'telegram:r:-5001',41,41,NULL,'2026-11-24 05:45:00.000000','☀️ Günaydın. Üstlenilmeyen: 1 (en eskisi 1 iş günü)
🔧 Üzerinde çalışılan: 3 · Bekletilen: 0
Sıradakiler için /sira, üstlendikleriniz için /islerim yazın.','[]','morning',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(170,'terminal:r:donanim',41,41,NULL,'2026-11-24 05:45:00.000000','☀️ Günaydın. Üstlenilmeyen: 1 (en eskisi 1 iş günü)
🔧 Üzerinde çalışılan: 3 · Bekletilen: 0
Sıradakiler için /sira, üstlendikleriniz için /islerim yazın.','[]','morning',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(171,'web:r:donanim',83,83,NULL,'2026-11-24 05:45:00.000000','☀️ Günaydın. Üstlenilmeyen: 1 (en eskisi 1 iş günü)
🔧 Üzerinde çalışılan: 3 · Bekletilen: 0
Sıradakiler için /sira, üstlendikleriniz için /islerim yazın.','[]','morning',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(172,'terminal:p:fatma',3,3,NULL,'2026-11-24 05:45:00.000000','☀️ Günaydın. Üstlenilmeyen: 1 (en eskisi 1 iş günü)
🔧 Üzerinde çalışılan: 3 · Bekletilen: 0
👤 Mehmet K. 2 · Zeynep A. 1','[]','morning',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(173,'web:p:fatma',3,3,NULL,'2026-11-24 05:45:00.000000','☀️ Günaydın. Üstlenilmeyen: 1 (en eskisi 1 iş günü)
🔧 Üzerinde çalışılan: 3 · Bekletilen: 0
👤 Mehmet K. 2 · Zeynep A. 1','[]','morning',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(174,'telegram:r:-5002',5,5,NULL,'2026-11-24 05:45:00.000000','☀️ Günaydın. Üstlenilmeyen: 2 (en eskisi 1 iş günü)
🔧 Üzerinde çalışılan: 0 · Bekletilen: 0
Sıradakiler için /sira, üstlendikleriniz için /islerim yazın.','[]','morning',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(175,'terminal:r:yazilim',5,5,NULL,'2026-11-24 05:45:00.000000','☀️ Günaydın. Üstlenilmeyen: 2 (en eskisi 1 iş günü)
🔧 Üzerinde çalışılan: 0 · Bekletilen: 0
Sıradakiler için /sira, üstlendikleriniz için /islerim yazın.','[]','morning',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(176,'web:r:yazilim',5,5,NULL,'2026-11-24 05:45:00.000000','☀️ Günaydın. Üstlenilmeyen: 2 (en eskisi 1 iş günü)
🔧 Üzerinde çalışılan: 0 · Bekletilen: 0
Sıradakiler için /sira, üstlendikleriniz için /islerim yazın.','[]','morning',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(177,'terminal:p:kemal',5,5,NULL,'2026-11-24 15:00:00.000000','Bekliyor: 2026-000009 · Bilgi güvenliği – 2026-11-23T10:28:00+00:0023 Kas 13:28 açıldı, üstlenen yok.','[]','work_unclaimed',9,1,NULL,NULL,NULL,'','2026-000009 · Sırada',0);
INSERT INTO "message" VALUES(178,'web:p:kemal',5,5,NULL,'2026-11-24 15:00:00.000000','Bekliyor: 2026-000009 · Bilgi güvenliği – 2026-11-23T10:28:00+00:0023 Kas 13:28 açıldı, üstlenen yok.','[]','work_unclaimed',9,1,NULL,NULL,NULL,'','2026-000009 · Sırada',0);
INSERT INTO "message" VALUES(179,'telegram:r:-5001',42,42,NULL,'2026-11-24 15:00:00.000000','📥 Açılan: 0 (bugün sakin)
✅ Tamamlanan: 0
⏳ Bekleyen: 1: sırada 1 (en eskisi 1 iş günü)

Donanım ve Teknik Destek Birimi · 24 Kasım Salı
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
📈 Son 5 iş gününün ortalaması: açılan 1,4 (▼ daha az), tamamlanan 0,2 (▼ daha az)

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · 1 iş günü · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · 1 iş günü · Üstlenildi
2026-000004 · Kablolu ağ veya internet bağlantısı yok · 1 iş günü · Üstlenildi
2026-000008 · Yazıcıda kâğıt sıkışması · 1 iş günü · Üstlenildi','["b00e92fb70fb87da4f961ded1103b97e"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(180,'terminal:r:donanim',42,42,NULL,'2026-11-24 15:00:00.000000','📥 Açılan: 0 (bugün sakin)
✅ Tamamlanan: 0
⏳ Bekleyen: 1: sırada 1 (en eskisi 1 iş günü)

Donanım ve Teknik Destek Birimi · 24 Kasım Salı
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
📈 Son 5 iş gününün ortalaması: açılan 1,4 (▼ daha az), tamamlanan 0,2 (▼ daha az)

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · 1 iş günü · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · 1 iş günü · Üstlenildi
2026-000004 · Kablolu ağ veya internet bağlantısı yok · 1 iş günü · Üstlenildi
2026-000008 · Yazıcıda kâğıt sıkışması · 1 iş günü · Üstlenildi','["b00e92fb70fb87da4f961ded1103b97e"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(181,'web:r:donanim',84,84,NULL,'2026-11-24 15:00:00.000000','📥 Açılan: 0 (bugün sakin)
✅ Tamamlanan: 0
⏳ Bekleyen: 1: sırada 1 (en eskisi 1 iş günü)

Donanım ve Teknik Destek Birimi · 24 Kasım Salı
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
📈 Son 5 iş gününün ortalaması: açılan 1,4 (▼ daha az), tamamlanan 0,2 (▼ daha az)

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · 1 iş günü · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · 1 iş günü · Üstlenildi
2026-000004 · Kablolu ağ veya internet bağlantısı yok · 1 iş günü · Üstlenildi
2026-000008 · Yazıcıda kâğıt sıkışması · 1 iş günü · Üstlenildi','["b00e92fb70fb87da4f961ded1103b97e"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(182,'terminal:p:fatma',4,4,NULL,'2026-11-24 15:00:00.000000','📥 Açılan: 0 (bugün sakin)
✅ Tamamlanan: 0
⏳ Bekleyen: 1: sırada 1 (en eskisi 1 iş günü)

Donanım ve Teknik Destek Birimi · 24 Kasım Salı
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
📈 Son 5 iş gününün ortalaması: açılan 1,4 (▼ daha az), tamamlanan 0,2 (▼ daha az)

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · 1 iş günü · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · 1 iş günü · Üstlenildi: Mehmet K.
2026-000004 · Kablolu ağ veya internet bağlantısı yok · 1 iş günü · Üstlenildi: Mehmet K.
2026-000008 · Yazıcıda kâğıt sıkışması · 1 iş günü · Üstlenildi: Zeynep A.','["b00e92fb70fb87da4f961ded1103b97e"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(183,'web:p:fatma',4,4,NULL,'2026-11-24 15:00:00.000000','📥 Açılan: 0 (bugün sakin)
✅ Tamamlanan: 0
⏳ Bekleyen: 1: sırada 1 (en eskisi 1 iş günü)

Donanım ve Teknik Destek Birimi · 24 Kasım Salı
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
📈 Son 5 iş gününün ortalaması: açılan 1,4 (▼ daha az), tamamlanan 0,2 (▼ daha az)

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · 1 iş günü · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · 1 iş günü · Üstlenildi: Mehmet K.
2026-000004 · Kablolu ağ veya internet bağlantısı yok · 1 iş günü · Üstlenildi: Mehmet K.
2026-000008 · Yazıcıda kâğıt sıkışması · 1 iş günü · Üstlenildi: Zeynep A.','["b00e92fb70fb87da4f961ded1103b97e"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(184,'telegram:r:-5002',6,6,NULL,'2026-11-24 15:00:00.000000','📥 Açılan: 0 (bugün sakin)
✅ Tamamlanan: 0
⏳ Bekleyen: 2: sırada 2 (en eskisi 1 iş günü)

Yazılım Birimi · 24 Kasım Salı
Açık kayıtların tümü: 2
📈 Son 5 iş gününün ortalaması: açılan 0,4 (▼ daha az), tamamlanan 0,0 (aynı)

En eski açık kayıtlar
2026-000005 · Telefon ve santral · 1 iş günü · Sırada
2026-000009 · Gizli güvenlik kaydı · 1 iş günü · Sırada','["67e71c6ef46d7c545a6a33ccee10674b"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(185,'terminal:r:yazilim',6,6,NULL,'2026-11-24 15:00:00.000000','📥 Açılan: 0 (bugün sakin)
✅ Tamamlanan: 0
⏳ Bekleyen: 2: sırada 2 (en eskisi 1 iş günü)

Yazılım Birimi · 24 Kasım Salı
Açık kayıtların tümü: 2
📈 Son 5 iş gününün ortalaması: açılan 0,4 (▼ daha az), tamamlanan 0,0 (aynı)

En eski açık kayıtlar
2026-000005 · Telefon ve santral · 1 iş günü · Sırada
2026-000009 · Gizli güvenlik kaydı · 1 iş günü · Sırada','["67e71c6ef46d7c545a6a33ccee10674b"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(186,'web:r:yazilim',6,6,NULL,'2026-11-24 15:00:00.000000','📥 Açılan: 0 (bugün sakin)
✅ Tamamlanan: 0
⏳ Bekleyen: 2: sırada 2 (en eskisi 1 iş günü)

Yazılım Birimi · 24 Kasım Salı
Açık kayıtların tümü: 2
📈 Son 5 iş gününün ortalaması: açılan 0,4 (▼ daha az), tamamlanan 0,0 (aynı)

En eski açık kayıtlar
2026-000005 · Telefon ve santral · 1 iş günü · Sırada
2026-000009 · Gizli güvenlik kaydı · 1 iş günü · Sırada','["67e71c6ef46d7c545a6a33ccee10674b"]','digest',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(187,'terminal:p:kemal',6,6,NULL,'2026-11-24 15:00:00.000000','📥 Açılan: 0 (Donanım ve Teknik Destek 0, Yazılım 0)
✅ Tamamlanan: 0 (Donanım ve Teknik Destek 0, Yazılım 0)
⏳ Bekleyen: 3: sırada 3 (en eskisi 1 iş günü)

24 Kasım Salı

Donanım ve Teknik Destek Birimi
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
📈 Son 5 iş gününün ortalaması: açılan 1,4 (▼ daha az), tamamlanan 0,2 (▼ daha az)

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · 1 iş günü · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · 1 iş günü · Üstlenildi: Mehmet K.
2026-000004 · Kablolu ağ veya internet bağlantısı yok · 1 iş günü · Üstlenildi: Mehmet K.
2026-000008 · Yazıcıda kâğıt sıkışması · 1 iş günü · Üstlenildi: Zeynep A.


Yazılım Birimi
Açık kayıtların tümü: 2
📈 Son 5 iş gününün ortalaması: açılan 0,4 (▼ daha az), tamamlanan 0,0 (aynı)

En eski açık kayıtlar
2026-000005 · Telefon ve santral · 1 iş günü · Sırada
2026-000009 · Bilgi güvenliği · 1 iş günü · Sırada','["3adeba6357debb0d6814471f108ec599"]','digest_units',NULL,1,NULL,NULL,NULL,'',NULL,0);
INSERT INTO "message" VALUES(188,'web:p:kemal',6,6,NULL,'2026-11-24 15:00:00.000000','📥 Açılan: 0 (Donanım ve Teknik Destek 0, Yazılım 0)
✅ Tamamlanan: 0 (Donanım ve Teknik Destek 0, Yazılım 0)
⏳ Bekleyen: 3: sırada 3 (en eskisi 1 iş günü)

24 Kasım Salı

Donanım ve Teknik Destek Birimi
Açık kayıtların tümü: 4, üzerinde çalışılan: 3
📈 Son 5 iş gününün ortalaması: açılan 1,4 (▼ daha az), tamamlanan 0,2 (▼ daha az)

En eski açık kayıtlar
2026-000001 · Yazıcı yazdırmıyor · 1 iş günü · Sırada
2026-000003 · Tablet, el terminali ve cep telefonu · 1 iş günü · Üstlenildi: Mehmet K.
2026-000004 · Kablolu ağ veya internet bağlantısı yok · 1 iş günü · Üstlenildi: Mehmet K.
2026-000008 · Yazıcıda kâğıt sıkışması · 1 iş günü · Üstlenildi: Zeynep A.


Yazılım Birimi
Açık kayıtların tümü: 2
📈 Son 5 iş gününün ortalaması: açılan 0,4 (▼ daha az), tamamlanan 0,0 (aynı)

En eski açık kayıtlar
2026-000005 · Telefon ve santral · 1 iş günü · Sırada
2026-000009 · Bilgi güvenliği · 1 iş günü · Sırada','["3adeba6357debb0d6814471f108ec599"]','digest_units',NULL,1,NULL,NULL,NULL,'',NULL,0);
CREATE TABLE once (
	mark VARCHAR NOT NULL, 
	at VARCHAR(26) NOT NULL, 
	CONSTRAINT pk_once PRIMARY KEY (mark)
)
 WITHOUT ROWID

;
INSERT INTO "once" VALUES('backup:2026-11-23T22:30:00+00:00','2026-11-23 22:30:00.000000');
INSERT INTO "once" VALUES('backup:2026-11-24T22:30:00+00:00','2026-11-24 22:30:00.000000');
INSERT INTO "once" VALUES('digest:director:2026-11-23','2026-11-23 14:00:00.000000');
INSERT INTO "once" VALUES('digest:director:2026-11-24','2026-11-24 14:00:00.000000');
INSERT INTO "once" VALUES('digest:donanim:2026-11-23','2026-11-23 14:00:00.000000');
INSERT INTO "once" VALUES('digest:donanim:2026-11-24','2026-11-24 14:00:00.000000');
INSERT INTO "once" VALUES('digest:yazilim:2026-11-23','2026-11-23 14:00:00.000000');
INSERT INTO "once" VALUES('digest:yazilim:2026-11-24','2026-11-24 14:00:00.000000');
INSERT INTO "once" VALUES('learn:2026-11-25','2026-11-25 00:30:00.000000');
INSERT INTO "once" VALUES('morning:donanim:2026-11-24','2026-11-24 05:45:00.000000');
INSERT INTO "once" VALUES('morning:yazilim:2026-11-24','2026-11-24 05:45:00.000000');
INSERT INTO "once" VALUES('note-sent:4','2026-11-23 09:06:00.000000');
INSERT INTO "once" VALUES('telegram:came-from:-1001000005001:-5001','2026-11-23 10:30:00.000000');
INSERT INTO "once" VALUES('telegram:reached:2026-11-23T09','2026-11-23 09:00:00.000000');
INSERT INTO "once" VALUES('telegram:reached:2026-11-23T10','2026-11-23 10:16:00.000000');
INSERT INTO "once" VALUES('telegram:reached:2026-11-23T15','2026-11-23 15:00:00.000000');
INSERT INTO "once" VALUES('telegram:reached:2026-11-24T05','2026-11-24 05:45:00.000000');
INSERT INTO "once" VALUES('telegram:reached:2026-11-24T15','2026-11-24 15:00:00.000000');
INSERT INTO "once" VALUES('telegram:topic-of:-1001000005001:1:9','2026-11-23 10:30:00.000000');
INSERT INTO "once" VALUES('telegram:topic-of:-5001:1:41','2026-11-23 10:29:00.000000');
INSERT INTO "once" VALUES('telegram:topic-of:-5001:2:48','2026-11-23 10:29:00.000000');
INSERT INTO "once" VALUES('telegram:topic-of:-5001:3:55','2026-11-23 10:29:00.000000');
INSERT INTO "once" VALUES('telegram:topic-of:-5001:4:62','2026-11-23 10:29:00.000000');
INSERT INTO "once" VALUES('telegram:topic:-1001000005001:9:4','2026-11-23 10:30:00.000000');
INSERT INTO "once" VALUES('telegram:topic:-5001:41:4','2026-11-23 10:29:00.000000');
INSERT INTO "once" VALUES('telegram:topic:-5001:48:11','2026-11-23 10:29:00.000000');
INSERT INTO "once" VALUES('telegram:topic:-5001:55:43','2026-11-23 10:29:00.000000');
INSERT INTO "once" VALUES('telegram:topic:-5001:62:51','2026-11-23 10:29:00.000000');
INSERT INTO "once" VALUES('telegram:went-to:-5001:-1001000005001','2026-11-23 10:30:00.000000');
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel VARCHAR NOT NULL, 
	conversation VARCHAR NOT NULL, 
	message INTEGER NOT NULL, 
	created_at VARCHAR(26) NOT NULL, 
	state VARCHAR NOT NULL, 
	due_at VARCHAR(26) NOT NULL, 
	attempts INTEGER NOT NULL, 
	owner VARCHAR, 
	leased_until VARCHAR(26), 
	error TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT fk_outbox_conversation_conversation FOREIGN KEY(conversation) REFERENCES conversation (address), 
	CONSTRAINT fk_outbox_message_message FOREIGN KEY(message) REFERENCES message (id)
);
INSERT INTO "outbox" VALUES(1,'telegram','telegram:r:-5001',4,'2026-11-23 09:00:00.000000','delivered','2026-11-23 10:29:05.000000',1,NULL,NULL,'');
INSERT INTO "outbox" VALUES(2,'telegram','telegram:r:-5001',11,'2026-11-23 09:05:00.000000','delivered','2026-11-23 10:29:06.000000',1,NULL,NULL,'');
INSERT INTO "outbox" VALUES(3,'telegram','telegram:r:-5001',26,'2026-11-23 09:16:00.000000','delivered','2026-11-23 10:29:07.000000',1,NULL,NULL,'');
INSERT INTO "outbox" VALUES(4,'telegram','telegram:r:-5001',43,'2026-11-23 10:19:00.000000','given_up','2026-11-23 10:29:08.000000',1,NULL,NULL,'chat not found');
INSERT INTO "outbox" VALUES(5,'telegram','telegram:r:-5001',51,'2026-11-23 10:19:00.000000','delivered','2026-11-23 10:29:09.000000',1,NULL,NULL,'');
INSERT INTO "outbox" VALUES(6,'telegram','telegram:r:-5001',63,'2026-11-23 10:26:00.000000','delivered','2026-11-23 10:29:10.000000',1,NULL,NULL,'');
INSERT INTO "outbox" VALUES(7,'telegram','telegram:r:-5002',67,'2026-11-23 10:26:00.000000','delivered','2026-11-23 10:29:11.000000',1,NULL,NULL,'');
INSERT INTO "outbox" VALUES(8,'telegram','telegram:r:-5001',74,'2026-11-23 10:28:00.000000','delivered','2026-11-23 10:29:12.000000',1,NULL,NULL,'');
INSERT INTO "outbox" VALUES(9,'telegram','telegram:r:-5001',86,'2026-11-23 10:28:00.000000','delivered','2026-11-23 10:29:13.000000',1,NULL,NULL,'');
INSERT INTO "outbox" VALUES(10,'telegram','telegram:r:-5001',97,'2026-11-23 10:28:00.000000','due','2026-11-23 11:29:25.000000',1,NULL,NULL,'no answer in time');
INSERT INTO "outbox" VALUES(11,'telegram','telegram:r:-5001',104,'2026-11-23 10:28:00.000000','due','2026-11-23 10:28:00.000000',0,NULL,NULL,'');
INSERT INTO "outbox" VALUES(12,'telegram','telegram:r:-5002',111,'2026-11-23 10:28:00.000000','due','2026-11-23 10:28:00.000000',0,NULL,NULL,'');
INSERT INTO "outbox" VALUES(13,'telegram','telegram:r:-5001',116,'2026-11-23 10:29:00.000000','due','2026-11-23 10:29:00.000000',0,NULL,NULL,'');
INSERT INTO "outbox" VALUES(14,'telegram','telegram:r:-5001',134,'2026-11-23 10:29:00.000000','due','2026-11-23 10:29:00.000000',0,NULL,NULL,'');
INSERT INTO "outbox" VALUES(15,'telegram','telegram:r:-5001',151,'2026-11-23 15:00:00.000000','due','2026-11-23 15:00:00.000000',0,NULL,NULL,'');
INSERT INTO "outbox" VALUES(16,'telegram','telegram:r:-5002',156,'2026-11-23 15:00:00.000000','due','2026-11-23 15:00:00.000000',0,NULL,NULL,'');
INSERT INTO "outbox" VALUES(17,'telegram','telegram:r:-5001',161,'2026-11-24 05:45:00.000000','due','2026-11-24 05:45:00.000000',0,NULL,NULL,'');
INSERT INTO "outbox" VALUES(18,'telegram','telegram:r:-5002',164,'2026-11-24 05:45:00.000000','due','2026-11-24 05:45:00.000000',0,NULL,NULL,'');
INSERT INTO "outbox" VALUES(19,'telegram','telegram:r:-5001',169,'2026-11-24 05:45:00.000000','due','2026-11-24 05:45:00.000000',0,NULL,NULL,'');
INSERT INTO "outbox" VALUES(20,'telegram','telegram:r:-5002',174,'2026-11-24 05:45:00.000000','due','2026-11-24 05:45:00.000000',0,NULL,NULL,'');
INSERT INTO "outbox" VALUES(21,'telegram','telegram:r:-5001',179,'2026-11-24 15:00:00.000000','due','2026-11-24 15:00:00.000000',0,NULL,NULL,'');
INSERT INTO "outbox" VALUES(22,'telegram','telegram:r:-5002',184,'2026-11-24 15:00:00.000000','due','2026-11-24 15:00:00.000000',0,NULL,NULL,'');
CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	handle VARCHAR NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	role VARCHAR NOT NULL, 
	unit VARCHAR, 
	department TEXT DEFAULT '' NOT NULL, 
	room TEXT DEFAULT '' NOT NULL, 
	phone TEXT DEFAULT '' NOT NULL, 
	phone_key VARCHAR NOT NULL, 
	email TEXT DEFAULT '' NOT NULL, 
	email_key VARCHAR NOT NULL, 
	staff_no VARCHAR NOT NULL, 
	search TEXT NOT NULL, 
	verified BOOLEAN NOT NULL, 
	notice_version INTEGER, 
	notice_shown_at VARCHAR(26), 
	left_at VARCHAR(26), 
	CONSTRAINT uq_person_handle UNIQUE (handle)
);
INSERT INTO "person" VALUES(1,'ayse','Ayşe Yılmaz','requester',NULL,'Mali Hizmetler','3. kat 312','1453','1453','ayse@belediye.example','ayse@belediye.example','','ayse yilmaz ayse',1,1,NULL,NULL);
INSERT INTO "person" VALUES(2,'hasan','Hasan Demir','requester',NULL,'Zabıta','zemin kat 4','1120','1120','hasan@belediye.example','hasan@belediye.example','','hasan demir hasan',1,1,NULL,NULL);
INSERT INTO "person" VALUES(3,'mehmet','Mehmet Kaya','technician','donanim','Bilgi İşlem','1. kat 104','1301','1301','mehmet@belediye.example','mehmet@belediye.example','','mehmet kaya mehmet',1,1,NULL,NULL);
INSERT INTO "person" VALUES(4,'zeynep','Zeynep Arslan','technician','donanim','Bilgi İşlem','1. kat 104','1302','1302','zeynep@belediye.example','zeynep@belediye.example','','zeynep arslan zeynep',1,1,NULL,NULL);
INSERT INTO "person" VALUES(5,'ali','Ali Çelik','technician','yazilim','Bilgi İşlem','1. kat 107','1311','1311','ali@belediye.example','ali@belediye.example','','ali celik ali',1,1,NULL,NULL);
INSERT INTO "person" VALUES(6,'fatma','Fatma Şahin','lead','donanim','Bilgi İşlem','1. kat 103','1300','1300','fatma@belediye.example','fatma@belediye.example','','fatma sahin fatma',1,1,NULL,NULL);
INSERT INTO "person" VALUES(7,'kemal','Kemal Aydın','director',NULL,'Bilgi İşlem','1. kat 101','1299','1299','kemal@belediye.example','kemal@belediye.example','','kemal aydin kemal',1,1,NULL,NULL);
INSERT INTO "person" VALUES(8,'denetci','Derya Koç','auditor',NULL,'Teftiş Kurulu','5. kat 501','1701','1701','denetci@belediye.example','denetci@belediye.example','','derya koc denetci',1,1,NULL,NULL);
INSERT INTO "person" VALUES(9,'admin','Emre Öztürk','admin',NULL,'Bilgi İşlem','1. kat 102','1305','1305','admin@belediye.example','admin@belediye.example','','emre ozturk admin',1,1,NULL,NULL);
INSERT INTO "person" VALUES(10,'web-veli','','requester',NULL,'','','','','','','',' web-veli',0,NULL,'2026-11-23 10:29:00.000000',NULL);
INSERT INTO "person" VALUES(11,'web-selin','','technician','donanim','Bilgi İşlem','','','','','','',' web-selin',1,NULL,'2026-11-23 10:30:00.000000',NULL);
CREATE TABLE seen (
	conversation VARCHAR NOT NULL, 
	person INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_seen PRIMARY KEY (conversation, person), 
	CONSTRAINT fk_seen_person_person FOREIGN KEY(person) REFERENCES person (id)
)
 WITHOUT ROWID

;
INSERT INTO "seen" VALUES('web:p:ayse',1,5);
CREATE TABLE session (
	token_hash VARCHAR NOT NULL, 
	person INTEGER NOT NULL, 
	created_at VARCHAR(26) NOT NULL, 
	seen_at VARCHAR(26) NOT NULL, 
	user_agent TEXT DEFAULT '' NOT NULL, 
	ended_at VARCHAR(26), 
	CONSTRAINT pk_session PRIMARY KEY (token_hash), 
	CONSTRAINT fk_session_person_person FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "session" VALUES('0000000000000000000000000000000000000000000000000000000000000000',1,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000','Firefox',NULL);
INSERT INTO "session" VALUES('1111111111111111111111111111111111111111111111111111111111111111',1,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000','','2026-11-23 10:30:00.000000');
CREATE TABLE setting (
	name VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('outbox_held','yes');
CREATE TABLE ticket (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	category VARCHAR, 
	text TEXT DEFAULT '' NOT NULL, 
	reporter INTEGER NOT NULL, 
	department TEXT NOT NULL, 
	conversation VARCHAR NOT NULL, 
	opened_at VARCHAR(26) NOT NULL, 
	opened_by INTEGER NOT NULL, 
	untold BOOLEAN NOT NULL, 
	priority VARCHAR NOT NULL, 
	rank SMALLINT NOT NULL, 
	state VARCHAR NOT NULL, 
	holder INTEGER, 
	restricted BOOLEAN NOT NULL, 
	facts TEXT NOT NULL, 
	tried INTEGER NOT NULL, 
	tried_article VARCHAR, 
	reasons TEXT NOT NULL, 
	files TEXT NOT NULL, 
	waiting_for TEXT DEFAULT '' NOT NULL, 
	resolution TEXT DEFAULT '' NOT NULL, 
	resolved_at VARCHAR(26), 
	resolved_by INTEGER, 
	ended_at VARCHAR(26), 
	finished_at VARCHAR(26), 
	span SMALLINT, 
	changed_at VARCHAR(26), 
	reminded_at VARCHAR(26), 
	merged_into VARCHAR, 
	rating SMALLINT, 
	outage BOOLEAN NOT NULL, 
	draft VARCHAR NOT NULL, 
	followers TEXT NOT NULL, 
	search TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	event_count INTEGER NOT NULL, 
	last_hash VARCHAR NOT NULL, 
	CONSTRAINT fk_ticket_holder_person FOREIGN KEY(holder) REFERENCES person (id), 
	CONSTRAINT fk_ticket_opened_by_person FOREIGN KEY(opened_by) REFERENCES person (id), 
	CONSTRAINT fk_ticket_reporter_person FOREIGN KEY(reporter) REFERENCES person (id), 
	CONSTRAINT fk_ticket_resolved_by_person FOREIGN KEY(resolved_by) REFERENCES person (id), 
	CONSTRAINT uq_ticket_number UNIQUE (number)
);
INSERT INTO "ticket" VALUES(1,'2026-000001','donanim','yazici-yazdirmiyor','yazıcım çıktı vermiyor, kuyrukta bekliyor',1,'Mali Hizmetler','web:p:ayse','2026-11-23 09:00:00.000000',1,0,'normal',2,'open',NULL,0,'{"oda":"3. kat 312","dahili":"1453","cihaz":"yaz\u0131c\u0131"}',5,'yazici-kuyrukta-bekliyor','["kuyrukta","\u00e7\u0131kt\u0131","bekliyor"]','["1affe0e0984a685393c206a43e72e7d7"]','','',NULL,NULL,NULL,NULL,NULL,'2026-11-23 09:00:00.000000','2026-11-24 05:45:00.000000',NULL,NULL,0,'6DkaZcGpmpFKoCl_','["web:p:hasan"]','2026-000001 yazici-yazdirmiyor yazicim cikti vermiyor, kuyrukta bekliyor',3,1,'f274794f6b66eb74462d456d044b0ff2e5a6112d5b1f742a5e6e47e6e547244f');
INSERT INTO "ticket" VALUES(2,'2026-000002','donanim','bilgisayar-acilmiyor','bilgisayarım açılmıyor, güç tuşuna basınca ses yok',2,'Zabıta','web:p:hasan','2026-11-23 09:05:00.000000',2,0,'yuksek',1,'closed',3,0,'{"oda":"zemin kat 4","dahili":"1120","cihaz":"bilgisayar"}',4,'bilgisayar-guc-gelmiyor','["g\u00fc\u00e7","a\u00e7\u0131lm\u0131yor","bilgisayar\u0131m"]','[]','','güç kaynağı değişti','2026-11-23 10:16:00.000000',3,'2026-11-23 10:19:00.000000','2026-11-23 10:16:00.000000',1,'2026-11-23 10:19:00.000000',NULL,NULL,3,0,'Ql8ftzRhVS5zEuev','[]','2026-000002 bilgisayar-acilmiyor bilgisayarim acilmiyor, guc tusuna basinca ses yok',13,15,'47abfb31737e0ffdb10f375d659bfc1fe1f6c3d8440de84de9955410fa9834bd');
INSERT INTO "ticket" VALUES(3,'2026-000003','donanim','mobil-cihaz','el terminali açılmıyor',2,'Zabıta','web:p:hasan','2026-11-23 10:19:00.000000',3,0,'dusuk',3,'claimed',3,0,'{"oda":"zemin kat 4","dahili":"1120","cihaz":"el terminali"}',0,NULL,'["terminali","el","a\u00e7\u0131lm\u0131yor"]','[]','','',NULL,NULL,NULL,NULL,NULL,'2026-11-23 10:19:00.000000',NULL,NULL,NULL,0,'Cj8_6Vqf3c-_hwWx','[]','2026-000003 mobil-cihaz el terminali acilmiyor',3,3,'3e652bafd6b1d9910ca8b1d95d6c3884bd9344572dc473bc03702d7e61cd3029');
INSERT INTO "ticket" VALUES(4,'2026-000004','donanim','internet-yok','3. kattaki bütün odalarda internet yok, kırmızı çarpı var',1,'Mali Hizmetler','web:p:ayse','2026-11-23 10:19:00.000000',1,0,'normal',2,'claimed',3,0,'{"oda":"3. kat 312","dahili":"1453","etkilenen":"b\u00fct\u00fcn odalarda"}',5,'internet-kirmizi-carpi','["\u00e7arp\u0131","internet","yok"]','[]','','',NULL,NULL,NULL,NULL,NULL,'2026-11-23 10:19:00.000000',NULL,NULL,NULL,1,'GNMqFtf63RJQ8Gc1','["web:p:hasan"]','2026-000004 internet-yok 3. kattaki butun odalarda internet yok, kirmizi carpi var',4,3,'36fc23764197a5cbdde4b116675a36ebe6807e29de23b89f46555ac7c815d326');
INSERT INTO "ticket" VALUES(5,'2026-000005','yazilim','telefon-santral','telefonumun ahizesinden ses gelmiyor',2,'Zabıta','web:p:hasan','2026-11-23 10:26:00.000000',2,0,'normal',2,'open',NULL,0,'{"oda":"zemin kat 4","dahili":"1120"}',5,'telefon-hat-yok','["telefonumun","ahizesinden","ses"]','[]','','',NULL,NULL,NULL,NULL,NULL,'2026-11-23 10:26:00.000000','2026-11-24 05:45:00.000000',NULL,NULL,0,'lX6cXIUYxQWqjcNf','[]','2026-000005 telefon-santral telefonumun ahizesinden ses gelmiyor',3,2,'70335780ae3592d220f7ffe71ad65af8b8fc4aced04a7db36024276d3c79c4bc');
INSERT INTO "ticket" VALUES(6,'2026-000006','donanim','yazici-yazdirmiyor','yazıcı basmıyor bizde de',2,'Zabıta','web:p:hasan','2026-11-23 10:28:00.000000',2,0,'yuksek',1,'merged',3,0,'{"oda":"zemin kat 4","dahili":"1120","cihaz":"yaz\u0131c\u0131"}',5,'yazici-makbuz-vezne','["basm\u0131yor","yaz\u0131c\u0131","de"]','[]','','',NULL,NULL,'2026-11-23 10:28:00.000000','2026-11-23 10:28:00.000000',0,'2026-11-23 10:28:00.000000',NULL,'2026-000001',NULL,0,'mjOisLBLqfR1wyIX','[]','2026-000006 yazici-yazdirmiyor yazici basmiyor bizde de',3,3,'ab4d56e3013e9e9392d0572bcb8c4648e02dc6f9328eb41a62f7dcc3a35ed8c1');
INSERT INTO "ticket" VALUES(7,'2026-000007','donanim','bilgisayar-yavas','bilgisayarım donuyor, sürekli takılıyor',1,'Mali Hizmetler','web:p:ayse','2026-11-23 10:28:00.000000',1,0,'normal',2,'cancelled',3,0,'{"oda":"3. kat 312","dahili":"1453","cihaz":"bilgisayar"}',5,'bilgisayar-donuyor','["donuyor","tak\u0131l\u0131yor","bilgisayar\u0131m"]','[]','','',NULL,NULL,'2026-11-23 10:28:00.000000','2026-11-23 10:28:00.000000',0,'2026-11-23 10:28:00.000000',NULL,NULL,NULL,0,'xktOgkJOXCTL1QAo','[]','2026-000007 bilgisayar-yavas bilgisayarim donuyor, surekli takiliyor',3,3,'11574e58b0b705c15609a40f118aa00953aa003e6ea9b96ceb38bbaf6f68752b');
INSERT INTO "ticket" VALUES(8,'2026-000008','donanim','yazici-kagit-sikismasi','klavyemin tuşları basmıyor',1,'Mali Hizmetler','web:p:ayse','2026-11-23 10:28:00.000000',1,0,'normal',2,'claimed',4,0,'{"oda":"3. kat 312","dahili":"1453","cihaz":"klavye"}',5,'klavye-tus-basmiyor','[]','[]','','',NULL,NULL,NULL,NULL,NULL,'2026-11-23 10:29:00.000000',NULL,NULL,NULL,0,'o7zImnmp8KuEk-lD','[]','2026-000008 yazici-kagit-sikismasi klavyemin tuslari basmiyor',9,9,'38a2a54baf69e0aec52ebd5ef5b355d166135a0b815560bbd7ec8bfcd8e75557');
INSERT INTO "ticket" VALUES(9,'2026-000009','yazilim','bilgi-guvenligi','bir vatandaşın kişisel verileri yanlışlıkla dışarıya mail atıldı, veri sızıntısı oldu',1,'Mali Hizmetler','web:p:ayse','2026-11-23 10:28:00.000000',1,0,'acil',0,'open',NULL,1,'{"oda":"3. kat 312","dahili":"1453"}',0,NULL,'["s\u0131z\u0131nt\u0131s\u0131","ki\u015fisel","d\u0131\u015far\u0131ya"]','[]','','',NULL,NULL,NULL,NULL,NULL,'2026-11-23 10:28:00.000000','2026-11-24 15:00:00.000000',NULL,NULL,0,'6Vy7hosc54rgqBh3','[]','2026-000009 bilgi-guvenligi bir vatandasin kisisel verileri yanlislikla disariya mail atildi, veri sizintisi oldu',4,1,'d8122baa19f538ccbc7a566943e2fb749159bdeed80bf3a95a4cb4c49b686f42');
CREATE TABLE ticket_entry (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	ticket INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	at VARCHAR(26) NOT NULL, 
	author INTEGER NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	files TEXT NOT NULL, 
	message_key VARCHAR, 
	CONSTRAINT fk_ticket_entry_author_person FOREIGN KEY(author) REFERENCES person (id), 
	CONSTRAINT fk_ticket_entry_ticket_ticket FOREIGN KEY(ticket) REFERENCES ticket (id)
);
INSERT INTO "ticket_entry" VALUES(1,1,'report','2026-11-23 09:00:00.000000',1,'yazıcım çıktı vermiyor, kuyrukta bekliyor','[]','web:d7929dba8d1c455396890f0a4ec17395');
INSERT INTO "ticket_entry" VALUES(2,2,'report','2026-11-23 09:05:00.000000',2,'bilgisayarım açılmıyor, güç tuşuna basınca ses yok','[]','web:ce1799ac36f14f91aacb1bf3c06eb548');
INSERT INTO "ticket_entry" VALUES(3,2,'reply','2026-11-23 09:06:00.000000',3,'öğleden sonra geliyorum','[]','web:c53e59a3c319459c8797454820fa367d');
INSERT INTO "ticket_entry" VALUES(4,2,'note','2026-11-23 09:06:00.000000',4,'o kasanın güç kaynağı bozuk','[]','web:453e682d22fc4bf8b6ffb47f99079d2d');
INSERT INTO "ticket_entry" VALUES(5,2,'reply','2026-11-23 09:06:00.000000',4,'o kasanın güç kaynağı bozuk','[]','web:5b455c64293a4ee4ac3e861358f8c7ff');
INSERT INTO "ticket_entry" VALUES(6,2,'question','2026-11-23 09:06:00.000000',3,'Işığı yanıyor mu?','[]','web:2059f1044ca64d4b828640dd69d87b78');
INSERT INTO "ticket_entry" VALUES(7,2,'reply','2026-11-23 09:16:00.000000',2,'hayır yanmıyor','[]','web:37e9c98697fc4d53835fe17a7b3d93a1');
INSERT INTO "ticket_entry" VALUES(8,2,'note','2026-11-23 09:16:00.000000',3,'güç kaynağı','[]','web:5045706a874d4365a3dce23bb635bb2e');
INSERT INTO "ticket_entry" VALUES(9,2,'resolution','2026-11-23 10:16:00.000000',3,'güç kaynağı değişti','[]','web:a330a37de7ef4cc398bf62143a415d18');
INSERT INTO "ticket_entry" VALUES(10,3,'report','2026-11-23 10:19:00.000000',2,'el terminali açılmıyor','[]','web:749369a0227c488b96513934af52091c');
INSERT INTO "ticket_entry" VALUES(11,4,'report','2026-11-23 10:19:00.000000',1,'3. kattaki bütün odalarda internet yok, kırmızı çarpı var','[]','web:ba67510309b145d9b5764fa935b471a4');
INSERT INTO "ticket_entry" VALUES(12,5,'report','2026-11-23 10:26:00.000000',2,'telefonumun ahizesinden ses gelmiyor','[]','web:68afb579a87e4c56ab726ff409ffe44c');
INSERT INTO "ticket_entry" VALUES(13,6,'report','2026-11-23 10:28:00.000000',2,'yazıcı basmıyor bizde de','[]','web:95def750f5274aacbb6a83fa18a3f7db');
INSERT INTO "ticket_entry" VALUES(14,6,'reason','2026-11-23 10:28:00.000000',3,'Aynı arıza','[]','web:c0f87a8b65724f669bab4076eb4aeb6e');
INSERT INTO "ticket_entry" VALUES(15,7,'report','2026-11-23 10:28:00.000000',1,'bilgisayarım donuyor, sürekli takılıyor','[]','web:cd360b74d5ff45b7838246821548fdc0');
INSERT INTO "ticket_entry" VALUES(16,7,'reason','2026-11-23 10:28:00.000000',3,'aynı cihaz için dün de açılmıştı','[]','web:0a3b54ab77b5469a9fdb32a954da3287');
INSERT INTO "ticket_entry" VALUES(17,8,'report','2026-11-23 10:28:00.000000',1,'klavyemin tuşları basmıyor','[]','web:28077dda7a6b4310ac6ec51c1253b1e4');
INSERT INTO "ticket_entry" VALUES(18,8,'resolution','2026-11-23 10:28:00.000000',3,'Uzaktan çözüldü','[]','web:ea41842cd4514eda85e33e65a0693f16');
INSERT INTO "ticket_entry" VALUES(19,9,'report','2026-11-23 10:28:00.000000',1,'bir vatandaşın kişisel verileri yanlışlıkla dışarıya mail atıldı, veri sızıntısı oldu','[]','web:e05f9f4bb7e54464bfa1587cecabab0c');
INSERT INTO "ticket_entry" VALUES(20,8,'reply','2026-11-23 10:29:00.000000',1,'faksımız çekmiyor','[]','web:4512ae63b3d14ecbaeeda13af0e1dd4a');
CREATE TABLE ticket_event (
	ticket INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	at VARCHAR(26) NOT NULL, 
	who INTEGER, 
	channel VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	reason VARCHAR, 
	prev_hash VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	CONSTRAINT pk_ticket_event PRIMARY KEY (ticket, position), 
	CONSTRAINT fk_ticket_event_ticket_ticket FOREIGN KEY(ticket) REFERENCES ticket (id), 
	CONSTRAINT fk_ticket_event_who_person FOREIGN KEY(who) REFERENCES person (id)
)
 WITHOUT ROWID

;
INSERT INTO "ticket_event" VALUES(1,1,'2026-11-23 09:00:00.000000',1,'web','opened',NULL,'open',NULL,'','f274794f6b66eb74462d456d044b0ff2e5a6112d5b1f742a5e6e47e6e547244f');
INSERT INTO "ticket_event" VALUES(2,1,'2026-11-23 09:05:00.000000',2,'web','opened',NULL,'open',NULL,'','2cb01b076d6d1e22fad09ebd731e6c8197d0c75516e2a67dce61930b502a048f');
INSERT INTO "ticket_event" VALUES(2,2,'2026-11-23 09:06:00.000000',3,'web','claimed','open','claimed',NULL,'2cb01b076d6d1e22fad09ebd731e6c8197d0c75516e2a67dce61930b502a048f','307d276eaed665d08c173bca1fb95a0d4d8ec2f9e3054bab15934da9b1aa789d');
INSERT INTO "ticket_event" VALUES(2,3,'2026-11-23 09:06:00.000000',3,'web','replied',NULL,NULL,NULL,'307d276eaed665d08c173bca1fb95a0d4d8ec2f9e3054bab15934da9b1aa789d','76ba08a40044604e14d1c4a4b3158fc46c8b0d7dca9aa303e64168b91fe1363f');
INSERT INTO "ticket_event" VALUES(2,4,'2026-11-23 09:06:00.000000',4,'web','noted',NULL,NULL,NULL,'76ba08a40044604e14d1c4a4b3158fc46c8b0d7dca9aa303e64168b91fe1363f','dea1987b38220d5aa93a4957dc8284d32cf577ed8e9d8d8e341f1b2a5cf6b47e');
INSERT INTO "ticket_event" VALUES(2,5,'2026-11-23 09:06:00.000000',4,'web','replied',NULL,NULL,NULL,'dea1987b38220d5aa93a4957dc8284d32cf577ed8e9d8d8e341f1b2a5cf6b47e','04d5a06e221d4e6cd789720f6d8f3ebb07eb80adea6f2e03eefaafc55a4d23b9');
INSERT INTO "ticket_event" VALUES(2,6,'2026-11-23 09:06:00.000000',3,'web','waiting','claimed','waiting_reporter','reporter','04d5a06e221d4e6cd789720f6d8f3ebb07eb80adea6f2e03eefaafc55a4d23b9','a0ec30c19d3687a5171d7de9c14a0525310026565a2ec3061ceba3e558b1f94a');
INSERT INTO "ticket_event" VALUES(2,7,'2026-11-23 09:06:00.000000',3,'web','asked',NULL,NULL,NULL,'a0ec30c19d3687a5171d7de9c14a0525310026565a2ec3061ceba3e558b1f94a','0da5fb48df25edcf7a6c3e0bef1aab978f1d7ce4b8a58eb00d28fb13673e09a7');
INSERT INTO "ticket_event" VALUES(2,8,'2026-11-23 09:16:00.000000',2,'web','replied',NULL,NULL,NULL,'0da5fb48df25edcf7a6c3e0bef1aab978f1d7ce4b8a58eb00d28fb13673e09a7','9ddcbd970f113adbd541b60c291d35c7c4f851b94167b0fd26e2f8f962f8f914');
INSERT INTO "ticket_event" VALUES(2,9,'2026-11-23 09:16:00.000000',2,'web','resumed','waiting_reporter','claimed',NULL,'9ddcbd970f113adbd541b60c291d35c7c4f851b94167b0fd26e2f8f962f8f914','ed06cd40d36aa4b4605164b61ad2c5606702c4d5f7f99605583dcce69135ec3f');
INSERT INTO "ticket_event" VALUES(2,10,'2026-11-23 09:16:00.000000',3,'web','waiting','claimed','waiting_parts','parts','ed06cd40d36aa4b4605164b61ad2c5606702c4d5f7f99605583dcce69135ec3f','6d6451f3ef3f211eaec31a8b32031ce1b4bdd2d40cf520716a9c6775aa6582e4');
INSERT INTO "ticket_event" VALUES(2,11,'2026-11-23 09:16:00.000000',3,'web','noted',NULL,NULL,'waiting_for','6d6451f3ef3f211eaec31a8b32031ce1b4bdd2d40cf520716a9c6775aa6582e4','0622c2d969aac806f9b5f4faa8ad95fce1a7c0bf7a5c5b75433611367ed6256d');
INSERT INTO "ticket_event" VALUES(2,12,'2026-11-23 10:16:00.000000',3,'web','resumed','waiting_parts','claimed',NULL,'0622c2d969aac806f9b5f4faa8ad95fce1a7c0bf7a5c5b75433611367ed6256d','873bcbf338f1aaef91e6c52f50fe5232fc1792e53b02c65766fffcb3e34fd49f');
INSERT INTO "ticket_event" VALUES(2,13,'2026-11-23 10:16:00.000000',3,'web','resolved','claimed','resolved',NULL,'873bcbf338f1aaef91e6c52f50fe5232fc1792e53b02c65766fffcb3e34fd49f','5e20013865c9ad0ebbf37b1b5100a82099f7db2c89aa92fe075483fbb20fa06e');
INSERT INTO "ticket_event" VALUES(2,14,'2026-11-23 10:19:00.000000',2,'web','confirmed','resolved','closed',NULL,'5e20013865c9ad0ebbf37b1b5100a82099f7db2c89aa92fe075483fbb20fa06e','d9526bbbf47977fc37d4f4b8cc53f5f8df335bfc1d01fe5353d5fa5d41db1044');
INSERT INTO "ticket_event" VALUES(2,15,'2026-11-23 10:29:00.000000',2,'web','rated',NULL,'3',NULL,'d9526bbbf47977fc37d4f4b8cc53f5f8df335bfc1d01fe5353d5fa5d41db1044','47abfb31737e0ffdb10f375d659bfc1fe1f6c3d8440de84de9955410fa9834bd');
INSERT INTO "ticket_event" VALUES(3,1,'2026-11-23 10:19:00.000000',3,'web','opened',NULL,'open',NULL,'','0b3598811582614af9ee464aa112713d2410b166a934cbccafb75693a5f7cc0f');
INSERT INTO "ticket_event" VALUES(3,2,'2026-11-23 10:19:00.000000',3,'web','claimed','open','claimed',NULL,'0b3598811582614af9ee464aa112713d2410b166a934cbccafb75693a5f7cc0f','41ae3f5afb4de3679b88d8dea32f0fe2b7c379a00680587b6c84327dbd20445f');
INSERT INTO "ticket_event" VALUES(3,3,'2026-11-23 10:19:00.000000',3,'web','prioritised','yuksek','dusuk',NULL,'41ae3f5afb4de3679b88d8dea32f0fe2b7c379a00680587b6c84327dbd20445f','3e652bafd6b1d9910ca8b1d95d6c3884bd9344572dc473bc03702d7e61cd3029');
INSERT INTO "ticket_event" VALUES(4,1,'2026-11-23 10:19:00.000000',1,'web','opened',NULL,'open',NULL,'','3e60bbb02e4a30adfc1252cbc512ad808e29e4784a593eff12cfdab5f7ebe8b0');
INSERT INTO "ticket_event" VALUES(4,2,'2026-11-23 10:19:00.000000',3,'web','claimed','open','claimed',NULL,'3e60bbb02e4a30adfc1252cbc512ad808e29e4784a593eff12cfdab5f7ebe8b0','bb4f00d8a8077b3b17ce43e012845f9f4608f600f6c0c32abc35f4f424e509fb');
INSERT INTO "ticket_event" VALUES(4,3,'2026-11-23 10:19:00.000000',2,'web','joined',NULL,NULL,NULL,'bb4f00d8a8077b3b17ce43e012845f9f4608f600f6c0c32abc35f4f424e509fb','36fc23764197a5cbdde4b116675a36ebe6807e29de23b89f46555ac7c815d326');
INSERT INTO "ticket_event" VALUES(5,1,'2026-11-23 10:26:00.000000',2,'web','opened',NULL,'open',NULL,'','246c3b978b95e886350f55d7e023784ec6124d1099cd867e68ac1892da92574f');
INSERT INTO "ticket_event" VALUES(5,2,'2026-11-23 10:26:00.000000',3,'web','transferred','donanim','yazilim',NULL,'246c3b978b95e886350f55d7e023784ec6124d1099cd867e68ac1892da92574f','70335780ae3592d220f7ffe71ad65af8b8fc4aced04a7db36024276d3c79c4bc');
INSERT INTO "ticket_event" VALUES(6,1,'2026-11-23 10:28:00.000000',2,'web','opened',NULL,'open',NULL,'','494d20403b8bffb763f46bbb1ae9bf9211494066e99c8d7e26598ba6dcb6f4bb');
INSERT INTO "ticket_event" VALUES(6,2,'2026-11-23 10:28:00.000000',3,'web','claimed','open','claimed',NULL,'494d20403b8bffb763f46bbb1ae9bf9211494066e99c8d7e26598ba6dcb6f4bb','3f3b35149790739a5cc37aad26b5c1fcdbcbe679d698c4f3dd1b0b4107077688');
INSERT INTO "ticket_event" VALUES(6,3,'2026-11-23 10:28:00.000000',3,'web','merged','claimed','merged','2026-000001','3f3b35149790739a5cc37aad26b5c1fcdbcbe679d698c4f3dd1b0b4107077688','ab4d56e3013e9e9392d0572bcb8c4648e02dc6f9328eb41a62f7dcc3a35ed8c1');
INSERT INTO "ticket_event" VALUES(7,1,'2026-11-23 10:28:00.000000',1,'web','opened',NULL,'open',NULL,'','2228afd84dbf16ddc75fa5a5c98871f355a8d97c236de8839dcb9d5bb9170b29');
INSERT INTO "ticket_event" VALUES(7,2,'2026-11-23 10:28:00.000000',3,'web','claimed','open','claimed',NULL,'2228afd84dbf16ddc75fa5a5c98871f355a8d97c236de8839dcb9d5bb9170b29','1d6097deac932225c5a834693610c747b679129c1e87bdc242b0f0788fecaf04');
INSERT INTO "ticket_event" VALUES(7,3,'2026-11-23 10:28:00.000000',3,'web','cancelled','claimed','cancelled','other','1d6097deac932225c5a834693610c747b679129c1e87bdc242b0f0788fecaf04','11574e58b0b705c15609a40f118aa00953aa003e6ea9b96ceb38bbaf6f68752b');
INSERT INTO "ticket_event" VALUES(8,1,'2026-11-23 10:28:00.000000',1,'web','opened',NULL,'open',NULL,'','65add85e569b00da770fa17b4b392c95028049c7fdbc07ba6c98b2bdb52ff3bd');
INSERT INTO "ticket_event" VALUES(8,2,'2026-11-23 10:28:00.000000',3,'web','claimed','open','claimed',NULL,'65add85e569b00da770fa17b4b392c95028049c7fdbc07ba6c98b2bdb52ff3bd','fc3e653f8ffc98f1221f2779c5251122196edfcc8ce1ff07b8fdf9a878ffc022');
INSERT INTO "ticket_event" VALUES(8,3,'2026-11-23 10:28:00.000000',3,'web','resolved','claimed','resolved',NULL,'fc3e653f8ffc98f1221f2779c5251122196edfcc8ce1ff07b8fdf9a878ffc022','6abe2f4daca00b4b06100c77eb3a7cbc56c020b8d1f5fa416aca7b98821968c3');
INSERT INTO "ticket_event" VALUES(8,4,'2026-11-23 10:28:00.000000',1,'web','reopened','resolved','claimed',NULL,'6abe2f4daca00b4b06100c77eb3a7cbc56c020b8d1f5fa416aca7b98821968c3','595974f24ef22d574202fb45620a928c2cd93f8a6742f408a9cae52f87b39c37');
INSERT INTO "ticket_event" VALUES(8,5,'2026-11-23 10:29:00.000000',3,'web','released','claimed','open',NULL,'595974f24ef22d574202fb45620a928c2cd93f8a6742f408a9cae52f87b39c37','6daafa06caa2f2abaf0d0e5002ce47d5666bf35aa332dd0e9b02fb8971222255');
INSERT INTO "ticket_event" VALUES(8,6,'2026-11-23 10:29:00.000000',3,'web','claimed','open','claimed',NULL,'6daafa06caa2f2abaf0d0e5002ce47d5666bf35aa332dd0e9b02fb8971222255','00ec9c1dcca555fbd31fa68d56caf5413a7932d7a0749c5054258709ee82b10f');
INSERT INTO "ticket_event" VALUES(8,7,'2026-11-23 10:29:00.000000',3,'web','recategorised','klavye-fare','yazici-kagit-sikismasi',NULL,'00ec9c1dcca555fbd31fa68d56caf5413a7932d7a0749c5054258709ee82b10f','389a6794a43fa85ac71969a6075fb9aa619ce23830d998ff840ab0d3e992b4b7');
INSERT INTO "ticket_event" VALUES(8,8,'2026-11-23 10:29:00.000000',6,'web','assigned','3','4',NULL,'389a6794a43fa85ac71969a6075fb9aa619ce23830d998ff840ab0d3e992b4b7','472f8296ae13e460ab590dd5718ae14fb643620c73debfde827a7ddc5e4ca646');
INSERT INTO "ticket_event" VALUES(8,9,'2026-11-23 10:29:00.000000',1,'web','replied',NULL,NULL,NULL,'472f8296ae13e460ab590dd5718ae14fb643620c73debfde827a7ddc5e4ca646','38a2a54baf69e0aec52ebd5ef5b355d166135a0b815560bbd7ec8bfcd8e75557');
INSERT INTO "ticket_event" VALUES(9,1,'2026-11-23 10:28:00.000000',1,'web','opened',NULL,'open',NULL,'','d8122baa19f538ccbc7a566943e2fb749159bdeed80bf3a95a4cb4c49b686f42');
CREATE TABLE tip_solved (
	id INTEGER NOT NULL, 
	at VARCHAR(26) NOT NULL, 
	unit VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	department TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_tip_solved PRIMARY KEY (id)
);
INSERT INTO "tip_solved" VALUES(1,'2026-11-23 10:29:00.000000','donanim','klavye-fare','Zabıta');
CREATE INDEX ix_feedback_at ON feedback (at);
CREATE INDEX ix_inbox_quarantined ON inbox (id) WHERE state = 'quarantined';
CREATE INDEX ix_inbox_waiting ON inbox (conversation, id) WHERE state = 'waiting';
CREATE INDEX ix_person_email_key ON person (email_key);
CREATE INDEX ix_person_phone_key ON person (phone_key);
CREATE INDEX ix_person_role_unit ON person (role, unit);
CREATE INDEX ix_person_staff_no ON person (staff_no);
CREATE INDEX ix_tip_solved_unit_at ON tip_solved (unit, at);
CREATE INDEX ix_account_person ON account (person);
CREATE INDEX ix_conversation_person ON conversation (person);
CREATE INDEX ix_conversation_unit ON conversation (unit);
CREATE INDEX ix_session_person ON session (person);
CREATE INDEX ix_ticket_active ON ticket (unit, opened_at, state, holder, changed_at) WHERE finished_at IS NULL;
CREATE INDEX ix_ticket_active_category ON ticket (unit, category, opened_at) WHERE finished_at IS NULL;
CREATE INDEX ix_ticket_draft ON ticket (draft) WHERE draft != '';
CREATE INDEX ix_ticket_held ON ticket (holder, rank, opened_at) WHERE finished_at IS NULL AND holder IS NOT NULL;
CREATE INDEX ix_ticket_opened ON ticket (unit, opened_at, category, department);
CREATE INDEX ix_ticket_outage ON ticket (opened_at) WHERE outage AND finished_at IS NULL;
CREATE INDEX ix_ticket_queue ON ticket (unit, rank, opened_at) WHERE state = 'open' AND holder IS NULL;
CREATE INDEX ix_ticket_reporter ON ticket (reporter, id);
CREATE INDEX ix_ticket_reporter_open ON ticket (reporter, opened_at) WHERE ended_at IS NULL;
CREATE INDEX ix_ticket_resolved ON ticket (unit, resolved_at, resolved_by, department) WHERE resolved_at IS NOT NULL;
CREATE INDEX ix_ticket_resolved_waiting ON ticket (resolved_at) WHERE state = 'resolved';
CREATE INDEX ix_ticket_span ON ticket (unit, span, opened_at, finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX ix_ticket_waiting_reporter ON ticket (changed_at) WHERE state = 'waiting_reporter';
CREATE INDEX ix_attachment_ticket ON attachment (ticket);
CREATE INDEX ix_dialog_idle ON dialog (draft_idle_since) WHERE draft_idle_since IS NOT NULL;
CREATE INDEX ix_message_author ON message (author) WHERE author IS NOT NULL;
CREATE INDEX ix_message_conversation ON message (conversation, id);
CREATE INDEX ix_message_native_ref ON message (conversation, native_ref) WHERE native_ref IS NOT NULL;
CREATE INDEX ix_message_seq ON message (conversation, seq);
CREATE UNIQUE INDEX ix_message_slot ON message (slot, conversation) WHERE slot IS NOT NULL;
CREATE INDEX ix_ticket_entry_author ON ticket_entry (author);
CREATE INDEX ix_ticket_entry_message_key ON ticket_entry (message_key) WHERE message_key IS NOT NULL;
CREATE INDEX ix_ticket_entry_ticket ON ticket_entry (ticket);
CREATE INDEX ix_button_message ON button (message);
CREATE INDEX ix_outbox_delivered ON outbox (due_at) WHERE state = 'delivered';
CREATE INDEX ix_outbox_due ON outbox (channel, conversation, id) WHERE state = 'due';
CREATE INDEX ix_outbox_given_up ON outbox (id) WHERE state = 'given_up';
CREATE INDEX ix_outbox_message ON outbox (message);
CREATE INDEX ix_inbox_oldest ON inbox (id) WHERE state = 'waiting';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('person',11);
INSERT INTO "sqlite_sequence" VALUES('inbox',77);
INSERT INTO "sqlite_sequence" VALUES('message',188);
INSERT INTO "sqlite_sequence" VALUES('ticket',9);
INSERT INTO "sqlite_sequence" VALUES('ticket_entry',20);
INSERT INTO "sqlite_sequence" VALUES('outbox',22);
INSERT INTO "sqlite_sequence" VALUES('audit',4);
COMMIT;
