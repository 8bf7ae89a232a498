"""What ours is held against in the benchmarks of mail, in an environment of its own: none of it is a dependency."""

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
REQUIREMENTS = FOLDER / "requirements.txt"


def run(script: str, *arguments: str, **environment: str) -> str:
    """What the script printed, run beside django-helpdesk, zapier's email-reply-parser and quotequail."""
    command = [str(_python()), str(FOLDER / f"{script}.py"), *arguments]
    done = subprocess.run(command, env=os.environ | environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def _python() -> Path:
    folder = Path(os.environ["DATA_DIR"]).resolve() / "others"
    python, stamp = folder / "bin" / "python", folder / "made-of"
    if not stamp.exists() or stamp.read_text() != REQUIREMENTS.read_text():
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)], check=True)
        install = ["pip", "install", "--quiet", "--no-config", "--python", str(python), "-r", str(REQUIREMENTS)]
        subprocess.run([*uv, *install], check=True)
        stamp.write_text(REQUIREMENTS.read_text())
    return python
