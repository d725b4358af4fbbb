"""Finds every string marked for translation in Python files and templates, without GNU gettext."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

# What each function says with its leading string arguments.
SHAPES = {
    "gettext": ("msgid",),
    "gettext_noop": ("msgid",),
    "pgettext": ("context", "msgid"),
    "ngettext": ("msgid", "plural"),
    "npgettext": ("context", "msgid", "plural"),
}
STRING = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(rf"\b(?:{'|'.join(SHAPES)}|_)\(\s*{STRING}(?:\s*,\s*{STRING})*")


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked message: its identity in the catalogue, and the file it stands in."""

    msgid: str
    plural: str
    context: str
    path: Path

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.msgid


def marked_in_python(source: str, path: Path) -> Iterator[Marked]:
    """Every message in the source of a module; also those marked under another name (`as _`).

    What is not written as a string, but computed, has no place in a catalogue.
    """
    tree = ast.parse(source)
    names = _gettext_names(tree)
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in calls:
        shape = names.get(_called(call), ())
        if shape and all(_is_string(argument) for argument in call.args[: len(shape)]):
            yield _marked(call, shape, path)


def marked_in_template(source: str, path: Path) -> Iterator[Marked]:
    """Every message in the source of a Django template."""
    for call in CALL.findall(templatize(source, origin=str(path))):
        node = ast.parse(f"{call})", mode="eval").body
        yield _marked(node, SHAPES.get(_called(node), SHAPES["gettext"]), path)


def _gettext_names(tree: ast.Module) -> dict[str, tuple[str, ...]]:
    """What the module calls gettext's functions, and the shape of each."""
    names = dict(SHAPES) | {f"{name}_lazy": shape for name, shape in SHAPES.items()}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {a.asname: names[a.name] for a in node.names if a.asname and a.name in names}
    return names


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", None) or getattr(node.func, "attr", "")


def _is_string(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _marked(node: ast.Call, shape: tuple[str, ...], path: Path) -> Marked:
    values = [ast.literal_eval(argument) for argument in node.args[: len(shape)]]
    facts = dict(zip(shape, values, strict=True))
    return Marked(facts["msgid"], facts.get("plural", ""), facts.get("context", ""), path)
