/* SPDX-License-Identifier: MIT */
#include "core/blank.h"

#include "core/text.h"

#define CHARACTER_BYTES_MAX 4

bool blank_is(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x09, 0x09},     {0x0B, 0x0C},     {0x20, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},     {0xAD, 0xAD},     {0x061C, 0x061C},
        {0x1680, 0x1680}, {0x180E, 0x180E}, {0x2000, 0x200F}, {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

size_t blank_at(const char *text, size_t len)
{
    uint32_t code;
    size_t bytes = len > 0 ? text_next(text, len, &code) : 0;
    return bytes > 0 && blank_is(code) ? bytes : 0;
}

size_t blank_before(const char *text, size_t len)
{
    for (size_t bytes = 1; bytes <= CHARACTER_BYTES_MAX && bytes <= len; bytes++)
        if (((unsigned char)text[len - bytes] & 0xC0) != 0x80)
            return blank_at(text + len - bytes, bytes) == bytes ? bytes : 0;
    return 0;
}
