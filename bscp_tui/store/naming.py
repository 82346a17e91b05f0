"""How people name records: by reference, title, short name or another spelling; and what they may have meant."""

from collections.abc import Iterable, Mapping

from bscp_tui.model.references import Named, named_by
from bscp_tui.model.view import View


class UnknownReferenceError(LookupError):
    """No such record; ``nearest`` holds what may have been meant."""

    def __init__(self, ref: str, nearest: tuple[str, ...]) -> None:
        """Keep the nearest references beside the message."""
        meant = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(f"There is no “{ref}” in the register.{meant}")
        self.nearest = nearest


def names_of(view: View) -> set[str]:
    """Return every name that a record goes by, in small letters."""
    names = {view.ref.lower(), view.title.lower(), str(getattr(view.item, "short_name", "") or "").lower()}
    return (names | {alias.lower() for alias in getattr(view.item, "aliases", ())}) - {""}


def who_names(views: Iterable[View]) -> Mapping[str, list[tuple[View, Named]]]:
    """Return by reference which of ``views`` name it, each with what it says of it."""
    naming: dict[str, list[tuple[View, Named]]] = {}
    for view in views:
        for named in named_by(view.item):
            naming.setdefault(named.ref, []).append((view, named))
    return naming


def nearest(text: str, views: Iterable[View]) -> tuple[str, ...]:
    """Return the references of ``views`` that may have been meant by ``text``, the closest first; at most four."""
    from rapidfuzz import fuzz, process

    known = {f"{view.ref} {view.title}": view.ref for view in views}
    # Who names a plan is offered whole references; who names none, what is said without it.
    short = {ref if "/" in text else ref.rpartition("/")[2]: ref for ref in known.values()}
    close = process.extract(text, list(short), scorer=fuzz.ratio, limit=3, score_cutoff=50)
    told = process.extract(text, list(known), scorer=fuzz.WRatio, limit=2, score_cutoff=60)
    refs = [short[match[0]] for match in close] + [known[match[0]] for match in told]
    return tuple(dict.fromkeys(refs))[:4]
