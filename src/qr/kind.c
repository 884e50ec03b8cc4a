/* SPDX-License-Identifier: MIT */
#include "qr/kind.h"

#include <ctype.h>
#include <string.h>

#include "qr/failure.h"

/* How far into a text is looked for what it is. */
#define LOOKED_INTO 1024

struct kind {
    const char *name;
    size_t at, len; /* of the bytes that tell */
    const char *bytes;
};

/* The first that fits is it. */
static const struct kind kinds[] = {
    {"a JPEG picture", 0, 2, "\xff\xd8"},
    {"a GIF picture", 0, 4, "GIF8"},
    {"a WebP picture", 8, 4, "WEBP"},
    {"a TIFF picture", 0, 4, "II*\0"},
    {"a TIFF picture", 0, 4, "MM\0*"},
    {"a TIFF picture", 0, 4, "II+\0"},
    {"an AVIF picture", 4, 8, "ftypavif"},
    {"an AVIF picture", 4, 8, "ftypavis"},
    {"a HEIC picture", 4, 7, "ftyphei"},
    {"a HEIC picture", 4, 7, "ftyphev"},
    {"a HEIF picture", 4, 8, "ftypmif1"},
    {"a HEIF picture", 4, 8, "ftypmsf1"},
    {"a film", 4, 4, "ftyp"},
    {"a JPEG XL picture", 0, 2, "\xff\x0a"},
    {"a JPEG XL picture", 4, 8, "JXL \r\n\x87\n"},
    {"a JPEG 2000 picture", 4, 8, "jP  \r\n\x87\n"},
    {"an icon", 0, 4, "\0\0\1\0"},
    {"a Photoshop picture", 0, 4, "8BPS"},
    {"a QOI picture", 0, 4, "qoif"},
    {"an MNG film", 0, 4, "\x8aMNG"},
    {"a JNG picture", 0, 4, "\x8bJNG"},
    {"a DDS picture", 0, 4, "DDS "},
    {"a PCX picture", 0, 3, "\x0a\x05\x01"},
    {"a sound", 8, 4, "WAVE"},
    {"a film", 8, 4, "AVI "},
    {"an XPM picture", 0, 9, "/* XPM */"},
    {"a PDF document", 0, 5, "%PDF-"},
    {"a PostScript document", 0, 4, "%!PS"},
    {"a ZIP archive", 0, 4, "PK\3\4"},
    {"a gzip file", 0, 3, "\x1f\x8b\x08"},
    {"a bzip2 file", 0, 3, "BZh"},
    {"an xz file", 0, 6, "\xfd" "7zXZ"},
    {"a 7z archive", 0, 4, "7z\xbc\xaf"},
    {"a RAR archive", 0, 4, "Rar!"},
    {"a program", 0, 4, "\x7f" "ELF"},
};

/* Its number and what stands behind it. */
static bool is_pnm(const uint8_t *bytes, size_t len)
{
    return len >= 3 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '7' && (isspace(bytes[2]) || bytes[2] == '#');
}

/* The length of the second header tells a bitmap from a text that begins with BM. */
static bool is_bitmap(const uint8_t *bytes, size_t len)
{
    return len >= 18 && memcmp(bytes, "BM", 2) == 0 && bytes[14] >= 12 && bytes[14] <= 124 && bytes[15] == 0 &&
           bytes[16] == 0 && bytes[17] == 0;
}

static bool holds(const uint8_t *text, size_t len, const char *word)
{
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= len; at++) {
        size_t same = 0;
        while (same < length && tolower(text[at + same]) == word[same])
            same++;
        if (same == length)
            return true;
    }
    return false;
}

/* What begins with an angle bracket, after white space and a byte order mark. */
static const char *markup_of(const uint8_t *bytes, size_t len)
{
    size_t at = len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < len && at < LOOKED_INTO && isspace(bytes[at]))
        at++;
    if (at == len || bytes[at] != '<')
        return NULL;
    size_t looked = len - at < LOOKED_INTO ? len - at : LOOKED_INTO;
    if (holds(bytes + at, looked, "<!doctype html") || holds(bytes + at, looked, "<html"))
        return "an HTML page";
    return holds(bytes + at, looked, "<svg") ? "an SVG picture" : "an XML text";
}

static const char *name_of(const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct kind *kind = &kinds[i];
        if (len >= kind->at + kind->len && memcmp(bytes + kind->at, kind->bytes, kind->len) == 0)
            return kind->name;
    }
    if (is_pnm(bytes, len))
        return "a PNM picture";
    return is_bitmap(bytes, len) ? "a BMP picture" : markup_of(bytes, len);
}

bool kind_refuse(const uint8_t *bytes, size_t len, struct qr_failure *failure)
{
    const char *name = name_of(bytes, len);
    if (name)
        failure_set(failure, QR_STEP_PNG, "it is %s: only PNG is read", name);
    return name != NULL;
}

bool kind_is_utf32(const uint8_t *bytes, size_t len)
{
    return len >= 4 && (memcmp(bytes, "\xff\xfe\0\0", 4) == 0 || memcmp(bytes, "\0\0\xfe\xff", 4) == 0);
}

bool kind_is_utf16(const uint8_t *bytes, size_t len)
{
    size_t zeros[2] = {0, 0}, looked = len < LOOKED_INTO ? len & ~(size_t)1 : LOOKED_INTO;
    if (len >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
        return true;
    for (size_t i = 0; i < looked; i++)
        zeros[i % 2] += bytes[i] == 0;
    return looked >= 8 && (zeros[0] == looked / 2 || zeros[1] == looked / 2) && zeros[0] != zeros[1];
}
