# SPDX-License-Identifier: MIT
# What waits in a terminal's input.
import fcntl
import os
import struct
import termios


def is_read(path):
    """Whether the program has read all that was typed on this terminal, or the terminal is gone."""
    try:
        tty = os.open(path, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return True
    try:
        return not struct.unpack("i", fcntl.ioctl(tty, termios.FIONREAD, b"\0" * 4))[0]
    except OSError:
        return True
    finally:
        os.close(tty)
