"""What a screen shows of the history: known at once, and never better than what was verified."""

import datetime as dt

from bscp_tui.trust.verdict import seal_of
from bscp_tui.trust.verifying import glanced_at
from tests.support import git
from tests.trust.partners import Partnership


def glance(partnership: Partnership) -> str:
    with partnership.people["Sam"].at_work():
        return seal_of(glanced_at(partnership.repository()))


def test_a_history_is_vouched_for_once_it_was_verified_and_new_entries_are_judged_at_once(
    partnership: Partnership,
) -> None:
    assert glance(partnership) == "not verified"
    assert partnership.verdict().outcome == "matches"
    assert glance(partnership) == "✓ vouched for"
    partnership.saves("Bob", "in-progress", ref="4.1.4")
    assert glance(partnership) == "✓ vouched for"
    partnership.saves("Mallory", "in-progress", ref="4.2.1")
    assert glance(partnership) == "✗ does not match"


def test_a_history_that_was_cut_is_not_vouched_for(partnership: Partnership) -> None:
    assert partnership.verdict().outcome == "matches"
    git(partnership.folder, "reset", "--quiet", "--hard", "HEAD~1")
    assert glance(partnership) == "not verified"


def test_each_entry_has_its_own_seal_with_the_reason_where_it_is_broken(partnership: Partnership) -> None:
    good = partnership.saves("Bob", "in-progress", ref="4.1.4")
    bad = partnership.saves("Mallory", "in-progress", ref="4.2.1")
    verdict = partnership.verdict()
    at = dt.datetime.fromtimestamp(partnership.clock, dt.UTC)
    assert seal_of(verdict, good, at) == "✓ vouched for"
    assert seal_of(verdict, bad, at).startswith("✗ not vouched for: it was signed with a key that is not on the roster")
    before = at - dt.timedelta(days=400)
    assert seal_of(verdict, good, before) == "recorded before anybody vouched for entries"
