# SPDX-License-Identifier: MIT
# Runs a program in a pty inside a terminal and passes everything through, both ways, while it keeps a copy:
#   python3 relay.py DIRECTORY PROGRAM [ARGUMENT...]
# DIRECTORY holds the fifo `keys`, whose bytes are pressed as keys; `answers` and `output` are what the terminal and the
# program said, `size` is "columns rows width height", the last two in pixels; `relay` is the id of this process.
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import tty
from pathlib import Path


def copy_size(master, directory):
    size = fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8))
    fcntl.ioctl(master, termios.TIOCSWINSZ, size)
    rows, columns, width, height = struct.unpack("HHHH", size)
    (directory / "size.new").write_text(f"{columns} {rows} {width} {height}")
    (directory / "size.new").rename(directory / "size")


def read(source):
    try:
        return os.read(source, 65536)
    except OSError:
        # The last program has closed its side of the pty.
        return b""


def write(target, data):
    while data:
        data = data[os.write(target, data):]


def relay(master, directory):
    # Opened for both, so that it never ends when a writer goes.
    keys = os.open(directory / "keys", os.O_RDWR)
    with open(directory / "answers", "wb", 0) as answers, open(directory / "output", "wb", 0) as output:
        routes = {0: (master, answers), keys: (master, None), master: (1, output)}
        while True:
            for source in select.select(list(routes), [], [])[0]:
                data = read(source)
                if not data:
                    return
                target, copy = routes[source]
                if copy:
                    copy.write(data)
                write(target, data)


def main():
    directory = Path(sys.argv[1])
    (directory / "relay").write_text(str(os.getpid()))
    sized, sizing = os.pipe()
    child, master = pty.fork()
    if child == 0:
        # The size shall be there before the program asks for it.
        os.read(sized, 1)
        os.execvp(sys.argv[2], sys.argv[2:])
    saved = termios.tcgetattr(0)
    tty.setraw(0)
    copy_size(master, directory)
    signal.signal(signal.SIGWINCH, lambda *_: copy_size(master, directory))
    write(sizing, b"!")
    try:
        relay(master, directory)
    finally:
        termios.tcsetattr(0, termios.TCSANOW, saved)
        os.close(master)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
