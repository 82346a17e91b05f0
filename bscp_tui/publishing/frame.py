"""Pages from templates: one environment, escaping everything; one frame around each page."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import escape

ASSETS = ("site.css", "site.js")


@dataclass(frozen=True)
class Frame:
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
    """Return the page ``name`` (its path in the site) made by a template."""
    root = "../" * name.count("/")
    return environment().get_template(template).render(frame=frame, root=root, here=name, **told).encode()


def asset(name: str) -> bytes:
    """Return the style sheet or script, the same for every site."""
    return resources.files("bscp_tui.publishing").joinpath("assets", name).read_bytes()


def script(call: str, *told: object) -> bytes:
    """Return a script file that hands data to the site's own script: it works without a server, too."""
    return f"{call}({','.join(map(as_script, told))});\n".encode()


def as_script(told: object) -> str:
    """Return data as a script has it; nothing of it can end the script or begin a tag."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":  # each a look for one sign: ten times as fast as a pattern, on megabytes
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


@lru_cache(maxsize=30_000)
def escaped(text: str) -> str:
    """Return a text as HTML has it: labels, names and statuses come again thousands of times."""
    return str(escape(text))


def initial(words: Iterable[str]) -> str:
    """Return words as one sentence's beginning."""
    told = " ".join(words)
    return f"{told[:1].upper()}{told[1:]}"
