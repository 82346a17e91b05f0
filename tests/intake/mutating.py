"""One plan in many clothes: what people, programs and printers do to a table without changing what it says."""

import calendar
import csv
import io
import random
import textwrap
from collections.abc import Callable

from tests.intake.converting import MAKERS

Rows = list[list[str]]
TITLE = "Improvement Plan 2025-27 (1 April 2025 – 31 March 2027)"
HEADINGS = ["Ref", "Key actions", "Outcomes", "Measures", "Lead", "Target", "Update", "RAG"]
BODY: Rows = [
    ["PRIORITY 1: Working together – Helping families sooner", *[""] * 7],
    ["1.1",
     "Joint teams:\n1. Set up a project group (Year 1)\n2. Try them in one place (Year 1) and spread them (Year 2)",
     "- Families see fewer strangers\n- Plans are safer", "Fewer repeat plans",
     "Senior Responsible Officer: Ada Brook\nLead: Quality Sub-Group (K.A: 1)\nLearning Sub-Group (K.A: 2)",
     "31.07.2025\n31.03.2027", "The group met.", ""],
    ["1.2", "Hold a conference on neglect (Year 2)", "Practitioners learn", "", "Learning Sub-Group", "01.05.2026", "",
     ""],
    ["PRIORITY 2: Being heard – Children say what they need", *[""] * 7],
    ["2.1", "Children's panel:\n1. Found a panel of children\n2. Ask it twice a year (Year 1 and 2)\n3. Answer it",
     "Children are heard", "- Questions asked\n- Answers given",
     "Operational Lead: Quality Sub-Group (K.A: 1,2 and 3)", "30.06.2025\n31.12.2025\n31.03.2026", "", ""],
]  # fmt: skip
OTHER_NAMES = (
    ["No.", "Actions", "Desired outcomes", "How will we know?", "Lead officer", "By when", "Progress update", "RAG"],
    ["REFERENCE", "What we will do", "EXPECTED OUTCOMES", "Success measures", "WHO", "DUE DATE", "COMMENTS",
     "RAG STATUS"],
    ["Action\nno", "Key Action (Year 1 and 2)", "Outcome", "Measures of success", "Responsible officer", "Timescale",
     "Latest position", "BRAG rating"],
)  # fmt: skip


def table() -> Rows:
    """The plan as it was written first."""
    return [list(row) for row in [HEADINGS, *BODY]]


def columns_in_order(seed: int) -> Callable[[Rows], Rows]:
    def shuffled(rows: Rows) -> Rows:
        order = list(range(len(rows[0])))
        random.Random(seed).shuffle(order)  # noqa: S311 - a test's own chance
        return [[row[place] for place in order] for row in rows]

    return shuffled


def renamed(names: list[str]) -> Callable[[Rows], Rows]:
    return lambda rows: [names, *rows[1:]]


def headings_on_each_page(rows: Rows) -> Rows:
    """The title and the headings come again above each row, as at the top of a page."""
    return [row for each in rows[1:] for row in (rows[0], each)]


def empty_rows_and_columns(rows: Rows) -> Rows:
    wide = [["", *row[:3], "", *row[3:]] for row in rows]
    return [row for each in wide for row in (each, [""] * len(each))]


def dates_as(form: Callable[[int, int, int], str]) -> Callable[[Rows], Rows]:
    """Every date of the target column in another form."""

    def changed(rows: Rows) -> Rows:
        def written(day: str) -> str:
            parts = day.split(".")
            return form(*map(int, parts)) if len(parts) == 3 and all(map(str.isdigit, parts)) else day

        return [[*row[:5], "\n".join(map(written, row[5].split("\n"))), *row[6:]] for row in rows]

    return changed


DATE_FORMS: dict[str, Callable[[int, int, int], str]] = {
    "31/03/2026": lambda d, m, y: f"{d:02}/{m:02}/{y}",
    "31/3/26": lambda d, m, y: f"{d}/{m}/{y % 100}",
    "2026-03-31": lambda d, m, y: f"{y}-{m:02}-{d:02}",
    "2026/03/31": lambda d, m, y: f"{y}/{m:02}/{d:02}",
    "2026-03-31 00:00:00": lambda d, m, y: f"{y}-{m:02}-{d:02} 00:00:00",
    "31 March 2026": lambda d, m, y: f"{d} {calendar.month_name[m]} {y}",
    "31st Mar 2026": lambda d, m, y: f"{d}{ {1: 'st', 31: 'st'}.get(d, 'th') } {calendar.month_abbr[m]} {y}",
    "31-Mar-26": lambda d, m, y: f"{d}-{calendar.month_abbr[m]}-{y % 100}",
    "March 31, 2026": lambda d, m, y: f"{calendar.month_name[m]} {d}, {y}",
    "31–03–2026": lambda d, m, y: f"{d:02}–{m:02}–{y}",
}


