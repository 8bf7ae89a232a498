"""What people say, by language: how candidates begin, what recruiters ask, what they answer, how it ends."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    openings: tuple[str, ...]
    questions: tuple[str, ...]
    answers: tuple[str, ...]
    proposals: tuple[str, ...]
    agreements: tuple[str, ...]
    declines: tuple[str, ...]
    thanks: tuple[str, ...]


TALK = {
    "en": Talk(
        openings=(
            "Hello, I saw the vacancy and would like to apply. I have worked in a similar job for four years.",
            "Good morning. Is the position still open? I attach my CV.",
            "Hi, I am looking for a change and this sounds like me. When could we talk?",
            "Hello, I live nearby and could start at short notice. Is part time possible too?",
        ),
        questions=(
            "Good morning {name}, thank you for applying. Two short questions: when could you start, and is shift "
            "work all right for you?",
            "Hello {name}, glad you wrote. What did you enjoy most in your last job?",
            "Thank you, {name}. How far do you live from the site, and do you have a driving licence?",
        ),
        answers=(
            "I could start on the first of next month. Shifts are fine, I did them for three years.",
            "I liked working with people most. I can start after two weeks' notice.",
            "About twenty minutes by bus. I have a licence and a car.",
        ),
        proposals=(
            "That fits well. Could we talk on Thursday at ten?",
            "Great. Would a short call tomorrow afternoon suit you?",
        ),
        agreements=(
            "Yes, that works for me. Should I bring my certificates?",
            "Perfect, you can reach me on my mobile.",
            "Fine with me. Who will I be talking to?",
        ),
        declines=(
            "Thank you, but I have taken another offer in the meantime.",
            "I am sorry, the pay is below what I earn now.",
        ),
        thanks=(
            "Thank you, I will pass it on to the hiring manager.",
            "Thank you for your time, you will hear from us.",
        ),
    ),
    "cs": Talk(
        openings=(
            "Dobrý den, mám zájem o tuto pozici. V podobné práci mám čtyři roky praxe.",
            "Dobrý den, je místo ještě volné? V příloze posílám životopis.",
            "Dobrý den, hledám změnu a nabídka mě zaujala. Kdy bychom si mohli zavolat?",
            "Zdravím, bydlím kousek odtud a mohl bych nastoupit skoro hned. Šlo by to i na zkrácený úvazek?",
        ),
        questions=(
            "Dobrý den, {name}, děkujeme za zájem. Dvě krátké otázky: kdy byste mohli nastoupit a vyhovují vám směny?",
            "Dobrý den, {name}, jsme rádi, že píšete. Co vás v poslední práci nejvíc bavilo?",
            "Děkuji, {name}. Jak daleko to k nám máte a máte řidičský průkaz?",
        ),
        answers=(
            "Nastoupit můžu od prvního. Směny mi nevadí, dělala jsem je tři roky.",
            "Nejvíc mě bavila práce s lidmi. Mám čtrnáctidenní výpovědní lhůtu.",
            "Asi dvacet minut autobusem. Řidičák i auto mám.",
        ),
        proposals=(
            "To se hodí. Mohli bychom si zavolat ve čtvrtek v deset?",
            "Výborně. Hodil by se krátký hovor zítra odpoledne?",
        ),
        agreements=(
            "Ano, to mi vyhovuje. Mám si vzít s sebou certifikáty?",
            "Výborně, jsem na mobilu.",
            "Souhlasím. S kým budu mluvit?",
        ),
        declines=("Děkuji, ale mezitím jsem přijal jinou nabídku.", "Bohužel je mzda nižší, než mám teď."),
        thanks=("Děkuji, předám to vedoucímu náboru.", "Děkujeme za váš čas, ozveme se vám."),
    ),
    "nl": Talk(
        openings=(
            "Goedemorgen, ik zag de vacature en wil graag solliciteren. Ik heb vier jaar ervaring in vergelijkbaar werk.",
            "Hallo, is de functie nog vrij? Mijn cv zit erbij.",
            "Dag, ik zoek een nieuwe uitdaging en dit spreekt me aan. Wanneer kunnen we bellen?",
            "Is de functie ook parttime mogelijk? Ik woon om de hoek.",
        ),
        questions=(
            "Goedemorgen {name}, bedankt voor je sollicitatie. Twee korte vragen: wanneer kun je beginnen, en zijn "
            "ploegendiensten een probleem?",
            "Hallo {name}, fijn dat je schrijft. Wat vond je het leukst aan je laatste baan?",
            "Dank je, {name}. Hoe ver woon je van de locatie, en heb je een rijbewijs?",
        ),
        answers=(
            "Ik kan per de eerste beginnen. Ploegendienst is prima, dat deed ik drie jaar.",
            "Het contact met mensen vond ik het leukst. Mijn opzegtermijn is twee weken.",
            "Ongeveer twintig minuten met de bus. Rijbewijs en auto heb ik.",
        ),
        proposals=(
            "Dat past goed. Zullen we donderdag om tien uur bellen?",
            "Mooi. Schikt een kort gesprek morgenmiddag?",
        ),
        agreements=(
            "Ja, dat komt goed uit. Moet ik mijn diploma's meenemen?",
            "Prima, ik ben mobiel bereikbaar.",
            "Goed. Wie spreek ik dan?",
        ),
        declines=(
            "Bedankt, maar ik heb intussen een ander aanbod aangenomen.",
            "Helaas ligt het loon lager dan wat ik nu verdien.",
        ),
        thanks=("Dank je, ik geef het door aan de manager.", "Bedankt voor je tijd, je hoort van ons."),
    ),
    "ru": Talk(
        openings=(
            "Здравствуйте! Хочу откликнуться на вакансию. Опыт похожей работы четыре года.",
            "Добрый день. Место ещё свободно? Отправляю резюме.",
            "Здравствуйте, ищу новую работу, ваше предложение мне подходит. Когда можно поговорить?",
            "Здравствуйте! Живу рядом, могу выйти почти сразу. Возможна ли неполная занятость?",
        ),
        questions=(
            "Здравствуйте, {name}! Спасибо за отклик. Два коротких вопроса: когда вы могли бы начать и подходит ли вам "
            "сменный график?",
            "Добрый день, {name}! Что вам больше всего нравилось на последней работе?",
            "Спасибо, {name}. Далеко ли вы живёте от склада и есть ли у вас права?",
        ),
        answers=(
            "Могу начать с первого числа. Смены подходят, работал так три года.",
            "Больше всего нравилось работать с людьми. Отработка две недели.",
            "Минут двадцать на автобусе. Права и машина есть.",
        ),
        proposals=(
            "Это нам подходит. Можем созвониться в четверг в десять?",
            "Отлично. Удобно ли вам завтра после обеда?",
        ),
        agreements=(
            "Да, мне удобно. Взять с собой документы?",
            "Хорошо, звоните на мобильный.",
            "Согласна. С кем я буду говорить?",
        ),
        declines=("Спасибо, но я уже принял другое предложение.", "К сожалению, зарплата ниже моей нынешней."),
        thanks=("Спасибо, передам руководителю.", "Спасибо за ваше время, мы вам напишем."),
    ),
    "de": Talk(
        openings=(
            "Guten Tag, ich möchte mich auf die Stelle bewerben. Ich habe vier Jahre Erfahrung in ähnlicher Arbeit.",
            "Guten Morgen, ist die Stelle noch frei? Mein Lebenslauf liegt bei.",
            "Hallo, ich suche eine Veränderung, und das klingt nach mir. Wann könnten wir telefonieren?",
            "Hallo, ich wohne in der Nähe und könnte kurzfristig anfangen. Ginge auch Teilzeit?",
        ),
        questions=(
            "Guten Morgen {name}, vielen Dank für Ihre Bewerbung. Zwei kurze Fragen: Wann könnten Sie anfangen, und passt "
            "Ihnen Schichtarbeit?",
            "Guten Tag {name}, schön, dass Sie schreiben. Was hat Ihnen an Ihrer letzten Arbeit am besten gefallen?",
            "Danke, {name}. Wie weit wohnen Sie vom Standort, und haben Sie einen Führerschein?",
        ),
        answers=(
            "Ich könnte zum Ersten anfangen. Schichten sind in Ordnung, das habe ich drei Jahre gemacht.",
            "Am liebsten habe ich mit Menschen gearbeitet. Meine Kündigungsfrist beträgt zwei Wochen.",
            "Etwa zwanzig Minuten mit dem Bus. Führerschein und Auto habe ich.",
        ),
        proposals=(
            "Das passt gut. Könnten wir am Donnerstag um zehn sprechen?",
            "Sehr gut. Würde morgen Nachmittag ein kurzes Gespräch passen?",
        ),
        agreements=(
            "Ja, das passt mir. Soll ich meine Zeugnisse mitbringen?",
            "Gern, ich bin mobil erreichbar.",
            "In Ordnung. Mit wem spreche ich dann?",
        ),
        declines=(
            "Danke, aber ich habe inzwischen ein anderes Angebot angenommen.",
            "Leider liegt der Lohn unter meinem jetzigen.",
        ),
        thanks=("Danke, ich gebe es an die Einsatzleitung weiter.", "Danke für Ihre Zeit, Sie hören von uns."),
    ),
}
NOTES = (
    "Strong CV. Ask about German, the client wants B1.",
    "Call back after 17:00, works night shifts now.",
    "Friendly on the phone, a little unsure about weekends.",
    "Former colleague of somebody on the team, good reference.",
    "Salary wish is at the upper end, still fine.",
)
DELIVERY_NOTES = {
    "qualified": "Can start on the first, three years of shift work, lives twenty minutes away.",
    "review": "Good profile, but no shift experience. Worth a second look by the team lead.",
    "not_qualified": "Friendly, but it won't work for this place.",
    "not_interested": "Asked to be kept in mind for later.",
    "spam": "Advertises a loan, no application.",
    "other": "Wrote about an invoice; passed on to the office.",
}
SPAM = "Congratulations! You have been selected for a business loan of 500.000 USD. Reply with your bank details."
