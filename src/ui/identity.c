/* SPDX-License-Identifier: MIT */
#include "ui/identity.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

#define NEVER IDENTITY_NEVER
#define ANY 0

/* Who gives a version is told by that alone. Asking for kitty's graphics is safe in terminals that have them and in few
 * others: Terminology and RLogin give a version, and print the question (chafa's issue 349), as Konsole did before it
 * had them. So a terminal that is not known is not asked. */
static const struct known_terminal terminals[] = {
    {.name = "kitty", .version = "kitty(", .first = 1, .least = 4000, .most = 4000, .third_scale = 100,
     .sextants = ANY, .octants = 4100, .kitty_query = ANY, .half_blocks = true},
    {.name = "foot(%u)", .version = "foot(", .first = 1, .least = 10000, .most = 99999,
     .sextants = ANY, .octants = 12100, .kitty_query = NEVER, .half_blocks = true, .osc777 = true},
    {.name = "VTE(%u)", .version = "VTE(", .first = 65, .least = 2000, .most = 99999,
     .sextants = 7000, .octants = 8000, .kitty_query = NEVER, .half_blocks = true, .resizes = true, .osc777 = true},
    {.name = "VTE(%u)", .first = 61, .least = 7000, .most = 99999,
     .sextants = 7000, .octants = 8000, .kitty_query = NEVER, .half_blocks = true, .resizes = true, .osc777 = true},
    {.name = "Konsole", .version = "Konsole", .first = NEVER,
     .sextants = ANY, .octants = NEVER, .kitty_query = 220400, .half_blocks = true, .osc777 = true, .resizes = true},
    /* Without its version it is an old one, and what it draws is not known. */
    {.name = "Konsole", .first = 1, .least = 115, .most = 115,
     .sextants = NEVER, .octants = NEVER, .kitty_query = NEVER, .resizes = true, .osc777 = true},
    {.name = "WezTerm", .version = "WezTerm", .first = NEVER,
     .sextants = ANY, .octants = NEVER, .kitty_query = ANY, .half_blocks = true},
    {.name = "ghostty", .version = "ghostty", .first = NEVER,
     .sextants = ANY, .octants = 10200, .kitty_query = ANY, .half_blocks = true, .osc777 = true},
    {.name = "contour", .version = "contour", .first = NEVER,
     .sextants = ANY, .octants = NEVER, .kitty_query = NEVER, .half_blocks = true, .osc777 = true},
    /* The number is that of its library: 24 belongs to 0.14. Measured are 17 (no) and 25 (yes). */
    {.name = "Alacritty", .first = 0, .least = 1000, .most = 9999,
     .sextants = 2400, .octants = NEVER, .kitty_query = NEVER, .half_blocks = true},
    {.name = "XTerm(%u)", .version = "XTerm(", .first = 41, .least = 0, .most = 9999,
     .sextants = NEVER, .octants = NEVER, .kitty_query = NEVER},
    {.name = "PuTTY", .first = 0, .least = 136, .most = 136,
     .sextants = NEVER, .octants = NEVER, .kitty_query = NEVER, .resizes = true},
    {.name = "rxvt-unicode", .first = 85, .least = 0, .most = 9999,
     .sextants = NEVER, .octants = NEVER, .kitty_query = NEVER, .resizes = true, .osc777 = true},
    {.name = "mlterm", .first = 24, .least = 0, .most = 9999,
     .sextants = NEVER, .octants = NEVER, .kitty_query = NEVER, .resizes = true},
    {.name = "tmux", .version = "tmux", .first = 84, .least = 0, .most = NEVER,
     .sextants = NEVER, .octants = NEVER, .kitty_query = NEVER, .hides = true},
    {.name = "GNU screen", .first = 83, .least = 0, .most = NEVER,
     .sextants = NEVER, .octants = NEVER, .kitty_query = NEVER, .hides = true},
    {.name = "mosh", .first = 1, .least = 10, .most = 10, .attributes = "62",
     .sextants = NEVER, .octants = NEVER, .kitty_query = NEVER, .hides = true},
};

