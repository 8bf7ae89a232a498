import re

from recruitchat.local_services.lease import PROJECT


def test_every_variable_that_is_read_is_documented() -> None:
    settings = (PROJECT / "recruitchat" / "settings.py").read_text()
    compose = (PROJECT / "docker-compose.yml").read_text()
    read = {*re.findall(r"env\.\w+\(\s*\"(\w+)\"", settings), *re.findall(r"(?<!\$)\$\{(\w+)", compose)}
    documented = (PROJECT / "docs" / "running.md").read_text()
    assert [name for name in sorted(read) if not re.search(rf"\b{name}\b", documented)] == []
