"""What a report on a screen is asked: by the day that is shown, and the same as a command."""

import shlex
from dataclasses import replace

from bscp_tui.reports.making import Wanted
from bscp_tui.tui.session import Session


def as_shown(session: Session, wanted: Wanted) -> Wanted:
    """Return what is asked as at the day, or the position, that the screens show.

    Args:
        session: The open register.
        wanted: What is asked, whatever the day.

    """
    moment = session.moment
    if moment is None:
        return replace(wanted, as_of=None, position=None, today=None)
    if moment.position is not None:
        return replace(wanted, as_of=moment.commit, position=moment.position.isoformat(), today=None)
    return replace(wanted, as_of=moment.commit, position=None, today=moment.day)


def command(session: Session, wanted: Wanted) -> str:
    """Return the command that makes the same report."""
    moment = session.moment
    words = ["bscp"]
    if moment is not None and moment.exact:
        words += ["--today", moment.day.isoformat()]
    words += ["report", wanted.report]
    told = {"--plan": wanted.plan, "--agency": wanted.agency, "--record": wanted.record, "--since": wanted.since,
            "--within": wanted.within, "--audience": wanted.audience}  # fmt: skip
    if moment is not None:
        told["--as-of"] = moment.commit[:12] if moment.exact else moment.day.isoformat()
        told["--position"] = moment.position.isoformat() if moment.position else None
    for name, value in told.items():
        if value is not None:
            words += [name, str(value)]
    return shlex.join(words)
