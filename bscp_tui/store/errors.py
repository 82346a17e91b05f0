"""What can go wrong with a register, each in plain English: what, where, what to do."""


class RegisterError(Exception):
    """A register that cannot be opened or read."""


class NoRegisterError(RegisterError):
    """There is no register where one was looked for."""


class FolderTakenError(ValueError):
    """A register was to be made where something is already."""


class SaveError(Exception):
    """A change that was not recorded; the register is as it was."""


class HandEditError(SaveError):
    """The record's file was edited by hand, and that edit is not recorded yet."""


class IdentityError(SaveError):
    """Git does not know who is making the change; it is never made up."""


class ReadOnlyError(SaveError):
    """The register is open for reading only; the message says why."""
