import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One measurement: ours beside what it is held against, in the same unit and the same run."""

    name: str
    ours: float
    against: float
    limit: float
    unit: str
    work: str

    @property
    def ratio(self) -> float:
        return round(self.ours / self.against, 3) if self.against else 0.0

    @property
    def is_over(self) -> bool:
        return self.ratio > self.limit


def as_table(rows: list[Row]) -> str:
    lines = [f"{'':28}{'ours':>12}{'against':>12}{'ratio':>8}{'limit':>8}  unit"]
    for row in rows:
        mark = "  over" if row.is_over else ""
        lines.append(
            f"{row.name:28}{row.ours:12.2f}{row.against:12.2f}{row.ratio:8.2f}{row.limit:8.2f}  {row.unit}{mark}"
        )
    return "\n".join(lines)


def keep(rows: list[Row], path: Path) -> None:
    """Writes the rows, beside those of other names that are there already."""
    before = json.loads(path.read_text()) if path.exists() else []
    names = {row.name for row in rows}
    kept = [row for row in before if row["name"] not in names]
    path.write_text(json.dumps([*kept, *({**asdict(row), "ratio": row.ratio} for row in rows)], indent=2) + "\n")