def every_cell(change: Callable[[str], str]) -> Callable[[Rows], Rows]:
    return lambda rows: [rows[0], *([change(cell) for cell in row] for row in rows[1:])]


def as_fragments(cell: str) -> str:
    """A cell as it comes out of a PDF: its lines are fragments of HTML."""
    lines = cell.split("\n")
    return cell if len(lines) < 2 else "".join(f"<p><b>{line[:6]}</b>{line[6:]}</p>" for line in lines)


def leads_written(before: str, after: str) -> Callable[[Rows], Rows]:
    return every_cell(lambda cell: cell.replace(before, after))


def with_column(rows: Rows) -> Rows:
    """A column that no field fits."""
    return [[*row[:2], told, *row[2:]] for row, told in zip(rows, ["Cost code", "", "K-17", *[""] * 9], strict=False)]


MUTATIONS: dict[str, Callable[[Rows], Rows]] = {
    "as it is": lambda rows: rows,
    **{f"columns in order {seed}": columns_in_order(seed) for seed in range(4)},
    **{f"headed “{names[0]}”": renamed(names) for names in OTHER_NAMES},
    "headings on each page": headings_on_each_page,
    "empty rows and columns": empty_rows_and_columns,
    "rows upwards": lambda rows: [rows[0], *(rows[place] for place in (4, 5, 1, 3, 2))],
    "headings in capitals with marks": lambda rows: [[f"{cell.upper()}*" for cell in rows[0]], *rows[1:]],
    "wide and odd spaces": every_cell(lambda cell: cell.replace(" ", "\xa0", 1).replace("\n", " \n ")),
    "fragments of a page": every_cell(as_fragments),
    "numbers in brackets": every_cell(lambda cell: cell.replace("1. ", "(1) ").replace("2. ", "(2) ")
                                      .replace("3. ", "(3) ")),
    "(KA 1)": leads_written("(K.A: ", "(KA "),
    "(Key actions 1)": leads_written("(K.A: ", "(Key actions "),
    "1 to 3": leads_written("1,2 and 3", "1 to 3"),
    "1-3": leads_written("1,2 and 3", "1-3"),
    "1, 2 & 3": leads_written("1,2 and 3", "1, 2 & 3"),
    **{f"dates as {name}": dates_as(form) for name, form in DATE_FORMS.items()},
}  # fmt: skip


def separated(separator: str, encoding: str) -> Callable[..., bytes]:
    def written(tables: list[tuple[str, Rows]], **_: object) -> bytes:
        target = io.StringIO()
        for title, rows in tables:
            writer = csv.writer(target, delimiter=separator)
            writer.writerow([title, *[""] * (len(rows[0]) - 1)])
            writer.writerows(rows)
        return target.getvalue().encode(encoding)

    return written


def spaced(tables: list[tuple[str, Rows]], **_: object) -> bytes:
    """Text whose columns only spaces part, cells broken into narrow lines: a page of a PDF, a mail."""
    lines: list[str] = []
    for title, rows in tables:
        lines += [title, ""]
        room = [max(12, *(min(len(part), 34) for row in rows for part in row[place].split("\n")))
                for place in range(len(rows[0]))]  # fmt: skip
        for row in rows:
            if sum(map(bool, row)) < 2:
                lines += ["".join(row), ""]
                continue
            cells = [[line for part in cell.split("\n") for line in textwrap.wrap(part, room[place])]
                     for place, cell in enumerate(row)]  # fmt: skip
            for number in range(max(map(len, cells))):
                parts = [cell[number] if number < len(cell) else "" for cell in cells]
                lines.append("   ".join(part.ljust(room[place]) for place, part in enumerate(parts)).rstrip())
            lines.append("")
    return "\n".join(lines).encode()


FORMATS: dict[str, Callable[..., bytes]] = {
    **MAKERS,
    "csv": separated(",", "utf-8"),
    "semicolons": separated(";", "utf-16"),
    "csv with a mark": separated(",", "utf-8-sig"),
    "tabs": separated("\t", "utf-16"),
}
