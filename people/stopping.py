"""Who asks to be written to no more."""

import re
from datetime import datetime
from unicodedata import normalize

from people.models import Person

# Alone in a message, in the ten languages that candidates write in; STOP and START are understood in all of them.
STOP = {
    "stop",
    "unsubscribe", "unsubscribe me", "stop it", "stop emailing me", "stop writing to me",  # en
    "zastavit", "zastavte", "odhlásit", "odhlasit", "nepište mi", "nepiste mi", "už mi nepište", "přestaňte",
    "přestaňte mi psát",  # cs
    "stoppen", "afmelden", "uitschrijven", "niet meer mailen", "niet meer schrijven",  # nl
    "стоп", "остановить", "отписаться", "отписка", "не пишите мне", "не пишите мне больше",
    "больше не пишите мне", "больше мне не пишите",  # ru
    "stopp", "stoppen sie", "abmelden", "austragen", "abbestellen", "nicht mehr schreiben",  # de
    "arrêt", "arret", "arrêter", "arrêtez", "désabonner", "se désabonner", "désinscrire", "désinscription",
    "ne m écrivez plus",  # fr
    "alto", "parar", "pare", "baja", "darme de baja", "darse de baja", "cancelar suscripción",
    "no me escriban más",  # es
    "zatrzymaj", "wypisz", "wypisz mnie", "rezygnuję", "zrezygnuj", "nie pisz", "nie pisać",  # pl
    "zastaviť", "prestaňte", "odhlásiť", "odhlásiť sa", "odhlasit ma", "nepíšte mi", "už mi nepíšte",  # sk
    "зупинити", "відписатися", "відписатись", "відписка", "не пишіть мені", "більше не пишіть мені",  # uk
}  # fmt: skip
START = {
    "start", "začít", "zacit", "pište mi", "beginnen", "старт", "начать", "пишите мне", "starten", "anmelden",
    "commencer", "démarrer", "empezar", "iniciar", "alta", "rozpocznij", "zacznij", "začať", "píšte mi", "почати",
    "розпочати", "пишіть мені",
}  # fmt: skip
POLITE = {
    "please", "pls", "prosím", "prosim", "alstublieft", "aub", "svp", "пожалуйста", "bitte", "por", "favor", "proszę",
    "prosze", "ласка", "будь",
}  # fmt: skip
NO_LETTERS = re.compile(r"[\W_]+")
LONGEST = max(map(len, STOP | START)) + 40


def stop(person: Person, *, at: datetime) -> bool:
    """From now on nobody writes to this person; False when nobody did already."""
    if person.stopped_at is not None:
        return False
    person.stopped_at = at
    person.save(update_fields=["stopped_at"])
    return True


def start(person: Person) -> bool:
    if person.stopped_at is None:
        return False
    person.stopped_at = None
    person.save(update_fields=["stopped_at"])
    return True


def asks_to_stop(text: str) -> bool:
    """STOP, alone in a message."""
    return _word(text) in STOP


def asks_to_start(text: str) -> bool:
    return _word(text) in START


def _word(text: str) -> str:
    """What is asked, without marks and courtesies; empty for a text that says more."""
    if len(text) > LONGEST:
        return ""
    letters = NO_LETTERS.sub(" ", normalize("NFC", text.casefold()))
    return " ".join(word for word in letters.split() if word not in POLITE)
