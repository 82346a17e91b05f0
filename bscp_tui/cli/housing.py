"""``bscp house``: the partnership's house style of reports, recorded from a file of its own."""

from argparse import Namespace
from pathlib import Path

from bscp_tui.cli.changing import circumstances, finish, found
from bscp_tui.cli.main import DONE, say
from bscp_tui.cli.opening import register_of, register_to_change
from bscp_tui.cli.usage import UsageError
from bscp_tui.model.additions import new_record
from bscp_tui.model.amendment import amend
from bscp_tui.model.house import HOUSE_STYLE
from bscp_tui.model.text import shown
from bscp_tui.reports.house.style_file import read_style, slug_of
from bscp_tui.reports.house.styled import style_of
from bscp_tui.reports.house.templates import HouseError

NONE = "none"


def run_house(options: Namespace) -> int:
    """Say which house style counts, or record another: one entry for it, one that names it."""
    if options.file is None:
        return _told(options)
    try:
        fields = {} if options.file == NONE else read_style(Path(options.file))
    except HouseError as error:
        raise UsageError(str(error)) from None
    register = register_to_change(options)
    snapshot = register.snapshot()
    why = circumstances(register, options, snapshot)
    ref = f"house/{slug_of(fields)}" if fields else None
    if ref is not None and not snapshot.knows(ref):
        names, prefix = {"slug": slug_of(fields)}, register.repository.prefix
        added = new_record(HOUSE_STYLE, names, fields, why, prefix=prefix, taken=snapshot.has_path, register=snapshot)
        finish(register, added, options)
        if options.dry_run:
            return DONE
        snapshot = register.snapshot()
    settings = found(snapshot, "register")
    return finish(register, amend(settings, snapshot.document(settings.path), {"house_style": ref}, why), options)


def _told(options: Namespace) -> int:
    register = register_of(options)
    style = style_of(register.snapshot())
    if style is None:
        print("Reports are made in the program's own style. Another: bscp house FILE --reason TEXT.")
        return DONE
    print(shown(f"{register.settings.house_style}: {style.title}"))
    for name in ("logo", "word_template", "opendocument_template"):
        if getattr(style, name):
            print(f"  {name.replace('_', ' ')}")
    for each in style.reports:
        order = f"; first {', '.join(each.sections)}" if each.sections else ""
        gone = f"; without {', '.join(each.left_out)}" if each.left_out else ""
        print(shown(f"  {each.report}: {each.title or 'its own title'}{order}{gone}"))
    for pair in style.wording:
        print(shown(f"  {pair}"))
    say("Reports of older register versions keep the style that counted then.")
    return DONE
