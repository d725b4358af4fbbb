"""The readers' stylesheet: many files to write, one to fetch, and small."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from django.forms.utils import ErrorList

from articles.body.picture_classes import FOCUS_STEPS, IN_BODY, focus_classes
from articles.body.vocabulary import CAPTION_CLASSES, CODE_CLASSES, DIV_CLASSES, FIGURE_CLASSES
from articles.images import recipes
from articles.reader.stylesheets import JoinedStylesheet, in_layer
from tests.reader.test_markup import OWN

MOST_BYTES = 14 * 1024


class JoiningStorage(JoinedStylesheet, ManifestStaticFilesStorage):
    """Joined and hashed."""

    manifest_strict = False


@pytest.fixture
def sheet(settings):
    """What a browser gets as the stylesheet after `collectstatic`."""
    name = f"{__name__}.{JoiningStorage.__qualname__}"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": name}}
    call_command("collectstatic", interactive=False, verbosity=0)
    (found,) = (settings.STATIC_ROOT / "newsroom" / "css").glob("site.????????????.css")
    return found.read_text("utf-8")


def test_the_collected_stylesheet_imports_nothing(sheet):
    assert "@import" not in sheet
    assert ".card__headline" in sheet
    assert "@media print" in sheet


def test_the_order_of_the_layers_is_said_first(sheet):
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL).strip()

    assert rules.startswith("@layer reset, base, layout, components, utilities;")


def test_all_of_it_is_small(sheet):
    assert len(gzip.compress(sheet.encode())) < MOST_BYTES


def test_collecting_again_follows_a_change(sheet, settings):
    collected = settings.STATIC_ROOT / "newsroom" / "css" / "site.css"
    collected.write_text("stale")

    call_command("collectstatic", interactive=False, verbosity=0)

    assert collected.read_text("utf-8").count("@layer") > 1


@pytest.mark.parametrize(
    ("media", "written"),
    [
        pytest.param("", "@layer base {\na{}\n}", id="every medium"),
        pytest.param("print", "@media print {\n@layer base {\na{}\n}\n}", id="paper"),
    ],
)
def test_an_import_is_written_out(media, written):
    assert in_layer("a{}\n", "base", media) == written


# --- No rule for what does not exist

CLASS = re.compile(r'class="((?:[^"{]|{{.*?}}|{%.*?%})*)"')
PAGE_CLASS = re.compile(r"{% block page_class %}([^{]*){% endblock")
BY_SCRIPT = re.compile(r'(?:\.className = |\bclass=)"([^"]*)"')
#: what a template puts into the name of a class -> where every value of it stands
PARTS = {
    "{{ look }}": re.compile(r'look="(\w+)"'),
    "{{ heading.level }}": re.compile(r"([234])"),
    "{{ level.number }}": re.compile(r"([01234])"),
}


def spelled_out(name, text):
    """The class `name` of a template with every value of what it puts in."""
    for part, values in PARTS.items():
        if part in name:
            return {name.replace(part, value) for value in values.findall(text)}
    return {name}


def classes_of_templates():
    text = "".join(path.read_text("utf-8") for path in OWN)
    said = [re.sub(r"{%.*?%}", " ", value) for value in CLASS.findall(text)]
    names = {name for value in said for name in re.findall(r"(?:{{.*?}}|\S)+", value)}
    names |= {name for value in PAGE_CLASS.findall(text) for name in value.split()}
    return {each for name in names for each in spelled_out(name, text)}


def classes_of_scripts():
    files = Path(finders.find("newsroom/js/reader.js")).parent.glob("*.js")
    return {name for file in files for name in BY_SCRIPT.findall(file.read_text("utf-8"))}


def classes_of_code():
    """What rendering, the picture tag and Django's forms may write."""
    shapes = {f"picture--{shape.replace(':', 'x')}" for shape in recipes.SHAPES}
    tenths = [step / FOCUS_STEPS for step in range(FOCUS_STEPS + 1)]
    focuses = {name for part in tenths for name in focus_classes((part, part)).split()}
    bodies = DIV_CLASSES | FIGURE_CLASSES | CAPTION_CLASSES | CODE_CLASSES | IN_BODY
    return shapes | focuses | bodies | {"picture", "picture--missing", ErrorList().error_class}


def test_every_class_of_the_stylesheet_is_one_that_a_page_can_have(sheet):
    css = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", sheet, flags=re.DOTALL)
    selectors = " ".join(re.findall(r"([^{};]*){", css))
    ruled = set(re.findall(r"\.([A-Za-z_][\w-]*)", selectors))

    assert ruled - classes_of_templates() - classes_of_scripts() - classes_of_code() == set()
