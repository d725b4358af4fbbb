"""`make run` and `make dev`: sets the newsroom up, serves it, and ends it without a trace."""

import argparse
import http.client
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from bin import address, console, dotenv, readiness
from bin.console import Refusal, choose, say
from bin.supervisor import Ending, Supervisor

TOP = Path(__file__).resolve().parent.parent
PROBE_SECONDS = 1
DEV = {"DEBUG": "true", "DJANGO_RUNSERVER_HIDE_WARNING": "true"}


def main() -> int:
    """Set up, serve until the end, and return the exit status."""
    options = _options()
    os.chdir(TOP)
    place = address.read(os.environ)
    address.refuse_if_unusable(place)
    _refuse_unwritable(TOP)
    dotenv.ensure(TOP / ".env")
    environment = surroundings(place, dev=options.dev)
    login = []
    if not readiness.is_remembered(TOP, readiness.fingerprint(TOP, environment)):
        login = set_up(environment)
        readiness.remember(TOP, readiness.fingerprint(TOP, environment))
    return serve(place, environment, "Procfile.dev" if options.dev else "Procfile", login)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="auto-reload and DEBUG")
    return parser.parse_args()


def _refuse_unwritable(folder: Path) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refusal(
            f"The folder {folder} cannot be written to: give yourself the right to write there,"
            " or clone the project somewhere else.",
            f"无法写入目录 {folder}：请取得写权限，或把项目克隆到别处。",
        )


def surroundings(place: address.Address, *, dev: bool) -> dict[str, str]:
    """Return the environment of everything we start.

    What the person chose, in the environment or in `.env`, wins; where nothing was chosen the
    site's own address follows from HOST and PORT.
    """
    chosen = dotenv.names_in(TOP / ".env") | set(os.environ)
    derived = {
        "SITE_URL": place.url,
        "ALLOWED_HOSTS": ",".join(address.hosts_served(place)),
    }
    host = f"[{place.host}]" if ":" in place.host else place.host
    return {
        **{name: value for name, value in derived.items() if name not in chosen},
        **os.environ,
        **(DEV if dev else {}),
        "HOST": place.host,
        "PORT": str(place.port),
        "LISTEN": f"{host}:{place.port}",
        "PATH": f"{TOP / '.venv' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }


def set_up(environment: Mapping[str, str]) -> list[str]:
    """Bring database and files up to date; return the lines of the first login, if one was made.

    Its progress goes straight to the terminal. Ends the command if it fails, after its sentence.
    """
    login: list[str] = []
    steps = Supervisor(
        {"set_up": ["python", "manage.py", "set_up"]},
        environment=environment,
        say=lambda _name, line: login.append(line),
        stderr=None,
    )
    ending = steps.run()
    if ending.asked or ending.status:
        for line in login:
            say(line)  # a login is kept nowhere else
        sys.exit(console.INTERRUPTED if ending.asked else 1)
    return login


def commands(procfile: Path) -> dict[str, list[str]]:
    """Return the commands that a Procfile names (`name: command`, run by the shell)."""
    lines = procfile.read_text(encoding="utf-8").splitlines()
    named = (line.partition(":") for line in lines if line.strip() and not line.startswith("#"))
    return {name.strip(): ["sh", "-c", command.strip()] for name, _, command in named}


def serve(
    place: address.Address, environment: Mapping[str, str], procfile: str, login: list[str]
) -> int:
    """Run what the Procfile names until it ends; the address is told when it answers."""
    told = Welcome(place, login)
    supervisor = Supervisor(
        commands(TOP / procfile),
        environment=environment,
        say=lambda name, line: say(f"{name:<6} | {line}"),
        tick=told.when_it_answers,
    )
    ending = supervisor.run()
    told.login_at_least()
    if ending.asked:
        say(choose("Newsroom has ended.", "已停止。"))
        return 0
    say(_unexpected(ending))
    return 1


def _unexpected(ending: Ending) -> str:
    return choose(
        f"The {ending.name} process ended by itself (status {ending.status}); "
        "what it said is above. Everything else was ended too.",
        f"{ending.name} 进程自行退出（状态 {ending.status}），原因见上；其余进程也已停止。",
    )


class Welcome:
    """What a person needs to know to begin, told once, when the server really answers."""

    def __init__(self, place: address.Address, login: list[str]):
        self.place = place
        self.login = login
        self.pending = True

    def when_it_answers(self) -> None:
        """Tell, unless told before or nothing answers yet."""
        if self.pending and answers(f"{self.place.url}/healthz/"):
            self.pending = False
            front = choose("Front page", "网站首页")
            desk = choose("Admin", "编辑后台")
            hint = choose("Ctrl-C ends it.", "按 Ctrl-C 停止。")
            lines = [
                "",
                choose("Newsroom is running.", "编辑部已启动。"),
                "",
                f"  {front}  {self.place.url}/",
                f"  {desk}{' ' * (len(front) - len(desk))}  {self.place.url}/admin/",
                "",
                *[f"  {line}".rstrip() for line in self.login],
                hint,
                "",
            ]
            say("\n".join(lines))

    def login_at_least(self) -> None:
        """Tell the login even if the server never answered: it is kept nowhere else."""
        if self.pending and self.login:
            self.pending = False
            say("\n".join(self.login))


def answers(url: str) -> bool:
    """Whether an HTTP server answers there, whatever it says."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), KeepStatus())
    try:
        with opener.open(url, timeout=PROBE_SECONDS):
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, http.client.HTTPException):
        return False


class KeepStatus(urllib.request.HTTPRedirectHandler):
    """Leaves a redirection as it is: it is an answer too."""

    def redirect_request(self, *_args: object) -> None:
        return None


if __name__ == "__main__":
    console.end(main)
