#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs a test that is written in Python; without a Python new enough the whole test is skipped.
python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null && exec python3 "$@"
echo "1..0 # SKIP python3, 3.9 or newer, is not installed"
