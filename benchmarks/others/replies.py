"""Milliseconds a mail that quotequail or zapier's email-reply-parser take, as JSON. Runs beside them."""

import json
import sys
import time
from pathlib import Path

import quotequail
from email_reply_parser import EmailReplyParser


def of_quotequail(text: str) -> str:
    return "\n".join(part for is_shown, part in quotequail.quote(text) if is_shown)


def milliseconds(act, texts: list[str], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        for text in texts:
            act(text)
        taken.append((time.perf_counter() - began) * 1000 / len(texts))
    return min(taken)


texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
rounds, names = int(sys.argv[2]), sys.argv[3:]
acts = {"quotequail": of_quotequail, "zapier": EmailReplyParser.parse_reply}
print(json.dumps({name: milliseconds(acts[name], texts, rounds) for name in names}))
