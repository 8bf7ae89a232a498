"""Whether a mail calls its reader by name, which no machine knows."""

import re

GREETING = (
    r"hi|hello|hey|dear|good (?:day|morning|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?"
    r"|sehr geehrte[rs]?|moin|servus|grüezi|hoi|dag|beste|geachte|goede(?:ndag|morgen|middag|navond)|bonjour|bonsoir"
    r"|salut|chère?|hola|estimad[oa]|querid[oa]|buen(?:os|as) (?:días|tardes)|dobrý (?:den|deň)|ahoj|zdravím|milá|milý"
    r"|vážen[ýá]|dzień dobry|witam|cześć|szanown\w+|vážení|milí|drodzy|drazí|здравствуйте"
    r"|добрый (?:день|вечер)|привет|уважаем\w+|доброго дня"
    r"|добрий день|вітаю|привіт|шановн\w+"
)
TITLE = (
    r"mr|mrs|ms|dr|prof|frau|herrn?|mevrouw|meneer|madame|monsieur|mme|señora?|sra?|don|doña|pane?|paní|pani|pán|panie"
    r"|пан[іе]?"
)
NAME = re.compile(rf"\W*(?i:{GREETING}),?(?: (?i:{TITLE})\.?)*,? (?P<name>[A-ZÀ-ŽА-ЯЄІЇҐ][\w'’-]+)(?=[,.!:;\n–—-])")
NOBODY_BY_NAME = re.compile(
    r"(?i)(?:państw|klien|client|kund|kontrahen|partner|damen|herren|sirs?$|madam$|mesdames|messieurs|señor(?:es|as)|all$"
    r"|everyone|there$|team|absender|sender|collega|kolle|koleg|klant|relatie|sollicitant|bewerber|candidat"
    r"|kandid|interess|позивач|колег|клиент|клієнт|партн|коллег|друз|zákazn|uchaz|uchádz|přátel|priate|welt|world)"
)
SAYS_THAT = "że|že|dass|daß|dat|que|that|что|що|kter|ktor|któr|котор"  # after a verb with which a sentence begins
CALLED = re.compile(rf"[A-ZÀ-ŽА-ЯЄІЇҐ][\w'’]{{2,}}(?: [A-ZÀ-ŽА-ЯЄІЇҐ][\w'’]{{2,}})?,\s(?!(?:{SAYS_THAT})\w*\s)(?=\w)")
NO_NAMES = re.compile(
    rf"(?i)(?:{GREETING}|ahojte|witajcie|bonjour|coucou|thanks|thank|danke|merci|gracias|děkuji|díky|ďakujem|dzięk\w+"
    r"|спасибо|дякую|dank|bedankt|unfortunately|leider|helaas|bohužel|žiaľ|niestety|désolée?|sorry|please|bitte|prosím"
    r"|currently|note|achtung|attention|pozor|uwaga|внимание|увага|yes|no|коллеги|друзья|друзі|колеги|вітаємо|friends)\b"
)


def names_reader(said: str) -> bool:
    """`said` as it was written: names are told by their capital."""
    if greeted := NAME.match(said):
        return not NOBODY_BY_NAME.match(greeted["name"])
    return bool(CALLED.match(said)) and not NO_NAMES.match(said)
