"""Pages from templates: one environment, escaping everything; one frame around each page."""

import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import escape

ASSETS = ("site.css", "site.js")
# The pages that every page leads to, as ``base.html`` names them: it says so where a page is one of them.
ENTRANCES = ("index.html", "lists/index.html", "history/index.html", "changes/index.html", "search.html")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # made once: every row of the search is encoded
_SIGNS = re.compile("[&<>\"']").search
MARK = "\0"  # which no text has that was made harmless


class Frame(NamedTuple):
    """What stands around every page.

    Attributes:
        site: The register's name.
        readers: For whom the site is made, in words.

    """

    site: str
    readers: str
    caution: tuple[str, ...] = ()


@cache
def environment() -> Environment:
    """Return the one environment: everything is escaped, and a name that is not there is a fault."""
    return Environment(
        loader=PackageLoader("bscp_tui.publishing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def page(frame: Frame, name: str, template: str, **told: Any) -> bytes:
    """Return the page ``name`` (its path in the site) made by a template, which fills the frame's blocks."""
    root = "../" * name.count("/")
    made = environment().get_template(template)
    context = made.new_context({"frame": frame, "root": root, "here": name, **told})
    title, main = ("".join(made.blocks[block](context)) for block in ("title", "main"))
    before, between, after = _around(frame, root, name if name in ENTRANCES else "")
    return f"{before}{title}{between}{main}{after}".encode()


@lru_cache(maxsize=100)
def _around(frame: Frame, root: str, here: str) -> tuple[str, str, str]:
    """Return what stands before a page's title, between it and the page's main part, and behind that.

    It is the same for thousands of pages, and making it takes as long as what it stands around.
    """
    whole = environment().get_template("around.html").render(frame=frame, root=root, here=here, mark=MARK)
    before, between, after = whole.split(MARK)
    return before, between, after


def asset(name: str) -> bytes:
    """Return the style sheet or script, the same for every site."""
    return resources.files("bscp_tui.publishing").joinpath("assets", name).read_bytes()


def script(call: str, *told: object) -> bytes:
    """Return a script file that hands data to the site's own script: it works without a server, too."""
    return f"{call}({','.join(map(as_script, told))});\n".encode()


def as_script(told: object) -> str:
    """Return data as a script has it; nothing of it can end the script or begin a tag."""
    text = _ENCODER.encode(told)
    for sign in "<>&\u2028\u2029":  # each a look for one sign: ten times as fast as a pattern, on megabytes
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def escaped(text: str) -> str:
    """Return a text as HTML has it; most have nothing to escape, and a look for that is the soonest."""
    return text if _SIGNS(text) is None else str(escape(text))


def initial(words: Iterable[str]) -> str:
    """Return words as one sentence's beginning."""
    told = " ".join(words)
    return f"{told[:1].upper()}{told[1:]}"
