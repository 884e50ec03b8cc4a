#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Runs a program in a terminal of single bytes: every byte above 0x7f is shown as the Latin-1 character that it is.
# eight_bit.py PROGRAM [ARGUMENT...]
import fcntl
import os
import pty
import select
import sys
import termios
import tty


def copy_size(source, target):
    fcntl.ioctl(target, termios.TIOCSWINSZ, fcntl.ioctl(source, termios.TIOCGWINSZ, b"\0" * 8))


def relay(master):
    """Both ways, until the program is gone."""
    while True:
        for file in select.select([master, 0], [], [])[0]:
            try:
                data = os.read(file, 65536)
            except OSError:
                return
            if not data:
                return
            if file == 0:
                os.write(master, data)
            else:
                os.write(1, data.decode("latin-1").encode("utf-8"))


def main():
    pid, master = pty.fork()
    if pid == 0:
        # The window's size must be there before the program looks.
        copy_size(3, 0)
        os.close(3)
        os.execvp(sys.argv[1], sys.argv[1:])
    before = termios.tcgetattr(0)
    tty.setraw(0)
    relay(master)
    termios.tcsetattr(0, termios.TCSANOW, before)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    os.dup2(0, 3, inheritable=True)
    sys.exit(main())
