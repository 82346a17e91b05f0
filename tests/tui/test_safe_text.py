"""No text reaches a widget but as a literal of the program or through ``plain``."""

import ast
from pathlib import Path

import pytest

import bscp_tui.tui
from bscp_tui.tui.safe_text import plain, plain_line

SOURCES = sorted(Path(bscp_tui.tui.__file__).parent.rglob("*.py"))
WIDGETS = {
    "Static",
    "Label",
    "Button",
    "Option",
    "Checkbox",
    "RadioButton",
    "Collapsible",
    "Select",
    "Words",
    "Asked",
    "TopLine",
    "Line",
}
CALLS = {"update", "say", "add_row", "add_column", "add_option", "tell", "notify"}
TITLES = {"border_title", "border_subtitle", "title", "sub_title", "tooltip"}


def test_control_and_direction_characters_become_visible() -> None:
    assert plain("a\x1b[2J\x00\x7f\u202eb").plain == "a␛[2J␀␡<U+202E>b"
    assert plain_line("one\ntwo").plain == "one⏎two"
    assert plain(None).plain == ""


def test_markup_is_no_markup() -> None:
    told = plain("[sic] [/ [@click=app.quit]x[/]")
    assert told.plain == "[sic] [/ [@click=app.quit]x[/]"
    assert told.spans == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_bare_string_is_given_to_a_widget(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in WIDGETS | CALLS:
            for argument in node.args:
                assert not _bare(argument), f"{source.name}:{argument.lineno} {ast.unparse(node)}"
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in TITLES:
                    assert not _bare(node.value), f"{source.name}:{node.lineno} {ast.unparse(node)}"


def test_every_notice_is_sent_without_markup() -> None:
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == "notify":
                off = [word for word in node.keywords if word.arg == "markup"]
                assert [ast.unparse(word.value) for word in off] == ["False"]


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _bare(value: ast.expr) -> bool:
    """Whether an expression makes a string out of something that is not written in the source."""
    if isinstance(value, ast.JoinedStr):
        return True
    if isinstance(value, ast.BinOp):
        return _bare(value.left) or _bare(value.right) or isinstance(value.op, ast.Mod)
    if isinstance(value, ast.IfExp):
        return _bare(value.body) or _bare(value.orelse)
    if isinstance(value, ast.Call):
        return _name(value.func) in {"str", "format", "join", "repr"} and not isinstance(value.func, ast.Attribute)
    return False
