# SPDX-License-Identifier: MIT
# What the symbols of the corpus say: the service's two forms, and text in every mode.
import random

import corpus_symbols as symbols

LINK = "https://wa.me/settings/linked_devices#"
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
DIGITS = "0123456789"
ALPHANUMERIC = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def dice_of(*names):
    """Dice that fall the same way whenever they are called so."""
    return random.Random("/".join(map(str, names)))


def letters(dice, count, alphabet=BASE64):
    return "".join(dice.choice(alphabet) for _ in range(count))


def reference(dice, long=False):
    """What a phone is to scan: 239 bytes, or 277 since 2026."""
    parts = (letters(dice, 100), *(letters(dice, 43) + "=" for _ in range(3)))
    return f"{LINK if long else ''}2@{','.join(parts)},1".encode()


def kanji(dice, count):
    """Shift JIS of characters in both ranges of the kanji mode."""
    chosen = "点茗漢字日本語東京大阪亜腕弌熙"
    return "".join(dice.choice(chosen) for _ in range(count)).encode("shift_jis")


def utf8(dice, count):
    return "".join(dice.choice("Grüße, мир €5 日本 ñandú 🙂é") for _ in range(count)).encode()


def mixed(dice, count):
    parts = [(symbols.NUMERIC, letters(dice, count, DIGITS).encode()),
             (symbols.ALPHANUMERIC, letters(dice, count, ALPHANUMERIC).encode()),
             (symbols.BYTE, letters(dice, count).lower().encode()),
             (symbols.NUMERIC, letters(dice, 7, DIGITS).encode())]
    return b"".join(data for _, data in parts), parts
