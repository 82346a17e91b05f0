"""Three people, a scrutineer and a stranger, one register: on gitolite, behind a web server, in a folder."""

import pytest

from tests.sharing.people import Team
from tests.sharing.places import Place
from tests.support import head, status
from tests.trust.partners import Partnership

EVERYBODY = ("Robin", "Alice", "Bob")


@pytest.fixture
def team(place: Place, partnership: Partnership, tmp_path_factory: pytest.TempPathFactory) -> Team:
    """Let Robin send the register to each of the three places."""
    team = Team(place, partnership, tmp_path_factory.mktemp("copies"))
    assert team.shares().done
    return team


@pytest.fixture
def on_server(server: Place, partnership: Partnership, tmp_path_factory: pytest.TempPathFactory) -> Team:
    """Let Robin send the register to each of the two servers."""
    team = Team(server, partnership, tmp_path_factory.mktemp("copies"))
    assert team.shares().done
    return team


def test_three_people_change_different_fields_of_one_record_and_all_have_all_of_it(team: Team) -> None:
    team.joins("Alice", "Bob")
    entries = [
        team.records("Robin", note="Seen by Robin."),
        team.records("Alice", status="deferred", reason="No trainer."),
        team.records("Bob", title="Youth violence team"),
    ]
    for who in (*EVERYBODY, *EVERYBODY):
        assert team.syncs(who).problem is None
    for who in EVERYBODY:
        assert head(team.copy(who)) == team.place.heads()["refs/heads/main"]
        assert team.entries(who)[-3:] == entries
        assert status(team.copy(who)) == ""
        told = [team.value(who, "4.1.3", name) for name in ("note", "status", "title")]
        assert told == ["Seen by Robin.", "deferred", "Youth violence team"]
    assert team.verified("Alice") == "matches"


def test_what_went_and_what_came_is_told_in_sentences(team: Team) -> None:
    team.joins("Alice")
    team.records("Alice", status="deferred", reason="No trainer.")
    sent = team.runs("Alice", "sync")
    assert "Sent 1 entry" in sent.out
    assert "2025-27/4.1.3" in sent.out
    assert "deferred" in sent.out
    received = team.runs("Robin", "sync")
    assert "Received 1 entry" in received.out
    assert "(Alice Able)" in received.out
    assert "Nothing to send, nothing to receive" in team.runs("Robin", "sync").out


def test_the_same_field_is_asked_for_and_what_was_not_taken_stays_in_the_history(team: Team) -> None:
    team.joins("Alice", "Bob")
    team.records("Alice", status="deferred", reason="No trainer.")
    team.records("Bob", status="superseded", reason="Taken over by the plan.", superseded_by="2025-27/4.1.2")
    assert team.syncs("Alice").done
    before = head(team.copy("Bob"))
    asked = team.runs("Bob", "sync")
    assert asked.status == 1
    for words in ("No trainer.", "Taken over by the plan.", "Alice Able", "Bob Best"):
        assert words in asked.out + asked.err
    assert head(team.copy("Bob")) == before
    team.records("Bob", ref="4.1.2", note="The work goes on meanwhile.")
    assert team.runs("Bob", "sync", "--take", "theirs", "4.1.3", "status").status == 0
    team.syncs("Alice")
    assert head(team.copy("Alice")) == head(team.copy("Bob"))
    assert team.value("Alice", "4.1.3", "status") == "deferred"
    told = team.runs("Alice", "history", "4.1.3").out
    assert "superseded" in told
    assert team.verified("Robin") == "matches"


def test_a_scrutineer_receives_and_is_told_plainly_that_they_cannot_send(on_server: Team) -> None:
    on_server.joins("Sam")
    on_server.records("Robin", note="New.")
    assert on_server.syncs("Robin").done
    received = on_server.runs("Sam", "sync")
    assert (received.status, "New." in str(on_server.value("Sam", "4.1.3", "note"))) == (0, True), received
    question = ("add", "question", "title=Why?", "text=Why is it late?", "--reason", "Asked.")
    if on_server.runs("Sam", *question).status == 0:
        refused = on_server.runs("Sam", "sync")
        assert refused.status == 1
        assert "may not" in refused.err or "right" in refused.err, refused.err
        assert head(on_server.copy("Robin")) == on_server.place.heads()["refs/heads/main"]


def test_a_stranger_joins_nothing_and_nothing_is_left_behind(on_server: Team) -> None:
    ran = on_server.runs("Mallory", "join", on_server.place.address, str(on_server.folder / "mallory"))
    assert ran.status != 0
    assert "credentials" in ran.err or "may not" in ran.err or "know" in ran.err, ran.err
    assert [path.name for path in on_server.folder.iterdir()] == []
