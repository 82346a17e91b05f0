"""People come and go; what a leaver recorded, and what names one, keeps the name."""

from tests.core.conftest import Tell


def test_a_leaver_is_former_and_past_entries_keep_the_name(tell: Tell) -> None:
    tell("add", "person", "title=Ann Archer", "slug=ann-archer")
    tell("add", "row", "of=ann-archer", "in=posts", "title=Business manager", "start=1/4/2024")
    tell("add", "action-point", "ref=AP-0001", "title=Share", "owner=Ann Archer")
    before = tell("show", "ann-archer", "--format", "json").json
    assert (before["former"], before["current_posts"]) == (False, ["Business manager"])
    assert tell("set", "ann-archer", "posts.1.end=31/5/2026", "--reason", "Left").status == 0
    after = tell("show", "ann-archer", "--format", "json").json
    assert (after["former"], after["current_posts"]) == (True, [])
    assert tell("withdraw", "ann-archer", "--reason", "Left").status == 0
    assert tell("show", "AP-0001", "--format", "json").json["lead"] == "Ann Archer"


def test_a_post_goes_from_one_holder_to_the_next(tell: Tell) -> None:
    for slug, name in (("ann", "Ann Archer"), ("ben", "Ben Baker")):
        tell("add", "person", f"title={name}", f"slug={slug}")
    tell("add", "person", "title=Scrutineer", "type=post", "slug=scrutineer")
    post = ("add", "row", "of=scrutineer", "in=posts", "title=Scrutineer")
    tell(*post, "holder=ann", "start=1/1/2025", "end=31/1/2025")
    assert tell("show", "scrutineer", "--format", "json").json["holders"] == []
    assert tell(*post, "holder=ben", "start=1/9/2025").status == 0
    assert tell("show", "scrutineer", "--format", "json").json["holders"] == ["ben"]
    both = tell(*post, "holder=ann", "start=1/1/2026")
    assert (both.status, "at the same time" in both.err) == (0, True)


def test_a_post_that_ends_before_it_begins_is_refused(tell: Tell) -> None:
    tell("add", "person", "title=Ann Archer", "slug=ann")
    wrong = tell("add", "row", "of=ann", "in=posts", "title=Chair", "start=1/6/2026", "end=31/5/2026")
    assert wrong.status == 1
    assert "before it begins" in wrong.err
