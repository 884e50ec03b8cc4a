# SPDX-License-Identifier: MIT
# A certificate authority for one test and a server certificate of it, made by the openssl command.
import shutil
import subprocess
from pathlib import Path

LOOPBACK = "DNS:localhost,IP:127.0.0.1,IP:::1"
DAYS = "2"


def missing():
    return None if shutil.which("openssl") else "the openssl command is not installed"


def make(directory, names=LOOPBACK):
    """Writes ca.pem, server.pem and server.key; returns (ca, certificate, key). `names`: subjectAltName."""
    directory = Path(directory)
    ca, ca_key, cert, key = (directory / name for name in ("ca.pem", "ca.key", "server.pem", "server.key"))
    _openssl("req", "-x509", "-subj", "/CN=scandeck test CA", "-keyout", ca_key, "-out", ca, *_new_key(), "-days", DAYS,
             "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    request, extensions = directory / "server.csr", directory / "server.ext"
    # Without the identifiers of the keys a strict reader (Python from 3.13 on) refuses it.
    extensions.write_text(f"subjectAltName={names}\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n")
    _openssl("req", "-subj", "/CN=scandeck test server", "-keyout", key, "-out", request, *_new_key())
    _openssl("x509", "-req", "-in", request, "-CA", ca, "-CAkey", ca_key, "-CAcreateserial", "-out", cert,
             "-days", DAYS, "-extfile", extensions)
    return ca, cert, key


def _new_key():
    return "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"


def _openssl(*words):
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL)
    if done.returncode:
        raise RuntimeError(f"openssl {words[0]}: {done.stderr.strip()}")
