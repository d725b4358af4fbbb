"""Brings an installation up to date: what a first start and every later one need, and no more.

Each step looks first and leaves alone what is in order, so that running it again costs little.
Progress goes to the standard error; the standard output holds nothing but a first login.
"""

import hashlib
import io
import os
import secrets
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation.reloader import translation_file_changed

from articles.management.connecting import connect_directly
from articles.management.terminal import speaking_to_the_terminal
from articles.models import Article, ImportedDocument, User
from articles.workflow import CHIEF

PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 -- none to be mistaken for another
STEPS = ("messages", "database", "sample", "static", "login")


class Command(BaseCommand):
    help = "Bring messages, database, sample, first login and static files up to date."
    requires_system_checks = []  # they need the tables that this makes

    def add_arguments(self, parser):
        parser.add_argument("--only", nargs="+", choices=STEPS, default=STEPS, metavar="STEP")
        parser.add_argument(
            "--without", nargs="+", action="extend", choices=STEPS, default=[], metavar="STEP"
        )

    def handle(self, *, only, without, **options):
        connect_directly()
        steps = [step for step in STEPS if step in only and step not in without]
        try:
            with translation.override(settings.LANGUAGE_CODE):  # what is stored is the readers'
                for step in steps:
                    getattr(self, f"do_{step}")()
        except (DatabaseError, OSError) as error:
            with speaking_to_the_terminal():
                raise CommandError(refusal(error)) from error

    def say(self, sentence):
        with speaking_to_the_terminal():
            self.stderr.write(str(sentence), style_func=str)  # not in the red of errors

    def do_messages(self):
        for source in stale_messages():
            compile_messages(source)
            # Django has read what was there before; this is how its own reloader forgets that.
            translation_file_changed(sender=None, file_path=source.with_suffix(".mo"))

    def do_database(self):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say(_("Bringing the database up to date."))
            call_command("migrate", interactive=False, verbosity=0)

    def do_sample(self):
        if Article.objects.exists() or ImportedDocument.objects.exists():
            return
        self.say(_("Loading the sample newsroom."))
        with transaction.atomic():  # all of it or, if somebody ends it here, nothing
            call_command("load_sample_newsroom", stdout=io.StringIO())

    def do_static(self):
        if settings.DEBUG:
            return  # served from where they are written
        root = Path(settings.STATIC_ROOT)
        stamp = root.with_name(f"{root.name}.collected")
        wanted = fingerprint_of_static_files()
        if root.is_dir() and stamp.is_file() and stamp.read_text() == wanted:
            return
        self.say(_("Collecting static files."))
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted)

    def do_login(self):
        if chiefs().exists():
            return
        user, password = make_chief()
        with speaking_to_the_terminal():
            self.stdout.write(str(_("The chief editor's login, shown this once:")))
            self.stdout.write("  " + _("User name: %(name)s") % {"name": user.username})
            self.stdout.write("  " + _("Password: %(password)s") % {"password": password})
            self.stdout.write("")


def refusal(error):
    """Return the sentence for a file or a database that cannot be used."""
    database = settings.DATABASES["default"]
    if isinstance(error, OSError):
        return _("%(path)s cannot be read or written: %(reason)s.") % {
            "path": error.filename or settings.BASE_DIR,
            "reason": error.strerror or error,
        }
    if connection.vendor == "sqlite":
        return _("The database file %(name)s cannot be used: %(reason)s.") % {
            "name": database["NAME"],
            "reason": " ".join(str(error).split()),
        }
    return _("The database %(name)s on %(host)s does not answer as it should: %(reason)s") % {
        "name": database["NAME"],
        "host": database["HOST"] or "localhost",
        "reason": " ".join(str(error).split()),
    }


def stale_messages():
    """Return the translation sources (.po) that are newer than what was compiled from them."""
    sources = [po for folder in settings.LOCALE_PATHS for po in Path(folder).glob("*/*/*.po")]
    return [po for po in sources if not _is_compiled(po)]


def _is_compiled(source):
    compiled = source.with_suffix(".mo")
    return compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime


def compile_messages(source):
    """Compile a .po file to the .mo file beside it, which is replaced in one step."""
    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parent.parent.name, domain=source.stem)
    unfinished = source.with_suffix(f".mo.{os.getpid()}")
    with unfinished.open("wb") as file:
        write_mo(file, catalog)
    unfinished.replace(source.with_suffix(".mo"))


def chiefs():
    """Return those who can sign in with every right of the newsroom."""
    able = User.objects.filter(is_active=True, is_staff=True).exclude(password="")
    able = able.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return able.filter(Q(is_superuser=True) | Q(groups__name=CHIEF))


@transaction.atomic
def make_chief():
    """Make a chief editor under a free name; return the user and the password, kept nowhere."""
    taken = set(User.objects.filter(username__startswith=CHIEF).values_list("username", flat=True))
    names = [CHIEF, *(f"{CHIEF}{number}" for number in range(2, len(taken) + 3))]
    name = next(name for name in names if name not in taken)
    password = "-".join(four_letters() for part in range(4))
    user = User.objects.create_user(name, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=CHIEF))
    return user, password


def four_letters():
    return "".join(secrets.choice(PASSWORD_LETTERS) for letter in range(4))


def fingerprint_of_static_files():
    """Return a hash over the name, size and age of every static file, wherever it lies."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{facts.st_size}\0{int(facts.st_mtime)}\n".encode())
    return digest.hexdigest()
