# SPDX-License-Identifier: MIT
# Reads QR codes from PNG pictures with the decoders of the system: what they return was really scannable.
import base64
import functools
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

DECODER_SECONDS = 60
DECODERS = {
    "zbarimg": ("-q", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable"),
    "ZXingReader": ("-format", "QRCode", "-bytes"),
}
# Several pictures in one call: a process costs more than a decoding. These forms name the file of each payload.
BATCHES = {
    "zbarimg": ("-q", "--xml", "--nodbus", "-Sdisable", "-Sqrcode.enable"),
    "ZXingReader": ("-format", "QRCode"),
}
BATCH_SECONDS = 600
# From version 2 on it reads light on dark as well, which many phones do not.
STRICT = "-noinvert"


def missing():
    """The reason why nothing can be decoded here, or None when both decoders are installed."""
    lacking = [name for name in DECODERS if not shutil.which(name)]
    return f"{' and '.join(lacking)} not installed" if lacking else None


def decode(picture, decoder, *more):
    """The payload (bytes) of the QR code in the PNG bytes, or None when this decoder finds none; `more`: its options."""
    with tempfile.NamedTemporaryFile(prefix="scandeck-test-", suffix=".png") as file:
        file.write(picture)
        file.flush()
        command = [decoder, *DECODERS[decoder], *_strict(decoder), *more, file.name]
        done = subprocess.run(command, capture_output=True, timeout=DECODER_SECONDS, check=False,
                              stdin=subprocess.DEVNULL)
    return _payload(decoder, done)


def decode_many(pictures, decoder):
    """decode() of each of the PNG pictures, in one call of the decoder. (zbarimg would stop at a broken picture.)"""
    if not pictures:
        return []
    with tempfile.TemporaryDirectory(prefix="scandeck-test-") as directory:
        names = [f"{directory}/{n}.png" for n in range(len(pictures))]
        for name, picture in zip(names, pictures):
            Path(name).write_bytes(picture)
        command = [decoder, *BATCHES[decoder], *_strict(decoder), *names]
        done = subprocess.run(command, capture_output=True, timeout=BATCH_SECONDS, check=False,
                              stdin=subprocess.DEVNULL)
    found = _READERS[decoder](done.stdout)
    return [found.get(name.encode()) for name in names]


def decode_all(picture):
    """{decoder: payload or None} for every installed decoder."""
    return {name: decode(picture, name) for name in DECODERS if shutil.which(name)}


@functools.cache
def _strict(decoder):
    """The options that keep a decoder from reading more than a phone does."""
    if decoder != "ZXingReader":
        return ()
    told = subprocess.run([decoder, "-help"], capture_output=True, timeout=DECODER_SECONDS, check=False,
                          stdin=subprocess.DEVNULL)
    return (STRICT,) if STRICT.encode() in told.stdout + told.stderr else ()


def _payload(decoder, done):
    if done.returncode != 0 or not done.stdout:
        return None
    # zbarimg ends each payload with a newline, ZXingReader writes the bytes alone.
    return done.stdout[:-1] if decoder == "zbarimg" else done.stdout


def _from_xml(output):
    """{file: payload} of zbarimg's XML."""
    found = {}
    for name, source in re.findall(rb"<source href='(.*?)'>(.*?)</source>", output, re.S):
        for form, data in re.findall(rb"<data([^>]*)><!\[CDATA\[(.*?)\]\]></data>", source, re.S):
            found[name] = base64.b64decode(data) if b"base64" in form else data
    return found


def _from_blocks(output):
    """{file: payload} of ZXingReader's paragraphs, from their lines of hexadecimal bytes."""
    found, name = {}, None
    for line in output.splitlines():
        word, _, rest = line.partition(b":")
        if word == b"File":
            name = rest.strip()
        elif word == b"Bytes" and name is not None:
            found[name] = bytes.fromhex(rest.decode())
    return found


_READERS = {"zbarimg": _from_xml, "ZXingReader": _from_blocks}
