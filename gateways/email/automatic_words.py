"""How machines announce themselves in a subject, in the languages they speak. Lower case."""

import re

AUTOMATIC_REPLY = (
    # en
    "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response", "autoresponse",
    "automatic response", "automated reply", "automated response", "out of office", "out of the office", "out-of-office",
    "ooo", "vacation reply", "vacation response", "away from my mail", "auto responder", "autoresponder", "on vacation",
    "away from office",
    # cs, sk
    "automatická odpověď", "automatická odpoveď", "automaticka odpoved", "mimo kancelář", "mimo kanceláře", "mimo kancelárie",
    "mimo kanceláriu", "nepřítomnost v kanceláři", "oznámení o nepřítomnosti", "nepřítomnost", "neprítomnosť",
    "oznámenie o neprítomnosti", "automatické oznámení", "automatické upozornění na nepřítomnost", "jsem mimo kancelář",
    # nl
    "automatisch antwoord", "automatische reactie", "afwezigheidsbericht", "afwezigheidsmelding", "niet aanwezig",
    "automatische antwoord", "afwezig", "automatisch bericht", "niet op kantoor",
    # de
    "automatische antwort", "abwesenheitsnotiz", "abwesenheitsnachricht", "abwesenheitsmeldung", "abwesend",
    "autom. antwort", "automatische abwesenheitsnotiz", "automatische rückmeldung", "nicht im büro", "automatisch generierte antwort",
    "abwesenheitsassistent", "abwesenheit", "autoantwort", "automatische eingangsbestätigung", "eingangsbestätigung",
    # fr
    "réponse automatique", "reponse automatique", "absence du bureau", "absent du bureau", "message d'absence",
    "notification d'absence", "message automatique", "absence", "en congé", "réponse d'absence",
    # es
    "respuesta automática", "respuesta automatica", "fuera de la oficina", "fuera de oficina", "ausente de la oficina",
    "mensaje automático", "contestación automática", "aviso de ausencia", "autorespuesta",
    # pl
    "odpowiedź automatyczna", "automatyczna odpowiedź", "autoodpowiedź", "autoresponder", "poza biurem", "nieobecność",
    "nieobecny", "nieobecna", "informacja o nieobecności", "wiadomość automatyczna", "autoodpowiedz", "jestem poza biurem",
    # ru
    "автоматический ответ", "автоответ", "автоответчик", "вне офиса", "нет на работе", "отсутствие на рабочем месте",
    "я в отпуске", "нет на месте", "отсутствую", "автоматическое уведомление", "сообщение об отсутствии", "автоматическое сообщение",
    # uk
    "автоматична відповідь", "автовідповідь", "автовідповідач", "поза офісом", "відсутність на робочому місці", "відсутній на роботі",
    "я у відпустці", "автоматичне повідомлення", "немає на місці", "поза межами офісу",
    # it, pt, hu, nordic, ro
    "risposta automatica", "fuori sede", "fuori ufficio", "resposta automática", "ausência temporária", "fora do escritório",
    "automatikus válasz", "házon kívül", "autosvar", "automatiskt svar", "automatisk svar", "frånvaro", "automaattinen vastaus",
    "răspuns automat", "fravær",
)  # fmt: skip

