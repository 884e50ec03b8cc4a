/* SPDX-License-Identifier: MIT
 * The table of fates. The scripts follow protocol.md: a code each 20 s, 100 s a session.
 */
#include "sim/fate.h"

#include <string.h>

#define STEPS(...) (const struct fate_step[]){__VA_ARGS__, {0, SAY_NO_MORE}}
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct fate_step patient_steps[] = {
    {1, SAY_CODE}, {20, SAY_CODE}, {20, SAY_CODE}, {20, SAY_CODE}, {20, SAY_CODE}, {19, SAY_TIMEOUT}, {0, SAY_NO_MORE},
};

/* The program closes after a final frame; the service does so too, a little later. */
const struct fate_step fate_closing_steps[] = {{2, SAY_CLOSE}, {0, SAY_NO_MORE}};
const struct fate_step fate_linked_steps[] = {{0, SAY_ALREADY}, {0, SAY_NO_MORE}};
const struct fate_step fate_starting_steps[] = {{1, SAY_ERROR_STARTING}, {0, SAY_NO_MORE}};
const struct fate_step fate_scanned_steps[] = {{0, SAY_ACCOUNT}, {0, SAY_NO_MORE}};

/* The order counts: instances beyond the twelfth take what is left over from the top. */
static const struct fate fates[] = {
    {.name = "patient",
     .does = "shows 5 codes, then times out; only a phone (a scan) links it",
     .links_s = 4,
     .steps = patient_steps},
    {.name = "linked", .does = "is linked from the start", .born = FATE_AUTHORIZED, .steps = patient_steps},
    {.name = "links-2",
     .does = "links by itself after 2 codes, with a name beyond ASCII",
     .links_s = 8,
     .steps = STEPS({1, SAY_CODE}, {20, SAY_CODE}, {8, SAY_ACCOUNT})},
    {.name = "one-code",
     .does = "shows one code and then says nothing, so that it goes stale",
     .links_s = 4,
     .steps = STEPS({1, SAY_CODE})},
    {.name = "brief",
     .does = "times out 8 s after it opened, so that renewals are used up soon",
     .links_s = 4,
     .steps = STEPS({1, SAY_CODE}, {7, SAY_TIMEOUT})},
    {.name = "error",
     .does = "sends an error that only a logout heals",
     .links_s = 4,
     .steps = STEPS({1, SAY_ERROR_AUTH})},
    {.name = "passkey",
     .does = "shows one code, then WhatsApp wants a passkey",
     .links_s = 4,
     .steps = STEPS({1, SAY_CODE}, {6, SAY_PASSKEY})},
    {.name = "refused", .does = "answers everything with 401", .refusal = 401, .steps = patient_steps},
    {.name = "offline", .does = "drops every connection without an answer", .drops = true, .steps = patient_steps},
    {.name = "starting",
     .does = "is starting for 15 s, then waits for a phone",
     .born = FATE_STARTING,
     .settles_s = 15,
     .links_s = 4,
     .steps = patient_steps},
    {.name = "suspended",
     .does = "is linked, but WhatsApp restricts it",
     .born = FATE_SUSPENDED,
     .steps = patient_steps},
    {.name = "blocked",
     .does = "has a number that WhatsApp banned",
     .born = FATE_BLOCKED,
     .steps = STEPS({1, SAY_ERROR_AUTH})},
    {.name = "links-1-already",
     .does = "links after 1 code and tells it by alreadyLogged only",
     .links_s = 4,
     .steps = STEPS({1, SAY_CODE}, {8, SAY_ALREADY})},
    {.name = "timeout",
     .does = "shows 2 codes 10 s apart, then sends timeout",
     .links_s = 4,
     .steps = STEPS({1, SAY_CODE}, {10, SAY_CODE}, {15, SAY_TIMEOUT})},
    {.name = "timeout-expired",
     .does = "the same, in the older spelling timeoutExpired",
     .links_s = 4,
     .steps = STEPS({1, SAY_CODE}, {10, SAY_CODE}, {15, SAY_TIMEOUT_EXPIRED})},
    {.name = "forbidden", .does = "answers everything with 403", .refusal = 403, .steps = patient_steps},
    {.name = "garbage",
     .does = "sends binary, HTML, an unknown type and 512 KiB in fragments, then codes; links after 2",
     .links_s = 4,
     .steps = STEPS({1, SAY_JUNK}, {1, SAY_HTML}, {1, SAY_UNKNOWN}, {1, SAY_LARGE}, {1, SAY_CODE}, {20, SAY_CODE},
                    {8, SAY_ACCOUNT})},
    {.name = "silent",
     .does = "opens and never says anything",
     .links_s = 4,
     .steps = STEPS({0, SAY_NO_MORE})},
    {.name = "cut",
     .does = "shows one code, then the connection ends without a close frame",
     .links_s = 4,
     .steps = STEPS({1, SAY_CODE}, {5, SAY_CUT})},
    {.name = "hostile",
     .does = "links with texts full of escape sequences, bidi signs and its own token",
     .links_s = 4,
     .steps = STEPS({1, SAY_UNKNOWN_HOSTILE}, {1, SAY_CODE}, {8, SAY_ACCOUNT_HOSTILE})},
    {.name = "hostile-error",
     .does = "sends an error full of escape sequences, bidi signs and its own token",
     .links_s = 4,
     .steps = STEPS({1, SAY_ERROR_HOSTILE})},
    {.name = "too-large",
     .does = "sends a frame of 2 MiB, then codes; links after 2",
     .links_s = 4,
     .steps = STEPS({1, SAY_TOO_LARGE}, {1, SAY_CODE}, {20, SAY_CODE}, {8, SAY_ACCOUNT})},
    {.name = "nested",
     .does = "links after 1 code, accountData nested as an object in message",
     .links_s = 4,
     .steps = STEPS({1, SAY_CODE}, {8, SAY_ACCOUNT_OBJECT})},
    {.name = "nested-string",
     .does = "links after 1 code, accountData nested as JSON in a string",
     .links_s = 4,
     .steps = STEPS({1, SAY_CODE}, {8, SAY_ACCOUNT_STRING})},
    {.name = "broken-png",
     .does = "sends a damaged picture first, then good ones; links after 2",
     .links_s = 4,
     .steps = STEPS({1, SAY_BROKEN_CODE}, {10, SAY_CODE}, {20, SAY_CODE}, {8, SAY_ACCOUNT})},
    {.name = "slow",
     .does = "shows its first code after 30 s",
     .links_s = 4,
     .steps = STEPS({30, SAY_CODE}, {20, SAY_CODE}, {20, SAY_CODE}, {20, SAY_CODE}, {10, SAY_TIMEOUT})},
    {.name = "walled",
     .does = "refuses the websocket with 403, shows codes over HTTPS; only a phone links it",
     .wall = 403,
     .links_s = 4,
     .steps = patient_steps},
};

size_t fate_count(void)
{
    return COUNT(fates);
}

const struct fate *fate_at(size_t index)
{
    return &fates[index];
}

const struct fate *fate_named(const char *name)
{
    for (size_t i = 0; i < COUNT(fates); i++)
        if (strcmp(fates[i].name, name) == 0)
            return &fates[i];
    return NULL;
}

const struct fate *fate_patient(void)
{
    return &fates[0];
}

bool fate_is_final(enum fate_say say)
{
    return fate_links(say) || say == SAY_ERROR_AUTH || say == SAY_ERROR_STARTING || say == SAY_ERROR_HOSTILE ||
           say == SAY_TIMEOUT || say == SAY_TIMEOUT_EXPIRED || say == SAY_PASSKEY;
}

bool fate_links(enum fate_say say)
{
    return say == SAY_ACCOUNT || say == SAY_ACCOUNT_OBJECT || say == SAY_ACCOUNT_STRING || say == SAY_ACCOUNT_HOSTILE ||
           say == SAY_ALREADY;
}
