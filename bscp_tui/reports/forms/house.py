"""How a partnership wants its documents: its logo, and the templates of its Word and OpenDocument files."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Logo:
    """A picture that stands above every report.

    Attributes:
        data: The picture.
        media: Its media type: "image/png" or "image/jpeg".
        told: What it shows, for those who do not see it.

    """

    data: bytes
    media: str
    told: str


@dataclass(frozen=True)
class House:
    """How a partnership wants its documents.

    Attributes:
        logo: Its logo; None where it has none.
        docx: The Word template, whole; None for the plain look.
        odt: The OpenDocument text template, whole; None for the plain look.

    """

    logo: Logo | None = None
    docx: bytes | None = None
    odt: bytes | None = None
