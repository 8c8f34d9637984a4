"""The file that a command writes about people: new, for its owner only, whole or not there at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from frise_analysis.records.problems import UnreadableInput


def require_free(output: Path, *, replace: bool | None) -> None:
    """``UnreadableInput`` where there is something at that place already, unless it is a file to be replaced.

    ``replace`` is None in a command that replaces nothing: its sentence then names no option.
    """
    try:
        there, plain = os.path.lexists(output), output.is_file() or output.is_symlink()
    except OSError:
        raise _cannot(output) from None
    if there and not plain:
        raise _cannot(output)
    if there and not replace:
        raise _there(output, replace=replace)


def write_private(output: Path, content: bytes, *, replace: bool | None) -> None:
    """The file, readable by its owner only (0600). A file that is replaced never lends it its permissions, a link its target."""
    try:
        if replace:
            _put_in_place(output, content)
        else:
            _write_new(output, content)
    except FileExistsError:
        raise _there(output, replace=replace) from None
    except OSError:
        raise _cannot(output) from None


def _put_in_place(output: Path, content: bytes) -> None:
    # Its own short name, beside: that of the file may have no room for one more letter.
    new = output.with_name(f".{secrets.token_hex(8)}")
    _write_new(new, content)
    try:
        new.replace(output)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _write_new(output: Path, content: bytes) -> None:
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except BaseException:
        output.unlink(missing_ok=True)
        raise


def _there(output: Path, *, replace: bool | None) -> UnreadableInput:
    remedy = "Donnez un autre nom." if replace is None else "Donnez un autre nom, ou remplacez-le avec --force."
    return UnreadableInput(f"Il y a déjà un fichier à l’endroit indiqué : {output}.", remedy=remedy)


def _cannot(output: Path) -> UnreadableInput:
    return UnreadableInput(
        f"Le fichier ne peut pas être écrit à l’endroit indiqué : {output}.",
        remedy="Vérifiez que le dossier existe, que vous pouvez y écrire et que le nom n’est pas trop long.",
    )
