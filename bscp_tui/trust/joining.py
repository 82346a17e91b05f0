"""A request to be put on the roster: who somebody is, and proof that they hold the key that they name."""

import base64
import binascii
import json
import textwrap
from dataclasses import dataclass

from bscp_tui.store.identity import Identity
from bscp_tui.store.signing import SigningError, SigningKey, sign
from bscp_tui.trust import keys, sshsig
from bscp_tui.trust.wire import MalformedError

MARK = "bscp-join1"
_PURPOSE = "bscp-join"  # a signature for this counts for no entry, and none of an entry for this


class RequestError(ValueError):
    """Text that is no request to join, or not one that its key signed."""


@dataclass(frozen=True)
class JoinRequest:
    """Who wants to be put on the roster, with which key."""

    name: str
    email: str
    key: str

    @property
    def fingerprint(self) -> str:
        """The key's fingerprint, to be compared on the telephone."""
        return keys.read_text(self.key).fingerprint


def ask_to_join(person: Identity, key: SigningKey) -> str:
    """Return the text that a person hands to an administrator.

    Raises:
        SigningError: The key cannot be found, or would not sign.

    """
    public = " ".join((key.public() or "").split()[:2])
    if not public:
        msg = f"The public part of the key {key.value} is not there. Name the key with: bscp trust new-key --use FILE"
        raise SigningError(msg)
    signature = sign(key, _told(person.name, person.email, public), _PURPOSE)
    facts = {"name": person.name, "email": person.email, "key": public, "signature": signature}
    text = base64.b64encode(json.dumps(facts, ensure_ascii=False).encode()).decode()
    return "\n".join([MARK, *textwrap.wrap(text, 72)])


def read_request(text: str) -> JoinRequest:
    """Return the request that ``text`` holds, once its key is seen to have signed it.

    Raises:
        RequestError: It holds none, or one that was altered.

    """
    _, mark, body = text.partition(MARK)
    try:
        facts = json.loads(base64.b64decode("".join(body.replace(">", " ").split()), validate=True))
        request = JoinRequest(*(str(facts[name]) for name in ("name", "email", "key")))
        signature = sshsig.read(str(facts["signature"]))
        signed = signature.holds(_told(request.name, request.email, request.key), _PURPOSE)
        same = signature.key.text == keys.read_text(request.key).text
    except (binascii.Error, ValueError, KeyError, TypeError, MalformedError) as error:
        msg = "That is no whole request to join." if mark else f"That is no request to join; one begins with {MARK}."
        raise RequestError(f"{msg} It is made with: bscp trust join-request") from error
    if not signed or not same:
        msg = "That request was altered after it was made: its key did not sign it. Ask for it again."
        raise RequestError(msg)
    return request


def _told(name: str, email: str, key: str) -> bytes:
    return json.dumps([MARK, name, email, key], ensure_ascii=False).encode()
