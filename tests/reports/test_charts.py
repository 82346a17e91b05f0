"""Charts in the terminal: bars from nought, what is not nothing is seen, and no line is wider than the page."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from bscp_tui.reports.drawing import LONGEST, bar, drawn
from bscp_tui.reports.report import Chart, Drawn, ReportTable


def chart(rows: list[list[object]], kind: Drawn = "bars") -> Chart:
    columns = (("name", "name"), *((f"n{place}", f"part {place}") for place in range(len(rows[0]) - 1)))
    return Chart(kind, ReportTable("Some", columns, rows), ("name",), [name for name, _ in columns[1:]])


def test_the_longest_bar_is_full_and_others_are_in_proportion() -> None:
    lines = drawn(chart([["one", 10], ["two", 5], ["none", 0], ["unknown", None]]))
    assert lines[0] == f"one     {'█' * LONGEST} 10"
    assert lines[1] == f"two     {'█' * (LONGEST // 2)} 5"
    assert lines[2:] == ["none    0", "unknown not recorded"]


def test_several_figures_of_one_name_have_signs_of_their_own() -> None:
    assert drawn(chart([["a", 4, 2], ["b", None, 1]]), ascii_only=True) == [
        f"a {'#' * LONGEST} 4",
        f"  {'=' * (LONGEST // 2)} 2",
        "b not recorded",
        f"  {'=' * round(LONGEST / 4)} 1",
        "# part 0  = part 1",
    ]


def test_without_unicode_bars_are_plain_signs_that_still_tell_parts_apart() -> None:
    lines = drawn(chart([["a", 3, 1], ["b", 0, 2]], "stacked"), ascii_only=True)
    assert all(line.isascii() for line in lines)
    assert lines[0] == f"a {'#' * 20}{'=' * 6} 4"
    assert lines[-1] == "# part 0  = part 1"


def test_a_long_legend_takes_as_many_lines_as_it_needs() -> None:
    columns = (("name", "name"), *((f"n{place}", f"a rather long name of part {place}") for place in range(7)))
    table = ReportTable("Some", columns, [["a", *range(1, 8)]])
    lines = drawn(Chart("stacked", table, ("name",), [name for name, _ in columns[1:]]))
    assert all(wcswidth(line) <= 80 for line in lines)
    assert all(any(f"part {place}" in line for line in lines) for place in range(7))


def test_what_has_nothing_to_draw_draws_nothing() -> None:
    for kind in ("bars", "stacked", "line"):
        assert drawn(chart([["a", 0], ["b", None]], kind)) == []


numbers = st.one_of(st.none(), st.integers(0, 10**6), st.floats(0, 1e6).map(lambda value: round(value, 2)))
names = st.text("abc ,ü漢\u0301\u202e\n\t\x1b[", max_size=60)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy computer draws values slowly
@given(
    st.lists(st.tuples(names, numbers, numbers), min_size=1, max_size=6), st.sampled_from(["bars", "stacked", "line"])
)
def test_any_chart_fits_the_page_and_shows_each_figure(rows: list[tuple[object, ...]], kind: Drawn) -> None:
    made = chart([list(row) for row in rows], kind)
    for line in drawn(made):
        assert "\n" not in line
        assert 0 <= wcswidth(line) <= 80
    for place, series in enumerate(made.series, start=1):
        assert list(series.numbers) == [row[place] for row in rows]


@given(st.floats(0, 1))
def test_a_bar_is_never_longer_than_the_longest_and_never_nothing_for_something(share: float) -> None:
    for ascii_only in (False, True):
        assert len(bar(share, ascii_only=ascii_only)) <= LONGEST
        assert bool(bar(share, ascii_only=ascii_only)) == (share > 0)
