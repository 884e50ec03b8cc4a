# SPDX-License-Identifier: MIT
# A machine that has few programs, or others: PATHs to run tools of the build in.
import os
from pathlib import Path


def path_without(names, directory):
    """A PATH where these programs are missing: links to all others, in a new directory."""
    if not names:
        return os.environ["PATH"]
    directory.mkdir()
    for folder in reversed(os.environ["PATH"].split(":")):
        for program in Path(folder).glob("*") if Path(folder).is_dir() else ():
            link = directory / program.name
            if program.name not in names and os.access(program, os.X_OK):
                link.unlink(missing_ok=True)
                link.symlink_to(program)
    return str(directory)


def script(path, text):
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
