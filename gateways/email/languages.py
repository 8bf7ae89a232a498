"""What mail programs write around a quote, in the languages they are set to. Lower case throughout."""

from typing import NamedTuple


class Language(NamedTuple):
    """Labels of a header block; the verb of an attribution and how one opens; words of dividers; the footers of
    phones and apps, up to where the name of the device or program begins."""

    sender: str
    sent: str
    to: str
    cc: str
    subject: str
    wrote: str
    opens: str
    original: str
    forwarded: str
    sent_from: str


LANGUAGES = {
    "en": Language(
        sender="from",
        sent="sent|date|sent on",
        to="to",
        cc="cc|bcc|reply-to|importance|attachments",
        subject="subject",
        wrote="wrote|writes|has written",
        opens="on|at",
        original="original message|original email|original mail|reply message|original appointment",
        forwarded="forwarded message|forwarded email|begin forwarded message|forwarded by",
        sent_from="sent from|sent via|sent with|sent by|get outlook for|download outlook|sent using",
    ),
    "cs": Language(
        sender="od|odesílatel",
        sent="odesláno|datum|posláno",
        to="komu|pro",
        cc="kopie|skrytá|kopie komu|přílohy|odpovědět komu|důležitost",
        subject="předmět|věc",
        wrote="napsal|napsala|napsal(a)|napsal/a|píše",
        opens="dne|v|po|út|st|čt|pá|so|ne",
        original="původní zpráva|původní e-mail|původní email|původní mail|odpověď",
        forwarded="přeposlaná zpráva|přeposílaná zpráva|začátek přeposílané zprávy|přeposlaný e-mail",
        sent_from="odesláno z|odesláno ze|odesláno pomocí|posláno z|poslal jsem z|získat outlook pro|získejte outlook pro"
        "|z mého|napsáno na|stáhnout outlook pro",
    ),
    "sk": Language(
        sender="od|odosielateľ",
        sent="odoslané|dátum|poslané",
        to="komu|pre",
        cc="kópia|skrytá kópia|kópia pre|prílohy",
        subject="predmet|vec",
        wrote="napísal|napísala|napísal(a)|napísal/a|píše",
        opens="dňa|dne|po|ut|st|št|pi|so|ne",
        original="pôvodná správa|pôvodný e-mail|pôvodný email|pôvodný mail",
        forwarded="preposlaná správa|začiatok preposlanej správy|preposielaná správa|odovzdaná správa",
        sent_from="odoslané z|odoslané zo|odoslané pomocou|poslané z|získajte outlook pre|získať outlook pre",
    ),
    "nl": Language(
        sender="van|afzender",
        sent="verzonden|datum|verstuurd|verzonden op",
        to="aan",
        cc="cc|bcc|bijlagen|kopie",
        subject="onderwerp|betreft",
        wrote="schreef|heeft geschreven|schrijft|het volgende geschreven",
        opens="op",
        original="oorspronkelijk bericht|origineel bericht|oorspronkelijke e-mail|oorspronkelijk e-mailbericht",
        forwarded="doorgestuurd bericht|begin doorgestuurd bericht|doorgestuurde bericht|doorgestuurde e-mail",
        sent_from="verzonden vanaf|verzonden vanuit|verstuurd vanaf|verstuurd met|verstuurd vanuit|verzonden met"
        "|verzonden via|outlook voor|download outlook voor|ontvang outlook voor|outlook downloaden voor",
    ),
    "de": Language(
        sender="von|absender",
        sent="gesendet|datum|gesendet am",
        to="an",
        cc="cc|bcc|kopie|anlagen|antwort an|wichtigkeit",
        subject="betreff",
        wrote="schrieb|hat geschrieben|schreibt|schrieben|folgendes geschrieben",
        opens="am|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag",
        original="ursprüngliche nachricht|originalnachricht|original-nachricht|ursprüngliche e-mail|urspr. nachricht",
        forwarded="weitergeleitete nachricht|anfang der weitergeleiteten nachricht|weitergeleitete e-mail",
        sent_from="von meinem|von meiner|gesendet von|gesendet mit|gesendet über|gesendet aus|outlook für|holen sie sich outlook"
        "|diese nachricht wurde von meinem|laden sie outlook|diese nachricht wurde mit",
    ),
    "fr": Language(
        sender="de|expéditeur",
        sent="envoyé|date|envoyé le",
        to="à|a|pour",
        cc="cc|cci|copie|copie à|pièces jointes|répondre à",
        subject="objet|sujet",
        wrote="a écrit|écrivait|écrit",
        opens="le",
        original="message d'origine|message original|mail original|e-mail d'origine|courriel original|message initial",
        forwarded="message transféré|début du message transféré|message réexpédié|forwarded message|début du message réexpédié",
        sent_from="envoyé de|envoyé depuis|envoyé à partir|envoyé avec|envoyé par|télécharger outlook|obtenez outlook"
        "|obtenir outlook|provenance : courrier|provenance|envoyée depuis",
    ),
    "es": Language(
        sender="de|remitente",
        sent="enviado|fecha|enviado el",
        to="para|a",
        cc="cc|cco|copia|datos adjuntos|responder a",
        subject="asunto",
        wrote="escribió|escribio|ha escrito|escribe",
        opens="el",
        original="mensaje original|correo original|mensaje de origen",
        forwarded="mensaje reenviado|inicio del mensaje reenviado|correo reenviado|forwarded message",
        sent_from="enviado desde|enviado con|enviado por|obtener outlook|obtén outlook|descargar outlook|consigue outlook",
    ),
    "pl": Language(
        sender="od|nadawca",
        sent="wysłano|data|wysłane|data wysłania",
        to="do",
        cc="dw|udw|kopia|załączniki|do wiadomości",
        subject="temat",
        wrote="napisał|napisała|napisał(a)|napisał/a|pisze|napisał(-a)|użytkownik napisał",
        opens="w dniu|dnia|pon.|wt.|śr.|czw.|pt.|sob.|niedz.",
        original="wiadomość oryginalna|oryginalna wiadomość|wiadomość pierwotna|pierwotna wiadomość|treść oryginalnej wiadomości"
        "|oryginalny e-mail",
        forwarded="przekazana wiadomość|wiadomość przekazana|początek przekazywanej wiadomości|treść przekazanej wiadomości"
        "|początek wiadomości przekazanej dalej|forwarded message",
        sent_from="wysłane z|wysłano z|wysłano ze|wysłane przy|pobierz outlook|pobierz program outlook|uzyskaj outlook"
        "|uzyskaj program outlook|wysłane za",
    ),
    "ru": Language(
        sender="от|от кого|отправитель",
        sent="отправлено|дата|отправлен",
        to="кому",
        cc="копия|скрытая копия|вложения|ответить",
        subject="тема",
        wrote="написал|написала|написал(а)|пишет|писал|писал(а)|написали|пишете|писала",
        opens="пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|в",
        original="исходное сообщение|оригинальное сообщение|первоначальное сообщение|исходное письмо",
        forwarded="пересылаемое сообщение|пересланное сообщение|перенаправленное сообщение|начало переадресованного сообщения"
        "|переадресованное сообщение|пересылаемое письмо|начало пересланного сообщения|пересланное письмо",
        sent_from="отправлено с|отправлено из|отправлено от|отправлено через|отправлено при|скачать outlook для"
        "|получить outlook для|послано с|с уважением, отправлено",
    ),
    "uk": Language(
        sender="від|від кого|відправник",
        sent="надіслано|дата|відправлено",
        to="кому|до",
        cc="копія|прихована копія|вкладення",
        subject="тема",
        wrote="написав|написала|написав(ла)|написав(-ла)|пише|писав|написав (-ла)|писала|написав(а)",
        opens="пн|вт|ср|чт|пт|сб|нд|понеділок|вівторок|середа|четвер|п’ятниця|субота|неділя|у",
        original="вихідне повідомлення|початкове повідомлення|оригінальне повідомлення|оригінал повідомлення|початковий лист",
        forwarded="переслане повідомлення|початок переадресованого повідомлення|пересилане повідомлення|переадресоване повідомлення"
        "|початок пересланого повідомлення",
        sent_from="надіслано з|надіслано із|надіслано через|відправлено з|відправлено із|отримати outlook для|надіслано за"
        "|завантажити outlook для",
    ),
    "it": Language(
        sender="da|mittente",
        sent="inviato|data",
        to="a",
        cc="cc|ccn|allegati",
        subject="oggetto",
        wrote="ha scritto|scrive|scrisse",
        opens="il|in data",
        original="messaggio originale|messaggio originario",
        forwarded="messaggio inoltrato|inizio messaggio inoltrato|forwarded message",
        sent_from="inviato da|inviato dal|ottieni outlook|scarica outlook",
    ),
    "pt": Language(
        sender="de",
        sent="enviado|data|enviada em",
        to="para",
        cc="cc|cco|anexos",
        subject="assunto",
        wrote="escreveu|escreve",
        opens="em|a|no dia",
        original="mensagem original",
        forwarded="mensagem encaminhada|início da mensagem encaminhada|forwarded message",
        sent_from="enviado do|enviado de|enviado a partir|obter o outlook|obtenha o outlook",
    ),
    "nordic": Language(
        sender="från|fra|lähettäjä",
        sent="skickat|sendt|dato|datum|lähetetty|päivämäärä",
        to="till|til|vastaanottaja",
        cc="kopia|kopi|kopio",
        subject="ämne|emne|aihe",
        wrote="skrev|kirjoitti",
        opens="den|ons|tor|tors|fre|man|mån|tis|tir",
        original="ursprungligt meddelande|originalmeddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti",
        forwarded="vidarebefordrat meddelande|videresendt meddelelse|videresendt melding|välitetty viesti",
        sent_from="skickat från|sendt fra|lähetetty|hämta outlook|hent outlook",
    ),
    "hu": Language(
        sender="feladó|küldő",
        sent="elküldve|dátum|küldve",
        to="címzett",
        cc="másolat|másolatot kap",
        subject="tárgy",
        wrote="ezt írta|írta|a következőt írta",
        opens="",
        original="eredeti üzenet|eredeti levél",
        forwarded="továbbított üzenet|továbbított levél",
        sent_from="küldve az|elküldve a|iphone-omról küldve",
    ),
    "ro": Language(
        sender="de la|from",
        sent="trimis|data",
        to="către|catre",
        cc="cc",
        subject="subiect|subiectul",
        wrote="a scris",
        opens="în|pe data de|la",
        original="mesaj original|mesajul original",
        forwarded="mesaj redirecționat|mesaj retrimis",
        sent_from="trimis de pe|trimis din|obțineți outlook",
    ),
}


def words(field: str) -> set[str]:
    """All languages' words for one thing: a mail may be written in one and its program set to another."""
    return {word for language in LANGUAGES.values() for word in getattr(language, field).split("|") if word}
