"""Invented people, by language. Any likeness is chance; the addresses end in .example and lead nowhere."""

GIVEN_AND_FAMILY = {
    "cs": (
        "Lenka Tomáš Martina Jakub Veronika Ondřej Hana Filip Barbora Michal Zuzana Vojtěch Alena Radek Simona Matěj",
        "Novotná Procházka Kučerová Veselý Horáková Němec Pokorná Marek Králová Růžička Benešová Fiala Sedláčková Kolář",
    ),
    "nl": (
        "Daan Sanne Bram Lotte Thijs Femke Ruben Maud Jeroen Iris Stijn Noor Pieter Esmee Gijs Anouk Koen Marieke",
        "Visser Bakker Mulder Smit Meijer Bos Vos Peters Hendriks Dekker Brouwer Kuipers Postma Veenstra Hofman",
    ),
    "ru": (
        "Марина Алексей Ольга Дмитрий Наталья Сергей Екатерина Павел Ирина Андрей Юлия Никита Светлана Роман",
        "Петренко Соколов Ким Лебедь Орлов Савченко Белых Черных Ткаченко Шевчук Бондарь Седых Долгих Гончар",
    ),
    "de": (
        "Anna Lukas Miriam Jonas Katrin Felix Sabine Tobias Lena Markus Johanna Stefan Greta Moritz Ulrike Emil",
        "Schuster Weber Brandt Hoffmann Keller Vogel Krüger Lorenz Seidel Winter Baumann Richter Albrecht Sommer",
    ),
    "en": (
        "Aisha Oliver Grace Samuel Priya Connor Zoe Marcus Hannah Declan Imani Theo Niamh Yusuf Clara Adebayo",
        "Rahman Turner Okafor Bennett Sharma Murphy Hughes Clarke Ahmed Foster Osei Walsh Patel Byrne Reid Hall",
    ),
}
