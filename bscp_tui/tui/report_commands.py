"""The commands of reports and pictures: asking otherwise, keeping as a file, turning to the figures."""

from bscp_tui.tui.command import Command


class KeepAsFile(Command):
    """Keep the report as a file: Word, Excel, OpenDocument, a web page, text and others."""

    key, short, priority = "ctrl+s,f10", "keep as a file", True


class AskOtherwise(Command):
    """Ask the report otherwise: another plan, since when, how many days ahead, of whom, for whom."""

    key, short = "e", "ask otherwise"


class TurnToFigures(Command):
    """Turn the picture to the table of its figures, or back to the picture."""

    key, short = "number_sign", "figures"


class PictureBefore(Command):
    """Go back to the picture before."""

    key, short, priority = "left", "", True


class NextPicture(Command):
    """Go on to the next picture."""

    key, short, priority = "right", "picture", True
