"""Front matter to fields: YAML where it is YAML, line by line where it only looks like it."""

import re
from dataclasses import dataclass
from itertools import pairwise

import yaml
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from yaml.composer import ComposerError

from articles.importing.documents import MalformedDocument, Remark

DEEPEST = 20
NULLS = {"", "~", "null", "Null", "NULL"}
# A key needs a blank after its colon, as in YAML: `http://…` on a line of its own is no field.
KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*)|$)")
ITEM = re.compile(r"\s*-\s+(.+)")
# Line ends to YAML 1.1, but not to the programs that write front matter.
OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
QUOTES = "\"'"
# What may stand in no field: control characters, halves of surrogate pairs.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its text ("" for a list), its items (() for a text), its raw first line."""

    text: str
    items: tuple[str, ...]
    raw: str
    line: int


class Loader(yaml.BaseLoader):
    """PyYAML's loader to which every scalar is a string, with a limit to nesting."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        """Compose one node; raises ComposerError below DEEPEST levels."""
        if self.depth >= DEEPEST:
            raise ComposerError(None, None, "nested too deeply", self.peek_event().start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_fields(lines: list[str], *, first_line: int) -> tuple[dict[str, Field], list[Remark]]:
    """Read the lines between the two `---` (YAML 1.1, no values but text and lists of text).

    `first_line` is the 1-based line of the document at which they begin. Returns the fields by
    name and what the editor should know. Front matter that is not YAML is read field by field:
    the one that is broken loses its outer quotes and is otherwise taken as it stands. Raises
    MalformedDocument when there are no fields in it at all.
    """
    lines = [OTHER_LINE_ENDS.sub(" ", line) for line in lines]
    try:
        root = _compose("\n".join(lines))
    except (yaml.YAMLError, ValueError):
        return _read_by_line(lines, first_line)
    if root is None:
        return {}, []
    if not isinstance(root, yaml.MappingNode):
        raise _not_a_mapping(first_line)
    return _read_mapping(root, lines, first_line)


def unquote(value: str) -> str:
    """Take off the quotes that a formatter put around a text, and none that belong to it.

    One pair goes, whatever quotes follow inside. Where the same quote is repeated at both ends,
    all of that run is formatting, and so is one pair of the other quote just inside it.
    """
    value = value.strip()
    run = _outer_run(value)
    if run == 0:
        return value
    inner = value[run:-run].strip()
    if run > 1 and _outer_run(inner) and inner[0] != value[0]:
        inner = inner[1:-1].strip()
    return inner


def _outer_run(value: str) -> int:
    """Count the equal quotes that open a text and close it."""
    if len(value) < 2 or value[0] not in QUOTES:
        return 0
    opening = len(value) - len(value.lstrip(value[0]))
    closing = len(value) - len(value.rstrip(value[0]))
    return min(opening, closing, len(value) // 2)


def _compose(source: str) -> yaml.Node | None:
    """Compose YAML without building any object from it; raises yaml.YAMLError, ValueError."""
    loader = Loader(source)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _read_mapping(
    root: yaml.MappingNode, lines: list[str], first_line: int
) -> tuple[dict[str, Field], list[Remark]]:
    fields: dict[str, Field] = {}
    remarks = []
    for key, value in root.value:
        row = key.start_mark.line
        name = key.value if isinstance(key, yaml.ScalarNode) else lines[row].strip()
        if name in fields:
            remarks.append(_given_twice(name, first_line + row))
            continue
        match = KEY.match(lines[row])
        raw = (match[2] or "").strip() if match and match[1] == name else ""
        fields[name] = _field(value, raw, first_line + row)
    return fields, remarks


def _field(node: yaml.Node, raw: str, line: int) -> Field:
    if isinstance(node, yaml.SequenceNode):
        items = (_text(item) for item in node.value if isinstance(item, yaml.ScalarNode))
        return Field("", tuple(item for item in items if item), clean(raw), line)
    text = _text(node) if isinstance(node, yaml.ScalarNode) else clean(raw)
    return Field(text, (), clean(raw), line)


def _text(node: yaml.ScalarNode) -> str:
    return "" if node.style is None and node.value in NULLS else clean(node.value)


def clean(text: str) -> str:
    """Strip a field's text, and take out the characters that no field may hold."""
    return UNFIT.sub("", text).strip()


def _read_by_line(lines: list[str], first_line: int) -> tuple[dict[str, Field], list[Remark]]:
    starts = [row for row, line in enumerate(lines) if KEY.match(line)]
    if not starts:
        raise _not_a_mapping(first_line)
    fields: dict[str, Field] = {}
    sentence = _("The front matter is not valid YAML and was read line by line.")
    remarks = [Remark(sentence, first_line)]
    for start, end in pairwise([*starts, len(lines)]):
        name = KEY.match(lines[start])[1]
        if name in fields:
            remarks.append(_given_twice(name, first_line + start))
            continue
        fields[name] = _read_alone(lines[start:end], first_line + start)
    return fields, remarks


def _read_alone(lines: list[str], line: int) -> Field:
    """Read the lines of one field: as YAML if they are, by their quotes if not."""
    try:
        found, _remarks = _read_mapping(_compose("\n".join(lines)), lines, line)
        return next(iter(found.values()))
    except (yaml.YAMLError, ValueError):
        pass
    raw = clean(KEY.match(lines[0])[2] or "")
    items = [clean(unquote(match[1])) for row in lines[1:] if (match := ITEM.fullmatch(row))]
    if items and not raw:
        return Field("", tuple(item for item in items if item), "", line)
    rest = [row.strip() for row in lines[1:] if row.strip()]
    return Field(clean(unquote(" ".join([raw, *rest]))), (), raw, line)


def _given_twice(name: str, line: int) -> Remark:
    sentence = _("The field “{name}” is given more than once; the first one counts.")
    return Remark(format_lazy(sentence, name=clean(name)), line)


def _not_a_mapping(line: int) -> MalformedDocument:
    return MalformedDocument(
        _("The front matter is not a list of fields, such as “title: …”."), line
    )
