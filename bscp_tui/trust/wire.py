"""SSH's way of writing things down: lengths, strings and whole numbers, read without ever running over the end."""

import struct


class MalformedError(ValueError):
    """Bytes that are not what they claim to be."""


class Wire:
    """Reads one SSH structure after another from bytes.

    Attributes:
        data: All of the bytes.
        place: How many of them are read.

    """

    def __init__(self, data: bytes) -> None:
        """Begin at the first byte of ``data``."""
        self.data = data
        self.place = 0

    def take(self, count: int) -> bytes:
        """Return the next ``count`` bytes.

        Raises:
            MalformedError: There are not so many left.

        """
        end = self.place + count
        if end > len(self.data):
            msg = "it ends too early"
            raise MalformedError(msg)
        taken, self.place = self.data[self.place : end], end
        return taken

    def number(self) -> int:
        """Return a whole number of 32 bits."""
        return int(struct.unpack(">I", self.take(4))[0])

    def long(self) -> int:
        """Return a whole number of 64 bits."""
        return int(struct.unpack(">Q", self.take(8))[0])

    def string(self) -> bytes:
        """Return bytes that are preceded by their length."""
        return self.take(self.number())

    def word(self) -> str:
        """Return a string of plain ASCII, a name of something.

        Raises:
            MalformedError: It holds something else.

        """
        try:
            return self.string().decode("ascii")
        except UnicodeDecodeError as error:
            msg = "a name in it is not plain text"
            raise MalformedError(msg) from error

    def mpint(self) -> int:
        """Return a whole number of any size, which is never negative here.

        Raises:
            MalformedError: It is negative, or not written the shortest way.

        """
        data = self.string()
        if data and (data[0] & 0x80 or (data[0] == 0 and (len(data) == 1 or not data[1] & 0x80))):
            msg = "a number in it is not written as SSH writes numbers"
            raise MalformedError(msg)
        return int.from_bytes(data, "big")

    def end(self) -> None:
        """Say that nothing may follow.

        Raises:
            MalformedError: Something does.

        """
        if self.place != len(self.data):
            msg = "something follows its end"
            raise MalformedError(msg)


def string(data: bytes) -> bytes:
    """Return ``data`` with its length before it."""
    return struct.pack(">I", len(data)) + data