static const struct known_terminal unknown = {
    .name = "unknown", .first = NEVER, .sextants = NEVER, .octants = NEVER, .kitty_query = NEVER};
static const struct known_terminal linux_console = {
    .name = "Linux console", .first = NEVER, .sextants = NEVER, .octants = NEVER, .kitty_query = NEVER};

bool identity_is_linux_console(const char *term)
{
    return strncmp(term, "linux", 5) == 0;
}

static bool has_version(const struct known_terminal *it, const char *version)
{
    return it->version && strncmp(version, it->version, strlen(it->version)) == 0;
}

static bool has_device(const struct known_terminal *it, const struct answer *answer, const unsigned numbers[3])
{
    return it->first != NEVER && numbers[0] == it->first && numbers[1] >= it->least && numbers[1] <= it->most &&
           (!it->attributes || strcmp(it->attributes, answer->attributes) == 0);
}

/* "kitty(0.26.5)", "Konsole 22.12.3", "VTE(7006)": three numbers become one. */
static unsigned version_number(const char *text)
{
    unsigned parts[3] = {0};
    size_t count = 0;
    text += strcspn(text, "0123456789");
    while (count < 3 && answer_numbers(text, &parts[count], 1) == 1) {
        text += strspn(text, "0123456789");
        count++;
        if (*text != '.')
            break;
        text++;
    }
    if (count <= 1)
        return parts[0];
    return parts[0] > 9999 || parts[1] > 99 || parts[2] > 99 ? 0 : parts[0] * 10000 + parts[1] * 100 + parts[2];
}

static unsigned device_number(const struct known_terminal *it, const unsigned numbers[3])
{
    return it->third_scale > 0 ? numbers[2] * it->third_scale : numbers[1];
}

static void find_known(struct identity *out, const struct answer *answer)
{
    unsigned numbers[3] = {0};
    bool has_numbers = answer_numbers(answer->device, numbers, 3) >= 2;
    out->known = out->linux_console ? &linux_console : &unknown;
    for (size_t i = 0; i < sizeof terminals / sizeof terminals[0]; i++) {
        const struct known_terminal *it = &terminals[i];
        bool by_version = answer->version[0] && has_version(it, answer->version);
        bool by_device = !answer->version[0] && has_numbers && has_device(it, answer, numbers);
        if (!by_version && !by_device)
            continue;
        out->known = it;
        out->version = by_version ? version_number(answer->version) : device_number(it, numbers);
        return;
    }
}

static void make_name(struct identity *out, const struct answer *answer)
{
    const char *number = strstr(out->known->name, "%u");
    if (answer->version[0])
        snprintf(out->name, sizeof out->name, "%s", answer->version);
    else if (number)
    {
        text_copy_part(out->name, sizeof out->name, out->known->name, (size_t)(number - out->known->name));
        size_t used = strlen(out->name);
        snprintf(out->name + used, sizeof out->name - used, "%u%s", out->version, number + 2);
    }
    else
        snprintf(out->name, sizeof out->name, "%s", out->known->name);
}

static void copy_printable(char *dst, size_t size, const char *src)
{
    size_t len = 0;
    for (; src[len] && len + 1 < size; len++)
        dst[len] = src[len] > 0x20 && src[len] < 0x7f ? src[len] : '?';
    dst[len] = '\0';
}

void identity_make(struct identity *out, const struct answer *answer, const char *term)
{
    *out = (struct identity){.linux_console = identity_is_linux_console(term)};
    copy_printable(out->term, sizeof out->term, term);
    find_known(out, answer);
    make_name(out, answer);
    snprintf(out->id, sizeof out->id, "%s %s %s", answer->version[0] ? answer->version : "-",
             answer->device[0] ? answer->device : "-", out->term[0] ? out->term : "-");
}
