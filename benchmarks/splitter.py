"""Milliseconds a mail that the splitter takes, in a process that loads nothing else, as the others' do."""

import json
import sys
import time
from pathlib import Path

from gateways.email.reply import reply_text


def milliseconds(texts: list[str], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        for text in texts:
            reply_text(text)
        taken.append((time.perf_counter() - began) * 1000 / len(texts))
    return min(taken)


if __name__ == "__main__":
    print(milliseconds(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), int(sys.argv[2])))
