"""The splitter beside quotequail's and zapier's, on the texts of the same mails."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

from benchmarks import others
from benchmarks.results import Row
from benchmarks.timing import milliseconds
from gateways.email.reading import read
from gateways.email.reply import reply_text as said_in

MAILS = Path(__file__).parents[1] / "tests" / "mail"
NAMES = ("quotequail", "zapier")
TURNS, ROUNDS = 12, 5  # ours and the faster one in turn; the quickest round counts, which the machine disturbed least
LIMIT = 0.5
MOST = 50.0  # milliseconds
LARGE = [
    "a word ", ">\n", "> a\nb\n", "a:\n", "--\n", "-", " ", "\n", "a@", "From: a\n", "wrote: ", "On 1.1.2026 10:00 x\n",
    "Sent from my iPhone\n", "On 1.1.2026 10:00 a@b.example wrote:\n", "Sent: 1.1.2026 10:00\nTo: b@c.example\n", "*", "_",
]  # fmt: skip


def reply_text() -> list[Row]:
    texts = [read(path.read_bytes()).text for path in sorted(MAILS.glob("*.eml"))]
    with NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(texts, file)
        file.flush()
        theirs = _theirs(file.name, 1, *NAMES)
        fastest = min(theirs, key=lambda name: theirs[name])
        turns = [(_theirs(file.name, ROUNDS, fastest)[fastest], _ours(file.name)) for _ in range(TURNS)]
    against = min(theirs for theirs, _ours in turns)
    work = f"{len(texts)} mails' texts, beside {fastest} ({against:.3f} ms; {_others(theirs, fastest)})"
    return [
        Row("reply-text", min(ours for _theirs, ours in turns), against, LIMIT, "ms a mail", work),
        Row(
            "reply-text/200-kB",
            max(map(_of_a_large_one, LARGE)),
            1,
            MOST,
            "ms",
            "the slowest of hostile texts of 200 kB",
        ),
    ]


def _of_a_large_one(piece: str) -> float:
    text = piece * (200_000 // len(piece))
    return min(milliseconds(lambda: said_in(text), times=3, warm=1))


def _others(theirs: dict[str, float], fastest: str) -> str:
    return ", ".join(f"{name} {taken:.3f} ms" for name, taken in theirs.items() if name != fastest)


def _theirs(texts: str, rounds: int, *names: str) -> dict[str, float]:
    told: dict[str, float] = json.loads(others.run("replies", texts, str(rounds), *names))
    return told


def _ours(texts: str) -> float:
    command = [sys.executable, "-m", "benchmarks.splitter", texts, str(ROUNDS)]
    return float(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
