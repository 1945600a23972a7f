"""The words by which mail clients mark what is quoted or forwarded. Data only.

All words are case-folded. A language is added here, not in code.
"""

# ruff: noqa: RUF001 - Cyrillic words are data here, not look-alikes of Latin ones
# ruff: noqa: SIM905 - a table of words is easier to read and to extend as one text

VERBS_AFTER_NAME = (
    "wrote:",
    "a écrit :",
    "a écrit:",
    "escribió:",
    "ha scritto:",
    "escreveu:",
    "kirjoitti:",
    "pisze:",
    "napisał(a):",
    "napisał:",
    "napisała:",
    "napsal(a):",
    "napsal:",
    "napsala:",
    "het volgende geschreven:",
    "geschreven:",
    "написал:",
    "написала:",
    "написал(а):",
    "пишет:",
    "写道:",
    "寫道:",
    "님이 작성:",
    "작성:",
)
"""`On 2 March 2026 Marcus Lee wrote:`; a full-width colon is read as `:`."""

VERBS_BEFORE_NAME = ("schrieb", "schreef", "skrev", "skreiv")
"""`Am 2. März 2026 schrieb Marcus Lee:`"""

OPENERS = (
    "on ",
    "am ",
    "le ",
    "el ",
    "il ",
    "em ",
    "op ",
    "den ",
    "w dniu ",
    "dnia ",
    "dne ",
    "在",
    "于",
    "於",
)
"""First words of an attribution that may wrap over several lines."""

WEEKDAYS = frozenset(
    "ma ti ke to pe la su pon wt śr czw pt sob ndz niedz po út st čt pá so ne "
    "пн вт ср чт пт сб вс mon tue wed thu fri sat sun mán tis ons tor fre lör sön lør søn".split()
)
"""Short weekdays that open an attribution where a language has no opening word."""

NOT_A_NAME = frozenset(
    "am pm a.m p.m uhr um at kl klo à om alle ore às as las la le les o v в г gmt utc cet cest "
    "est edt cst cdt mst mdt pst pdt bst jst kst msk heeft odesílatel użytkownik пользователь "
    "de del on, 오전 오후 午前 午後 上午 下午 h".split()
)
"""Words that end the date in front of a name."""

FROM_LABELS = frozenset(
    "from von de da van från fra lähettäjä od от 差出人 送信者 发件人 寄件者 발신 보낸사람".split()
) | {"보낸 사람", "reply from", "expéditeur"}

DATE_LABELS = frozenset(
    "sent date gesendet datum envoyé enviado inviato data verzonden skickat sendt dato fecha "
    "lähetetty päivämäärä wysłano odesláno отправлено дата 送信日時 日時 日付 发送时间 日期 "
    "寄件日期 날짜".split()
) | {"envoyé le", "enviado el", "보낸 날짜", "gesendet am"}

OTHER_LABELS = frozenset(
    "to cc bcc subject reply-to importance attachments an kopie betreff à objet pour para asunto "
    "assunto a oggetto aan onderwerp kopia till ämne til kopi emne vastaanottaja kopio aihe do dw "
    "temat komu kopie předmět кому копия тема 宛先 件名 收件人 抄送 主题 主旨 收件者 副本 "
    "받는사람 참조 제목".split()
) | {"받는 사람", "in-reply-to"}

ORIGINAL_LINES = frozenset(
    {
        "original message",
        "original appointment",
        "ursprüngliche nachricht",
        "originalnachricht",
        "message d'origine",
        "message original",
        "mensaje original",
        "messaggio originale",
        "mensagem original",
        "oorspronkelijk bericht",
        "ursprungligt meddelande",
        "oprindelig meddelelse",
        "opprinnelig melding",
        "alkuperäinen viesti",
        "wiadomość oryginalna",
        "původní zpráva",
        "исходное сообщение",
        "元のメッセージ",
        "原始邮件",
        "原始郵件",
        "원본 메시지",
        "원본 메일",
    }
)
"""What stands between the dashes of `-----Original Message-----`."""

PLAIN_LINES = ("original message processed by ",)
"""Beginnings that need no dashes around them."""

FORWARD_LINES = frozenset(
    {
        "forwarded message",
        "forwarded by",
        "begin forwarded message",
        "weitergeleitete nachricht",
        "anfang der weitergeleiteten nachricht",
        "message transféré",
        "début du message transféré",
        "message réexpédié",
        "mensaje reenviado",
        "inicio del mensaje reenviado",
        "messaggio inoltrato",
        "inizio messaggio inoltrato",
        "mensagem encaminhada",
        "início da mensagem encaminhada",
        "doorgestuurd bericht",
        "begin doorgestuurd bericht",
        "vidarebefordrat meddelande",
        "vidarebefordrat brev",
        "videresendt meddelelse",
        "videresendt melding",
        "välitetty viesti",
        "wiadomość przekazana",
        "přeposlaná zpráva",
        "пересылаемое сообщение",
        "пересланное сообщение",
        "転送メッセージ",
        "转发的邮件",
        "轉寄的郵件",
        "전달된 메시지",
    }
)
"""What stands between the dashes of a forward, or alone before a colon."""

MONTHS: dict[str, int] = {
    name: month
    for month, names in enumerate(
        (
            "jan ene janv gen sty led янв tammi",
            "feb fév fev lut úno фев helmi",
            "mar mär mrz mrt maa bře мар maalis maart",
            "apr avr abr kwi dub апр huhti",
            "may mai mag maj mei kvě мая май touko maio",
            "jun juin giu cze čvn июн kesä",
            "jul juil lug lip čvc июл heinä",
            "aug aoû ago sie srp авг elo",
            "sep set wrz zář сен syys",
            "oct okt ott out paź říj окт loka",
            "nov lis noi ноя marras",
            "dec dez déc dic gru pro дек joulu",
        ),
        start=1,
    )
    for name in names.split()
}
"""Beginnings of month names; the longest that fits decides."""

AFTERNOON = frozenset({"pm", "p.m", "p.m.", "午後", "下午", "오후"})
FORENOON = frozenset({"am", "a.m", "a.m.", "午前", "上午", "오전"})
