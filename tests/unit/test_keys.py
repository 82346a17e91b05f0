"""One key means one thing, on whichever screen it is pressed."""

from collections import defaultdict

from bscp_tui.tui.all_commands import every_command

# What a key means everywhere, whatever a screen calls it there.
SHARED = {
    "enter": "what is under the cursor",
    "space": "the line under the cursor: mark, unfold, go on",
    "escape": "away from here",
    "left": "before",
    "right": "after",
    "ctrl+s": "record, take, keep",
    "f10": "the same, where ctrl+s is not to be had",
    "a": "add",
    "e": "change",
    "w": "take away",
}


def test_no_key_means_two_things() -> None:
    meant = defaultdict(list)
    for command in every_command():
        for key in filter(None, command.key.split(",")):
            meant[key].append(command.__name__)
    twice = {key: names for key, names in meant.items() if len(names) > 1 and key not in SHARED}
    assert twice == {}
