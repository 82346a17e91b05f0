"""How a history is proved, and how it is said who may do what, from the command line."""

from typing import TYPE_CHECKING

from bscp_tui.cli.parsers.common import command, output_options

if TYPE_CHECKING:
    from bscp_tui.cli.parsers.common import Commands

ROLES_TOLD = "editor, confirmer, administrator or scrutineer; several are possible"


def offer_proof(commands: "Commands") -> None:
    """Offer ``proof``."""
    parser = command(commands, "proof", "print the proof line: a line for the minutes that fixes every entry so far")
    parser.add_argument("--format", metavar="FORMAT", choices=("text", "json"), default="text", help="text or json")


def offer_verify(commands: "Commands") -> None:
    """Offer ``verify``."""
    parser = command(
        commands, "verify", "say whether the history is whole, in order, signed, and not rewritten since a proof"
    )
    parser.epilog = "Exit status: 0 matches; 1 does not match; 2 cannot tell; 3 redacted."
    parser.add_argument(
        "--proof", metavar="TEXT", action="append", help="a proof line from the minutes, or a file that holds some"
    )
    parser.add_argument("--quick", action="store_true", help="judge only what came since the last good verdict")
    parser.add_argument("--forget", action="store_true", help="forget what was last seen of this register here")
    parser.add_argument("--format", metavar="FORMAT", choices=("text", "json"), default="text", help="text or json")


def offer_trust(commands: "Commands") -> None:
    """Offer ``trust``."""
    parser = command(commands, "trust", "keys, the roster of who may do what, and which copies you trust")
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", title="what", required=True)
    copy = command(kinds, "copy", "trust this register's folder with the git settings that it has now")
    copy.add_argument("--forget", action="store_true", help="trust it no longer")
    output_options(command(kinds, "list", "who is on the roster, with roles and keys"))
    command(kinds, "key", "which key signs your entries on this computer")
    request = command(kinds, "join-request", "print a request to be put on the roster, for an administrator")
    request.add_argument("--out", metavar="FILE", help="write it to FILE")
    add = command(kinds, "add", "put somebody on the roster, or give them a further key (administrators)")
    add.add_argument("request", metavar="REQUEST", help="the request, or a file that holds it; - reads it from input")
    add.add_argument("--role", metavar="ROLE", action="append", default=[], help=ROLES_TOLD)
    role = command(kinds, "role", "say what somebody on the roster may do (administrators)")
    role.add_argument("who", metavar="WHO", help="an e-mail address, or a name")
    role.add_argument("roles", metavar="ROLE", nargs="+", help=ROLES_TOLD)
    remove = command(kinds, "remove", "somebody leaves: their keys no longer count (administrators)")
    remove.add_argument("who", metavar="WHO", help="an e-mail address, or a name")
    remove.add_argument("--until", metavar="DATE", help="the first day on which they no longer count (default: today)")
    revoke = command(kinds, "revoke", "a key was lost or stolen: it no longer counts (administrators)")
    revoke.add_argument("who", metavar="WHO", help="an e-mail address, or a name")
    revoke.add_argument("--key", metavar="FINGERPRINT", help="one key only, by the beginning of its fingerprint")
    revoke.add_argument("--since", metavar="DATE", help="the day from which somebody else may have used it")
    new = command(kinds, "new-key", "sign with another key on this computer from now on")
    new.add_argument(
        "--use", metavar="FILE", help="an own key of OpenSSH (passphrase, agent, hardware); else one is made"
    )
    vouch = command(kinds, "vouch", "vouch for an entry that nobody on the roster had signed (administrators)")
    vouch.add_argument("entry", metavar="ENTRY", help="the entry, or its register version")
    restore = command(kinds, "restore", "put back the roster that is vouched for (administrators)")
    adopt = command(kinds, "adopt", "take an unsigned register in hand: entries from now on are vouched for")
    adopt.add_argument("--anew", action="store_true", help="begin the roster anew: the last administrator is gone")
    for changing in (add, role, remove, revoke, new, vouch, restore, adopt):
        changing.add_argument("--reason", metavar="TEXT", help="why, in your words")
