"""An e-mail with the forms, ready to be opened in a mail program, looked at and sent by a person."""

import re
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

from bscp_tui.model.dates import in_words
from bscp_tui.model.text import one_line
from bscp_tui.rounds.form import Form

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_KINDS = {
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def is_address(text: str) -> bool:
    """Whether ``text`` is an e-mail address that a draft can be addressed to."""
    return _ADDRESS.fullmatch(text) is not None


def draft(form: Form, address: str | None, files: Sequence[tuple[str, bytes]], *, chasing: bool = False) -> bytes:
    """Return the draft's bytes.

    Args:
        form: The return that it asks for.
        address: Whom it goes to; None leaves that to the person who sends it.
        files: (name, bytes) of what is attached.
        chasing: Whether the return was asked for before.

    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"  # mail programs then open it to be sent, not as received
    message["To"] = address if address and is_address(address) else ""
    again = "Reminder: " if chasing else ""
    message["Subject"] = f"{again}{one_line(form.title)} ({form.ref}), by {in_words(form.deadline)}"[:200]
    message.set_content(_words(form, chasing=chasing))
    for name, data in files:
        main, sub = _KINDS[name[name.rindex(".") :]]
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def _words(form: Form, *, chasing: bool) -> str:
    count = len(form.lines)
    things = "one thing" if count == 1 else f"{count} things"
    asked = "Your return has not come in yet." if chasing else "The next update is due."
    return (
        f"To {one_line(form.party)}\n\n{asked} For {one_line(form.meeting)}, please tell us how far you are with the "
        f"{things} in the attached form, and send it back by {in_words(form.deadline)}.\n\n"
        "The same form is attached twice, for Word and for Excel: fill in whichever suits you. If nothing has changed, "
        f"say so at its top.\n\nReference: {form.ref}\n{one_line(form.partnership)}\n"
    )
