"""What others recorded while somebody was working, in a sentence."""

from bscp_tui.model.text import one_line
from bscp_tui.store.register import Register

MOST = 200  # rows that are looked at; who was away for longer finds all of it in the history
TOLD = 2  # changes that are told one by one


def told_since(register: Register, head: str | None) -> str:
    """Return who recorded what since ``head`` was the newest commit; "" where nobody did."""
    if head is None or register.head == head:
        return ""
    from bscp_tui.history.ledger import Query, rows

    found = rows(register, Query(after=head, limit=MOST))
    people = list(dict.fromkeys(row.by for row in found))
    if not found:
        return ""
    if len(found) > TOLD:
        count = f"{len(found)} or more" if len(found) == MOST else str(len(found))
        who = people[0] if len(people) == 1 else f"{len(people)} people"
        return one_line(f"Meanwhile {who} recorded {count} changes; the history has them.")
    return "\n".join(one_line(f"Meanwhile {row.by} recorded: {row.ref} {row.words}.") for row in found)
