"""Independent scrutiny: its programme, what it recommended, its questions with the partners' replies."""

from bscp_tui.model.kinds import KINDS
from bscp_tui.reports.asked import Asked
from bscp_tui.reports.report import Content, Shown, each, report, table_of

COUNTED = ("scrutiny", "question")


@report(
    "scrutiny",
    "Independent scrutiny",
    reader="scrutineers and the board",
    sections=("programme", "recommendations", "questions"),
    counts=COUNTED,
)
def scrutiny(asked: Asked) -> Content:
    """Return the programme of scrutiny, its recommendations, and every question with its reply."""
    snapshot = asked.snapshot
    items, questions = snapshot.views(KINDS["scrutiny"]), snapshot.views(KINDS["question"])
    recommendations = snapshot.views(KINDS["recommendation"])
    waiting = sum(view.value("open") is True for view in questions)
    facts = [("items", "Items", len(items)), ("questions", "Questions", len(questions)),
             ("waiting", "Questions that wait for a reply", waiting)]  # fmt: skip
    programme = (("ref", "ref"), ("title", "theme"), ("programme", "programme"), ("year", "year"), ("status", "status"),
                 ("open_recommendations", "open recommendations"))  # fmt: skip
    answers = (("ref", "ref"), ("text", "recommendation"), ("status", "status"), ("response", "response"))
    questioned = (("ref", "ref"), ("about", "about"), ("text", "question"), ("status", "status"), ("reply", "reply"),
             ("replied", "replied on"))  # fmt: skip
    shown: Shown = {
        "programme": table_of("Programme", programme, items),
        "recommendations": table_of("Recommendations and responses", answers, recommendations),
        "questions": table_of("Questions and replies", questioned, questions),
    }
    notes = [] if items or questions else ["No scrutiny is recorded yet."]
    return Content(each(shown), facts, notes)