BOUNCE = (
    # en
    "undelivered mail returned to sender", "mail delivery failed", "delivery status notification (failure)", "failure notice",
    "undeliverable", "returned mail", "mail delivery failure", "delivery failure", "undelivered mail", "message undeliverable",
    "delivery notification: delivery has failed", "mail system error", "delivery status notification (delay)", "warning: message",
    "delayed mail", "delivery delayed", "non-delivery", "undelivered message", "delivery failed", "message delivery failure",
    "could not deliver", "mail could not be delivered", "your message could not be delivered", "message could not be delivered",
    "delivery report", "rejected:", "message not delivered", "delivery incomplete", "address not found", "message blocked",
    "unable to deliver", "mailbox full", "nondeliverable", "undeliverable mail", "bounce", "mail failure", "delivery problem",
    # cs, sk
    "nedoručitelné", "nedoručitelná", "nedoručená zpráva", "nedoručeno", "zpráva nebyla doručena", "doručení se nezdařilo", "nedoručiteľné",
    "nedoručiteľná", "nedoručená správa", "správa nebola doručená", "oznámení o nedoručení", "oznámenie o nedoručení", "nelze doručit",
    "nepodařilo se doručit", "e-mail se nepodařilo doručit", "vrácená zpráva", "zprávu nebylo možné doručit", "chyba při doručování",
    # nl
    "onbestelbaar", "niet bezorgd", "bezorging mislukt", "niet-bezorgd", "kan niet worden bezorgd", "bericht niet bezorgd", "niet afgeleverd",
    "aflevering mislukt", "bezorgen mislukt",
    # de
    "unzustellbar", "nicht zustellbar", "zustellung fehlgeschlagen", "fehler bei der zustellung", "unzustellbare nachricht",
    "nachricht konnte nicht zugestellt werden", "rückläufer", "zustellfehler", "zustellungsfehler", "nicht zugestellt", "zustellung verzögert",
    # fr
    "non remis", "échec de la remise", "message non remis", "échec de remise", "non distribué", "message non distribué",
    "échec de la distribution", "courrier non distribué", "notification d'état de remise", "non délivré", "échec d'envoi", "retour de courrier",
    # es
    "no se puede entregar", "no entregado", "correo no entregado", "no se pudo entregar", "mensaje no entregado", "error de entrega",
    "notificación de estado de entrega", "mensaje devuelto", "correo devuelto", "fallo en la entrega", "entrega fallida", "imposible entregar",
    # pl
    "niedostarczalne", "niedostarczone", "niedostarczona wiadomość", "nie można dostarczyć", "zwrot wiadomości", "zwrot poczty",
    "wiadomość nie została dostarczona", "nie dostarczono", "niepowodzenie dostarczenia", "błąd dostarczenia", "niedoręczona wiadomość",
    # ru
    "не доставлено", "недоставленное сообщение", "недоставленное письмо", "сообщение не доставлено", "письмо не доставлено",
    "недоставлено", "не удается доставить", "не удалось доставить", "ошибка доставки", "невозможно доставить", "недоставлено:",
    "уведомление о недоставке", "отчет о доставке", "возвращенное письмо", "ваше сообщение не доставлено", "недоставленная почта",
    # uk
    "не вдалося доставити", "недоставлене повідомлення", "недоставлений лист", "не доставлено", "повідомлення не доставлено",
    "лист не доставлено", "помилка доставки", "неможливо доставити", "недоставлено", "не вдається доставити",
    # others
    "mancata consegna", "messaggio non recapitato", "não entregue", "falha na entrega", "kézbesíthetetlen", "olevererbart", "ej levererat",
    "non recapitabile", "nelivrat", "toimitus epäonnistui",
)  # fmt: skip

CHALLENGE = (
    "please confirm your message", "please confirm your email", "confirm your message to", "verification required", "sender verification",
    "please verify your message", "challenge:", "your message requires verification", "action required to deliver", "confirm you sent",
    "your message is awaiting", "message awaiting", "подтвердите отправку", "potvrďte odeslání", "bitte bestätigen sie ihre nachricht",
    "verify your email to", "mail held", "your email requires verification", "please confirm that you sent", "confirmation request for your message",
    "bestätigung ihrer nachricht erforderlich", "bevestig uw bericht", "confirmez votre message", "confirme su mensaje", "potwierdź wysłanie",
    "потвердіть надсилання", "підтвердьте надсилання", "подтверждение отправки", "ověření odesílatele", "overenie odosielateľa",
)  # fmt: skip

RECEIPT = (
    "read:", "gelesen:", "přečteno:", "prečítané:", "lu :", "lu:", "leído:", "przeczytano:", "прочитано:", "gelezen:", "read receipt",
    "return receipt", "lesebestätigung", "potvrzení o přečtení", "potvrdenie o prečítaní", "leesbevestiging", "confirmation de lecture",
    "confirmación de lectura", "potwierdzenie przeczytania", "уведомление о прочтении", "сповіщення про прочитання", "not read:", "accusé de lecture",
    "doručenka", "empfangsbestätigung (angezeigt)", "potvrzení přečtení", "return receipt (displayed)", "acuse de recibo", "ungelesen gelöscht:",
)  # fmt: skip

OPENING = re.compile(r"^[\s\[(*!\"'<«„]*")


def announces(subject: str, phrases: tuple[str, ...]) -> bool:
    """The subject begins with one of these as a heading: alone, or with a colon, a bracket or a dash after it."""
    subject = OPENING.sub("", subject.lower())
    return any(subject.startswith(phrase) and _ends(subject[len(phrase) :], phrase) for phrase in phrases)


def _ends(rest: str, phrase: str) -> bool:
    return phrase.endswith(":") or not rest.strip() or bool(re.match(r"\s?[:\])!*.\"'»“–—-]", rest))


def opens_with(subject: str, phrases: tuple[str, ...]) -> bool:
    return OPENING.sub("", subject.lower()).startswith(phrases)
