"""format=flowed (RFC 3676): lines that end in a space go on in the next one."""

SIGNATURE = "-- "


def unflow(text: str, *, drop_space: bool = False) -> str:
    paragraphs: list[tuple[str, list[str]]] = []
    is_open = False
    for line in text.split("\n"):
        marks, content = _parted(line)
        if not (is_open and paragraphs[-1][0] == marks and content != SIGNATURE):
            paragraphs.append((marks, []))
        is_open = content.endswith(" ") and content != SIGNATURE
        paragraphs[-1][1].append(content[:-1] if is_open and drop_space else content)
    return "\n".join(_line(marks, "".join(pieces)) for marks, pieces in paragraphs)


def _parted(line: str) -> tuple[str, str]:
    content = line.lstrip(">")
    return line[: len(line) - len(content)], content.removeprefix(" ")


def _line(marks: str, content: str) -> str:
    content = content if content == SIGNATURE else content.rstrip(" ")
    return f"{marks} {content}" if marks else content
