# SPDX-License-Identifier: MIT
# Reads QR codes from PNG pictures with the decoders of the system: what they return was really scannable.
import shutil
import subprocess
import tempfile

DECODER_SECONDS = 60
DECODERS = {
    "zbarimg": ("-q", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable"),
    "ZXingReader": ("-format", "QRCode", "-bytes"),
}


def missing():
    """The reason why nothing can be decoded here, or None when both decoders are installed."""
    lacking = [name for name in DECODERS if not shutil.which(name)]
    return f"{' and '.join(lacking)} not installed" if lacking else None


def decode(picture, decoder):
    """The payload (bytes) of the QR code in the PNG bytes, or None when this decoder finds none."""
    with tempfile.NamedTemporaryFile(prefix="scandeck-test-", suffix=".png") as file:
        file.write(picture)
        file.flush()
        command = [decoder, *DECODERS[decoder], file.name]
        done = subprocess.run(command, capture_output=True, timeout=DECODER_SECONDS, check=False,
                              stdin=subprocess.DEVNULL)
    return _payload(decoder, done)


def decode_all(picture):
    """{decoder: payload or None} for every installed decoder."""
    return {name: decode(picture, name) for name in DECODERS if shutil.which(name)}


def _payload(decoder, done):
    if done.returncode != 0 or not done.stdout:
        return None
    # zbarimg ends each payload with a newline, ZXingReader writes the bytes alone.
    return done.stdout[:-1] if decoder == "zbarimg" else done.stdout
