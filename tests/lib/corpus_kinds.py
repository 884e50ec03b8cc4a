# SPDX-License-Identifier: MIT
# The kinds of pictures in the corpus: as machines draw, scale, colour, and damage symbols. The same ones at every run.
import corpus_symbols as symbols
from corpus_payloads import ALPHANUMERIC, DIGITS, dice_of, kanji, letters, mixed, reference, utf8
from corpus_pictures import FILTERS, FINDERS, PITCH, STAMPS, Picture

WIDTHS = (200, 256, 300, 333, 1000)


def typed(colour_type, depth=None, *more):
    """What makes convert write this type of PNG: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA."""
    words = ("-define", f"png:color-type={colour_type}")
    if depth:
        words += ("-define", f"png:bit-depth={depth}")
    return words + (("-depth", "16") if depth == 16 else ()) + more


def service(kind, name, level="L", version=0, mask=None, long=None):
    """A picture of what the service sends, without any scaling yet."""
    dice = dice_of(kind, name)
    payload = reference(dice, dice.random() < 0.5 if long is None else long)
    return Picture(kind, name, payload, symbols.symbol([(symbols.BYTE, payload)], version, level, mask))


def filled(kind, name, version, level=None, mask=None):
    level = level or "LMQH"[version % 4]
    dice = dice_of(kind, name)
    payload = letters(dice, symbols.capacity(version, level) * dice.choice((6, 8, 9, 10)) // 10).encode()
    return Picture(kind, name, payload, symbols.symbol([(symbols.BYTE, payload)], version, level, mask))


def versions():
    for version in symbols.VERSIONS:
        level = "LMQH"[version % 4]
        picture = filled("versions 1 to 40", f"version {version}-{level}", version, level)
        picture.scaled(PITCH if version < 30 else 3)
        picture.undamaged = True
        yield picture


def masks():
    for level in "LMQH":
        for mask in range(8):
            picture = filled("levels and masks", f"level {level} mask {mask}", 3 + mask, level, mask).scaled()
            picture.undamaged = True
            yield picture


def payloads():
    kind = "payloads"

    def one(name, segments, **how):
        payload = b"".join(data for _, data in segments)
        picture = Picture(kind, name, payload, symbols.symbol(segments, **how)).scaled()
        picture.undamaged = True
        return picture

    dice = dice_of(kind)
    for count in (1, 2, 3, 4, 17, 333):
        yield one(f"{count} digits", [(symbols.NUMERIC, letters(dice, count, DIGITS).encode())], level="M")
    for count in (1, 2, 25, 300):
        text = letters(dice, count, ALPHANUMERIC).encode()
        yield one(f"{count} alphanumeric", [(symbols.ALPHANUMERIC, text)], level="Q")
    for count in (1, 2, 14, 19, 700):
        yield one(f"{count} bytes", [(symbols.BYTE, letters(dice, count).encode())])
    for count in (1, 5, 60, 400):
        yield one(f"{count} kanji", [(symbols.KANJI, kanji(dice, count))], level="M")
    for count in (3, 20, 120):
        text = utf8(dice, count)
        yield one(f"UTF-8 of {count}", [(symbols.BYTE, text)])
        yield one(f"UTF-8 of {count} with ECI", [(symbols.BYTE, text)], eci=symbols.ECI_UTF8)
    for count in (2, 9, 40, 150):
        yield one(f"mixed {count}", mixed(dice, count)[1], level="M")
    for long in (False, True):
        for level in "LMQH":
            text = reference(dice, long)
            yield one(f"{len(text)} bytes of the service at {level}", [(symbols.BYTE, text)], level=level)


def one_pixel():
    for version in (1, 2, 5, 7, 9, 11, 14, 21, 32, 40):
        for margin in (4, 0):
            picture = filled("1 pixel a module", f"version {version} margin {margin}", version)
            picture.margin, picture.undamaged = margin, True
            yield picture


def no_margin():
    for version in (1, 3, 6, 7, 10, 11, 12, 17, 25, 40):
        for pitch in (2, 5):
            picture = filled("no margin", f"version {version} pitch {pitch}", version).scaled(pitch)
            picture.margin, picture.undamaged = 0, True
            yield picture


def borders():
    for colour in ("black", "white", "gray20", "gray50", "gray80", "navy", "tomato"):
        for width in (1, 7, 60, 400):
            for margin in (4, 1):
                if (width + margin) % 2 == 0 and colour.startswith("gray"):
                    continue
                picture = service("borders", f"{width} px of {colour}, margin {margin}")
                picture.margin, picture.undamaged = margin, True
                yield picture.scaled().then("-bordercolor", colour, "-border", width)


def scaling():
    for how in FILTERS:
        for width in WIDTHS:
            for version, level in ((1, "M"), (4, "L"), (7, "Q"), (10, "L"), (11, "L"), (15, "M"), (25, "L"), (40, "L")):
                picture = filled(f"scaled, {how}", f"version {version} to {width}", version, level)
                pitch = width / picture.modules
                if pitch < 1.3:
                    continue
                picture.undamaged = how == "nearest" or pitch >= 2
                if version % 2 and how != "nearest":
                    picture.scaled()
                yield picture.resized(width, how)


def small_scaling():
    """Fewer than two pixels a module: unequal ones, or smoothed until the light and the dark run into each other."""
    for how in FILTERS:
        for version in (4, 5, 9, 11, 20, 33):
            for pitch in (1.2, 1.35, 1.5, 1.75, 1.82, 1.9):
                kind = f"few pixels, {'nearest' if how == 'nearest' else 'smoothed'}"
                picture = filled(kind, f"version {version} pitch {pitch} {how}", version, "LM"[version % 2])
                picture.undamaged = how == "nearest"
                yield picture.scaled().resized(round(pitch * picture.modules), how)


CLEAR = ("-transparent", "white")


def transparent():
    for name, words in {
            "light is clear": CLEAR,
            "light is clear, a border is not": (*CLEAR, "-bordercolor", "white", "-compose", "Copy", "-border", "9"),
            "dark is clear, light white": ("-transparent", "black"),
            "light is clear, dark is blue": ("+level-colors", "navy,white", *CLEAR),
            "white on clear": ("-negate", "-transparent", "black"),
            "half clear": ("-alpha", "set", "-channel", "A", "-evaluate", "set", "50%", "+channel"),
            "light is clear, few colours": (*CLEAR, *typed(3)),
            "light is clear, 16 bits": (*CLEAR, *typed(6, 16)),
            "light is clear, grey": (*CLEAR, *typed(4)),
    }.items():
        for long in (False, True):
            picture = service("transparent", f"{name}, {277 if long else 239} bytes", long=long).scaled()
            picture.undamaged = True
            yield picture.then(*words)


def low_contrast():
    for dark, light in ((0, 12), (120, 136), (243, 255), (100, 140), (0, 40), (200, 255), (60, 90), (127, 133)):
        for pitch in (1, 4):
            picture = service("low contrast", f"{dark} on {light}, pitch {pitch}").scaled(pitch)
            picture.undamaged = True
            yield picture.then("+level-colors", f"rgb({dark},{dark},{dark}),rgb({light},{light},{light})")


PAIRS = (("navy", "ivory"), ("darkgreen", "lightyellow"), ("maroon", "pink"), ("black", "yellow"), ("#25D366", "white"),
         ("#128C7E", "#DCF8C6"), ("red", "white"), ("blue", "white"), ("purple", "orange"), ("#404040", "#90d0ff"),
         ("teal", "gold"), ("#075E54", "#ECE5DD"))


def coloured():
    for dark, light in PAIRS:
        for pitch in (2, 5):
            picture = service("coloured", f"{dark} on {light}, pitch {pitch}").scaled(pitch)
            picture.undamaged = True
            yield picture.then("-colorspace", "sRGB", "+level-colors", f"{dark},{light}")


def inverted():
    for version in (1, 4, 7, 11, 20, 40):
        for words in (("-negate",), ("-negate", "+level-colors", "#202020,#e0ffe0")):
            for margin in (4, 1):
                picture = filled("inverted", f"version {version} {words[-1]} margin {margin}", version)
                picture.margin, picture.undamaged = margin, True
                yield picture.scaled().then("-colorspace", "sRGB", *words)


LOGOS = (("circle", "#25D366"), ("rectangle", "white"), ("roundrectangle", "black"), ("circle", "gray55"))
LOGO_SHARES = {"Q": (0.16, 0.2, 0.24, 0.28, 0.32), "H": (0.2, 0.25, 0.3, 0.34, 0.38)}


def logos():
    for level, shares in LOGO_SHARES.items():
        for share in shares:
            for shape, fill in LOGOS:
                picture = service("logo over the middle", f"level {level} {share:.0%} {shape} {fill}", level).scaled()
                yield picture.then("-colorspace", "sRGB", *logo(picture.modules * PITCH, share, shape, fill))


def logo(side, share, shape, fill):
    """The share is that of the side."""
    middle, reach = side / 2, side * share / 2
    low, high = middle - reach, middle + reach
    drawn = {"circle": f"circle {middle},{middle} {middle},{low}", "rectangle": f"rectangle {low},{low} {high},{high}",
             "roundrectangle": f"roundrectangle {low},{low} {high},{high} {reach / 3},{reach / 3}"}[shape]
    ring = f"circle {middle},{middle} {middle},{middle - reach * 0.6}"
    return "-fill", fill, "-stroke", "white", "-strokewidth", "2", "-draw", drawn, "-fill", "white", "-draw", ring


def jpegs():
    for quality in (5, 10, 15, 25, 40, 60, 80, 95):
        for sampling in ("4:2:0", "4:4:4"):
            for pitch in (2, 3, 4):
                colour = ("black", "white") if pitch == 4 else PAIRS[(quality + pitch) % len(PAIRS)]
                name = f"quality {quality} {sampling} pitch {pitch} {colour[0]} on {colour[1]}"
                picture = service("JPEG damage", name).scaled(pitch)
                yield picture.then("-colorspace", "sRGB", "+level-colors", ",".join(colour)).jpeg(quality, sampling)


def noisy():
    for sort in ("Gaussian", "Uniform", "Impulse", "Laplacian"):
        for strength in (0.2, 0.5, 1.0, 1.6, 2.5):
            for pitch in (3, 4):
                picture = service("noise", f"{sort} {strength} pitch {pitch}").scaled(pitch)
                yield picture.then("-seed", 7, "-attenuate", strength, "+noise", sort, "-colorspace", "Gray")


def blurred():
    for sigma in (0.25, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        for pitch in (2, 3, 4, 5, 8):
            picture = service("blur", f"{sigma} modules, pitch {pitch}").scaled(pitch)
            yield picture.then("-blur", f"0x{sigma * pitch:.2f}")


INTERLACED = ("-interlace", "PNG")
FORMATS = {
    "interlaced": INTERLACED,
    "1 bit": typed(0, 1, "-monochrome"),
    "1 bit interlaced": typed(0, 1, "-monochrome", *INTERLACED),
    "palette": typed(3),
    "palette of 8 bits": typed(3, 8),
    "palette interlaced": typed(3, None, *INTERLACED),
    "grey of 8 bits": typed(0, 8),
    "grey of 16 bits": typed(0, 16),
    "RGB of 8 bits": typed(2),
    "RGB of 16 bits": typed(2, 16),
    "RGBA of 16 bits interlaced": typed(6, 16, *INTERLACED),
    "grey and alpha": typed(4),
    "grey and alpha of 16 bits interlaced": typed(4, 16, *INTERLACED),
    "RGBA": typed(6),
}


def formats():
    for name, words in FORMATS.items():
        for pitch in (1, 3):
            picture = service("PNG formats", f"{name}, pitch {pitch}").scaled(pitch)
            picture.undamaged = True
            yield picture.then("-colorspace", "sRGB", *words)


TURNS = {"90": ("-rotate", "90"), "180": ("-rotate", "180"), "270": ("-rotate", "270"), "mirrored": ("-flop",),
         "mirrored 90": ("-flop", "-rotate", "90"), "upside down": ("-flip",)}


def turned():
    for version in (1, 6, 7, 11, 24, 40):
        for name, words in TURNS.items():
            picture = filled("turned and mirrored", f"version {version} {name}", version).scaled(3)
            picture.undamaged = True
            yield picture.then(*words)


def tilted():
    for degrees in (0.5, 1, 1.5, 2, 3, -0.7, -2.5):
        for version, level in ((2, "L"), (7, "M"), (11, "L"), (25, "L")):
            for pitch in (3, 5):
                picture = filled("tilted", f"{degrees} degrees, version {version} pitch {pitch}", version, level)
                yield picture.scaled(pitch).then("-background", "white", "-rotate", degrees)


STRETCHES = ((300, 240), (240, 300), (333, 256), (400, 290), (500, 400), (260, 333))


def stretched():
    for width, height in STRETCHES:
        for how in FILTERS:
            picture = service("stretched", f"{width}x{height} {how}").scaled()
            picture.undamaged = how == "nearest"
            yield picture.then(*FILTERS[how], f"{width}x{height}!")


def styled():
    for stamp in STAMPS:
        for scale in (100, 50, 37):
            for colour in ("black", "#128C7E"):
                picture = service("dots and other shapes", f"{stamp} at {scale}% in {colour}")
                picture.stamp = stamp
                yield picture.then("-filter", "triangle", "-resize", f"{scale}%", "-colorspace", "sRGB",
                                   "+level-colors", f"{colour},white")


def shaded():
    """Light that changes over the picture: a gradient times the symbol."""
    for low in ("gray60", "gray35"):
        for degrees in (0, 35):
            for version, level in ((3, "M"), (11, "L"), (20, "Q")):
                picture = filled("shaded", f"to {low} at {degrees} degrees, version {version}", version, level).scaled()
                side = picture.modules * PITCH
                shade = ("-size", f"{2 * side}x{2 * side}", f"gradient:white-{low}", "-rotate", degrees,
                         "-gravity", "center", "-crop", f"{side}x{side}+0+0", "+repage")
                yield picture.then("+level", "12%,100%", "(", *shade, ")", "-compose", "Multiply", "-composite")


def decoys():
    """Finder patterns that belong to no symbol, many of them and as clean as its own."""
    for count in (1, 3, 6, 12, 24):
        for place in ("above", "below"):
            picture = service("lone finder patterns", f"{count} {place}").scaled()
            picture.undamaged = True
            side, rows = picture.modules * PITCH, -(-count // 8)
            size = f"{max(side, 8 * 9 * PITCH)}x{side + rows * 9 * PITCH}"
            picture.then("-gravity", "south" if place == "above" else "north", "-background", "white", "-extent", size)
            first = 0 if place == "above" else side
            for index in range(count):
                picture.then(*_finder(index % 8 * 9 * PITCH + PITCH, first + index // 8 * 9 * PITCH + PITCH, PITCH))
            yield picture


def _finder(left, top, pitch):
    words = []
    for inset, fill in ((0, "black"), (1, "white"), (2, "black")):
        low, high = inset * pitch, (7 - inset) * pitch - 1
        words += ["-fill", fill, "-draw", f"rectangle {left + low},{top + low} {left + high},{top + high}"]
    return words


COMBINED = 80


def combined():
    for index in range(COMBINED):
        dice = dice_of("combined", index)
        yield _combination(dice, index)


def _combination(dice, index):
    level = dice.choice("LLMQ")
    picture = service("combined", "", level)
    words = [level]
    picture.margin = dice.choice((0, 1, 2, 4, 4, 10))
    width = dice.choice(WIDTHS[1:4] + (180, 220, 276, 411, 500))
    width = max(width, int(2.2 * picture.modules))
    how = dice.choice(list(FILTERS))
    picture.scaled().resized(width, how)
    words += [f"margin {picture.margin}", f"{width} {how}"]
    treatments = {
        "coloured": lambda p: p.then("-colorspace", "sRGB", "+level-colors", ",".join(dice.choice(PAIRS))),
        "low contrast": lambda p: p.then("+level-colors",
                                         dice.choice(("gray40,gray62", "gray70,white", "black,gray25"))),
        "inverted": lambda p: p.then("-negate"),
        "mirrored": lambda p: p.then("-flop"),
        "turned": lambda p: p.then("-rotate", dice.choice((90, 180, 270))),
        "tilted": lambda p: p.then("-virtual-pixel", "edge", "-rotate", round(dice.uniform(-2, 2), 1)),
        "dark border": lambda p: p.then("-bordercolor", "gray10", "-border", dice.choice((5, 30))),
        "blurred": lambda p: p.then("-blur", f"0x{0.25 * width / picture.modules:.2f}"),
        "noisy": lambda p: p.then("-seed", index, "-attenuate", 0.4, "+noise", "Gaussian", "-colorspace", "Gray"),
    }
    for name in sorted(dice.sample(sorted(treatments), dice.choice((1, 2, 2, 3)))):
        treatments[name](picture)
        words.append(name)
    if dice.random() < 0.5:
        quality = dice.choice((30, 50, 75, 90))
        picture.jpeg(quality)
        words.append(f"JPEG {quality}")
    if dice.random() < 0.3:
        picture.then("-interlace", "PNG")
    picture.name = f"{index}: " + ", ".join(words)
    return picture


def any_turn():
    for index, degrees in enumerate(range(7, 360, 11)):
        version, level = ((2, "L"), (7, "M"), (11, "L"), (20, "Q"))[index % 4]
        picture = filled("any turn", f"{degrees} degrees, version {version}", version, level).scaled((4, 6)[index % 2])
        yield picture.then("-background", ("white", "gray70")[index % 3 == 0], "-rotate", degrees)
    for degrees in (20, 45, 77, 133, 200, 290, 345):
        for damage in ("blur", "JPEG", "noise", "small", "inverted"):
            picture = service("any turn", f"{degrees} degrees, {damage}").scaled(8 if damage == "small" else 5)
            picture.then("-background", "white", "-rotate", degrees)
            if damage == "blur":
                picture.then("-blur", "0x1.6")
            elif damage == "JPEG":
                picture.jpeg(30)
            elif damage == "noise":
                picture.then("-seed", 5, "-attenuate", 0.5, "+noise", "Gaussian", "-colorspace", "Gray")
            elif damage == "small":
                picture.then("-filter", "triangle", "-resize", "34%")
            else:
                picture.then("-negate", "+level-colors", "#101820,#e8f0e0")
            yield picture


def shaped_finders():
    for finders in FINDERS:
        for stamp in ("squares", "dots", "squares apart"):
            for scale, degrees in ((100, 0), (40, 0), (50, 45), (60, 20), (100, 160)):
                picture = service("shaped finders", f"{finders}, {stamp} at {scale}%, {degrees} degrees")
                picture.finders, picture.stamp = finders, stamp
                picture.then("-filter", "triangle", "-resize", f"{scale}%", "-colorspace", "sRGB")
                if scale == 60:
                    picture.then("+level-colors", "#128C7E,white")
                yield picture.then("-background", "white", "-rotate", degrees)


def gradients():
    """Dark modules whose colour runs over the symbol."""
    for colours in ("navy-#25D366", "#5B51D8-#F77737", "black-orange", "#128C7E-#075E54", "red-blue"):
        for finders in ("circles", "squares"):
            for degrees in (0, 30):
                picture = service("gradients", f"{colours}, {finders}, {degrees} degrees")
                picture.finders, picture.stamp = finders, "dots" if degrees else "squares"
                side = picture.modules * 10
                picture.then("-colorspace", "sRGB", "(", "-size", f"{side}x{side}", f"gradient:{colours}", ")",
                             "-compose", "Screen", "-composite", "-filter", "triangle", "-resize", "45%")
                yield picture.then("-background", "white", "-rotate", degrees)


SCREENS = {"light": ("white", "#202124", "#f1f3f4"), "dark": ("#121b22", "#d1d7db", "#202c33"),
           "black": ("black", "#e0e0e0", "#303030"), "blue": ("#204a87", "white", "#3465a4")}


def screenshots():
    """A window with bars, boxes, and lines of what looks like text, and the code somewhere in it."""
    for theme in SCREENS:
        for percent in (100, 125, 150, 200):
            for size in ("1366x768", "1920x1080"):
                for picture in _screenshots(theme, percent, size):
                    yield picture


def _screenshots(theme, percent, size):
    ground, ink, panel = SCREENS[theme]
    width, height = map(int, size.split("x"))
    for pitch in (2, 3):
        name = f"{theme} at {percent}%, {size}, pitch {pitch}"
        dice = dice_of("screenshots", name)
        picture = service("screenshots", name).scaled(pitch)
        side = picture.modules * pitch
        left, top = dice.randrange(220, width - side - 20), dice.randrange(60, height - side - 20)
        picture.undamaged = percent in (100, 200)
        picture.then("-colorspace", "sRGB", "-bordercolor", ground, "-compose", "Copy",
                     "-background", ground, "-splice", f"{left}x{top}", "-extent", f"{width}x{height}")
        picture.then("-fill", panel, "-draw", f"rectangle 0,0 200,{height}", "-draw", f"rectangle 0,0 {width},48")
        picture.then("-fill", ink, "+antialias")
        for line in range(60, height - 20, 22):
            at = 10
            while at < 180:
                long = dice.randrange(2, 14)
                picture.then("-draw", f"rectangle {at},{line} {at + long},{line + dice.choice((1, 6, 9))}")
                at += long + dice.randrange(2, 7)
        if percent != 100:
            picture.then("-filter", "Lanczos" if percent == 150 else "triangle", "-resize", f"{percent}%")
        if pitch == 3 and theme == "dark":
            picture.jpeg(80)
        yield picture


def perspectives():
    """Photographed from the side: one edge of the picture is shorter."""
    for share in (0.03, 0.06, 0.09):
        for edge in ("top", "left", "both"):
            for version, level in ((4, "M"), (7, "M"), (11, "L")):
                picture = filled("perspective", f"{share:.0%} at the {edge}, version {version}", version, level).scaled(8)
                side = picture.modules * 8
                cut = round(side * share)
                corners = {"top": ((cut, 0), (side - cut, 0), (0, side), (side, side)),
                           "left": ((0, cut), (side, 0), (0, side - cut), (side, side)),
                           "both": ((cut, cut), (side - cut, 0), (0, side), (side, side - cut))}[edge]
                plain = ((0, 0), (side, 0), (0, side), (side, side))
                pairs = " ".join(f"{a[0]},{a[1]} {b[0]},{b[1]}" for a, b in zip(plain, corners))
                picture.then("-virtual-pixel", "white", "-distort", "Perspective", pairs, "-blur", "0x1")
                yield picture.jpeg(70)


KINDS = (versions, masks, payloads, one_pixel, no_margin, borders, scaling, small_scaling, transparent, low_contrast,
         coloured, inverted, logos, jpegs, noisy, blurred, formats, turned, tilted, stretched, styled, shaded, decoys,
         combined, any_turn, shaped_finders, gradients, screenshots, perspectives)


def catalogue():
    """All pictures, kind by kind."""
    for kind in KINDS:
        yield from kind()


def structured_append():
    """Symbols that must be refused by name: (PNG bytes, part, parts)."""
    for version, level, index in ((2, "L", 0), (5, "M", 1), (7, "Q", 3), (10, "H", 2)):
        text = letters(dice_of("parts", version), 60 * version).encode()
        rows, parts = symbols.part_of_many(text, version, level, index)
        yield Picture("structured append", f"part {index + 1}", b"", rows).scaled().png(), index + 1, parts
