import pytest

from people.stopping import asks_to_start, asks_to_stop


@pytest.mark.parametrize(
    "text",
    [
        "STOP", " stop. ", "„Stop“", "Stop!!", "*STOP*", "unsubscribe", "Odhlásit", "afmelden", "СТОП", "Отписаться",
        "STOP 🙏", "Stop, please.", "Nepište mi, prosím!", "Odhla\u0301sit", "Stoppen aub", "Désinscription",
        "Пожалуйста, не пишите мне больше", "Bitte nicht mehr schreiben", "Por favor, no me escriban más",
        "Proszę nie pisać", "Prestaňte", "Відписатись, будь ласка", "Abmelden", "Arrêter", "Darme de  baja",
        "Wypisz mnie", "Odhlásiť", "Відписатися",
    ],
)  # fmt: skip
def test_the_word_alone_stops(text):
    assert asks_to_stop(text)
    assert not asks_to_start(text)


@pytest.mark.parametrize("text", ["Start", "старт", "почати", "začít", "Anmelden", "Démarrer", "Alta", "Rozpocznij"])
def test_the_other_word_alone_starts(text):
    assert asks_to_start(text)
    assert not asks_to_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "please",
        "Please don't stop",
        "Stop writing on Monday",
        "Stop by at noon",
        "Start on Monday?",
        "nonstop",
        "stop" * 99,
    ],
)
def test_a_word_among_others_changes_nothing(text):
    assert not asks_to_stop(text)
    assert not asks_to_start(text)
