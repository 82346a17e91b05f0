"""What is told of two texts, word by word, is all of both and nothing else."""

import re
from types import SimpleNamespace
from typing import cast

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bscp_tui.model.text import shown
from bscp_tui.tui.sides import LEFT_OUT, in_full, sides, within
from bscp_tui.tui.tones import Tones

TONES = cast("Tones", SimpleNamespace(quiet="", good="", bad=""))
WORDS = st.lists(st.sampled_from(["the", "team", "meets", "weekly", " ", "\n", ".", "[b]", "x" * 9]), max_size=40)
TEXTS = WORDS.map(" ".join)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@UNHURRIED
@given(TEXTS, TEXTS)
def test_without_what_is_added_it_is_the_old_text_and_without_what_is_removed_the_new(old: str, new: str) -> None:
    told = within(old, new, TONES).plain
    kept = LEFT_OUT in told
    for signs, text in ((r"\{\+(.*?)\+\}", old), (r"\[-(.*?)-\]", new)):
        other = r"\[-(.*?)-\]" if signs.startswith(r"\{") else r"\{\+(.*?)\+\}"
        read = re.sub(other, r"\1", re.sub(signs, "", told, flags=re.DOTALL), flags=re.DOTALL)
        if kept:
            assert all(part in shown(text) for part in read.split(LEFT_OUT))
        else:
            assert read == shown(text)
    assert ("[-" in told or "{+" in told) == (old != new)


@UNHURRIED
@given(TEXTS, TEXTS)
def test_beside_each_other_both_texts_are_whole(old: str, new: str) -> None:
    table = sides(old, new, TONES)
    left, right = (list(column.cells)[1] for column in table.columns)
    assert (str(left), str(right)) == (shown(in_full(old)), shown(in_full(new)))


def test_of_a_long_text_only_the_words_around_the_change_are_told() -> None:
    words = [f"w{number}" for number in range(4000)]
    changed = [*words[:2000], "changed", *words[2001:]]
    told = within(" ".join(words), " ".join(changed), TONES).plain
    assert "[-w2000-]{+changed+}" in told
    assert len(told) < 200


def test_texts_with_nothing_in_common_are_told_as_one_replacement() -> None:
    old, new = (" ".join(f"{letter}{number}" for number in range(3000)) for letter in "ab")
    assert within(old, new, TONES).plain == f"[-{old}-]{{+{new}+}}"
