"""The shape of a mail's text: a string with one letter a line, so that lines are sought and counted as letters are."""

from gateways.email.marks import Role

BLANK, TEXT, RULE, QUOTE = " ", "t", "-", ">"  # a RULE is text too, and may be a divider or a delimiter besides
ATTRIBUTION, HISTORY, SIGNATURE = "a", "h", "s"
OF_FIRST = {"": BLANK, ">": QUOTE} | dict.fromkeys("-_=*\u2014\u2013", RULE)
INDENTED = {space: "" for space in map(chr, range(0x3001)) if space.isspace()}
AT_FIRST = OF_FIRST | INDENTED  # most lines tell by their first letter; to strip them all takes as long again
OF_ROLE = {Role.HISTORY: HISTORY, Role.SIGNATURE: SIGNATURE}


def shape_of(texts: list[str], roles: list[Role | None] | None = None) -> str:
    """By how each line begins; `roles` are what the HTML says of them, where there is any."""
    letters = [
        (AT_FIRST.get(text[0], TEXT) or OF_FIRST.get(text.lstrip()[:1], TEXT)) if text else BLANK for text in texts
    ]
    if roles:
        letters = [OF_ROLE.get(role, letter) if role else letter for role, letter in zip(roles, letters, strict=True)]
    return "".join(letters)


def may_be_ruled(text: str) -> bool:
    """Whether a line may begin with two marks of a rule. To look for one letter takes a tenth of looking for two."""
    return (
        ("-" in text and "--" in text)
        or ("_" in text and "__" in text)
        or ("=" in text and "==" in text)
        or ("*" in text and "**" in text)
        or "\u2014" in text
    )


def marked(shape: str, begin: int, end: int, letter: str) -> str:
    """The shape with these lines made into what the letter says."""
    return shape[:begin] + letter * (end - begin) + shape[end:]
