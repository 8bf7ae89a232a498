"""Who asks to be written to no more."""

from datetime import datetime

from people.models import Person

# Alone in a message, in the ten languages that candidates write in; STOP and START are understood in all of them.
STOP = {
    "stop",
    "unsubscribe", "stop it", "stop please",  # en
    "zastavit", "zastavte", "odhlásit", "odhlasit", "nepište mi", "nepiste mi", "přestaňte",  # cs
    "stoppen", "afmelden", "uitschrijven", "niet meer mailen",  # nl
    "стоп", "остановить", "отписаться", "отписка", "не пишите мне",  # ru
    "stopp", "stoppen sie", "abmelden", "austragen", "abbestellen",  # de
    "arrêt", "arret", "arrêter", "arrêtez", "désabonner", "désinscrire",  # fr
    "alto", "parar", "pare", "baja", "darme de baja", "cancelar suscripción",  # es
    "zatrzymaj", "wypisz", "wypisz mnie", "rezygnuję", "nie pisz",  # pl
    "zastaviť", "zastavit prosím", "odhlásiť", "odhlasit ma", "nepíšte mi",  # sk
    "зупинити", "відписатися", "відписка", "не пишіть мені",  # uk
}  # fmt: skip
START = {
    "start", "začít", "zacit", "pište mi", "beginnen", "старт", "начать", "пишите мне", "starten", "anmelden",
    "commencer", "démarrer", "empezar", "iniciar", "alta", "rozpocznij", "zacznij", "začať", "píšte mi", "почати",
    "розпочати", "пишіть мені",
}  # fmt: skip
AROUND = " \t\r\n.!?,;:„“”‚‘’\"'«»()[]*_-–—"
LONGEST = max(map(len, STOP | START)) + 20


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
    return " ".join(text.strip(AROUND).casefold().split()) if len(text) < LONGEST else ""
