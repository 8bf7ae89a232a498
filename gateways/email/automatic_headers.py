"""The headers in which a program says that it wrote the mail: RFC 3834's, and those from before it."""

from gateways.email.headers import Headers

# By how they begin: vacation programs agree on no header, but most on one of these words.
AUTOREPLY_HEADERS = ("X-Autoreply", "X-Auto-Repl", "X-Autorespon", "X-Auto-Respond", "X-Autogen", "X-Vacation")
MACHINE_HEADERS = ("X-Mail-Autoreply", "X-FC-MachineGenerated", "X-List-Administrivia")
# What a program only passed on was written by a person all the same.
PASSED_ON = ("forward", "redirect", "mirror", "group", "auto-forward", "auto-redirect")
PRECEDENCES = ("Precedence", "X-Precedence", "Preference")


def says_so(headers: Headers) -> str:
    """By which header; empty if none does."""
    submitted = _value(headers, "Auto-Submitted")
    if submitted and not submitted.startswith("no"):
        return f"Auto-Submitted: {submitted[:60]}"
    for name in (*MACHINE_HEADERS, *(name for start in AUTOREPLY_HEADERS for name in headers.starting(start))):
        if _value(headers, name) not in ("", "no", "false", "0"):
            return name
    for name in PRECEDENCES:
        if _value(headers, name) in ("auto_reply", "auto-reply", "autoreply"):
            return f"{name}: auto_reply"
    names = ("X-POST-MessageClass", "Delivered-To")
    return next((name for name in names if _value(headers, name).endswith("autoresponder")), "")


def _value(headers: Headers, name: str) -> str:
    value = headers.get(name).strip().lower()
    return "" if value.startswith(PASSED_ON) else value
