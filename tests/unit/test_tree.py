"""The tree over the history, against RFC 6962 written down word for word."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from bscp_tui.history.tree import Tree, entry_leaf, head_of, leaf

# The leaves and heads that Certificate Transparency's reference implementation publishes.
LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
HEADS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def slow_head(data: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it is written."""
    if not data:
        return hashlib.sha256(b"").digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    half = 1
    while half * 2 < len(data):
        half *= 2
    return hashlib.sha256(b"\x01" + slow_head(data[:half]) + slow_head(data[half:])).digest()


def test_the_published_vectors() -> None:
    leaves = [leaf(bytes.fromhex(text)) for text in LEAVES]
    assert [head_of(leaves[:size]).hex() for size in range(9)] == list(HEADS)


@given(st.lists(st.binary(max_size=20), max_size=70))
def test_a_tree_that_grows_has_the_rfcs_head_at_every_size(data: list[bytes]) -> None:
    tree = Tree()
    assert tree.head == slow_head([])
    for size, each in enumerate(data, start=1):
        tree = tree.grown(leaf(each))
        assert (tree.size, tree.head) == (size, slow_head(data[:size]))


def test_a_leaf_is_the_commit_then_each_file_by_path() -> None:
    one, two = hashlib.sha256(b"one").digest(), hashlib.sha256(b"two").digest()
    data = b"\x00" + b"commit" + b"a/b\x00" + one + b"a/c\x00" + two
    assert entry_leaf(b"commit", [(b"a/c", two), (b"a/b", one)]) == hashlib.sha256(data).digest()
