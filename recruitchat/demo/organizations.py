"""The two organizations of the demo: who works there, and what people can apply to."""

from dataclasses import dataclass

from accounts.models import Role


@dataclass(frozen=True)
class Colleague:
    name: str
    role: str = Role.RECRUITER

    def email(self, domain: str) -> str:
        import unicodedata

        first = self.name.split()[0].lower()
        return f"{unicodedata.normalize('NFKD', first).encode('ascii', 'ignore').decode()}@{domain}"


@dataclass(frozen=True)
class Vacancy:
    name: str
    slug: str
    language: str
    languages: str
    description: str
    rotate_over: str = "everyone"


@dataclass(frozen=True)
class Plan:
    name: str
    slug: str
    domain: str
    time_zone: str
    language: str
    colleagues: tuple[Colleague, ...]
    vacancies: tuple[Vacancy, ...]
    sources: tuple[str, ...]


PLANS = (
    Plan(
        name="Northwind Talent",
        slug="northwind",
        domain="northwind.example",
        time_zone="Europe/Prague",
        language="en",
        colleagues=(
            Colleague("Jana Dvořáková"),
            Colleague("Petr Svoboda"),
            Colleague("Anouk Jansen"),
            Colleague("Milan Horák"),
            Colleague("Sofia Rossi", Role.SUPERVISOR),
            Colleague("Adam Novák", Role.ADMIN),
        ),
        vacancies=(
            Vacancy(
                "Support agents, Brno",
                "support-agents-brno",
                "cs",
                "cs cs cs en ru",
                "Pomáháte zákazníkům po telefonu a písemně, ve směnách, v týmu dvanácti lidí v centru Brna.",
            ),
            Vacancy(
                "Team lead, Utrecht",
                "team-lead-utrecht",
                "nl",
                "nl nl en",
                "Je leidt een team van tien mensen op kantoor in Utrecht, met veel vrijheid.",
                "available",
            ),
            Vacancy(
                "Warehouse, Kazan",
                "warehouse-kazan",
                "ru",
                "ru ru en",
                "Приём и отгрузка товара на новом складе, график два через два.",
            ),
        ),
        sources=("Jobs.example", "Referral", "WhatsApp advert", "Own website"),
    ),
    Plan(
        name="Harbour Staffing",
        slug="harbour",
        domain="harbour.example",
        time_zone="Europe/Berlin",
        language="en",
        colleagues=(
            Colleague("Miriam Keller"),
            Colleague("Jonas Brandt"),
            Colleague("Sanne Bakker"),
            Colleague("Grace Okafor"),
            Colleague("Henrik Lorenz", Role.SUPERVISOR),
            Colleague("Ulrike Sommer", Role.ADMIN),
        ),
        vacancies=(
            Vacancy(
                "Dock workers, Hamburg",
                "dock-workers-hamburg",
                "de",
                "de de de en",
                "Sie be- und entladen Containerschiffe im Drei-Schicht-Betrieb, Schulung inklusive.",
            ),
            Vacancy(
                "Planner, Rotterdam",
                "planner-rotterdam",
                "nl",
                "nl nl de en",
                "Je plant vrachtwagens en schepen in een team van acht planners.",
                "available",
            ),
            Vacancy(
                "Drivers, Bremen",
                "drivers-bremen",
                "de",
                "de de en ru",
                "Regionale Touren mit modernen Lkw, jeden Abend zu Hause.",
            ),
        ),
        sources=("Hafenjobs.example", "Referral", "Job fair", "Own website"),
    ),
)
