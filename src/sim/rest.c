/* SPDX-License-Identifier: MIT
 * REST answers as protocol.md sections 3 and 6 describe them.
 */
#include "sim/rest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define JSON_TYPE "application/json; charset=utf-8"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct call {
    struct actor *actor;
    int64_t now;
    int64_t suspended_until;
};

bool rest_read_path(struct rest_path *out, const char *path)
{
    int taken = -1;
    const int fields = sscanf(path, "/waInstance%15[0-9]/%31[A-Za-z]/%63[A-Za-z0-9._-]%n", out->id, out->method,
                              out->token, &taken);
    return fields == 3 && taken >= 0 && path[taken] == '\0';
}

static struct rest_answer starting_error(void)
{
    return (struct rest_answer){400, "text/plain", speech_print("instance in starting process try later")};
}

static struct rest_answer ok(struct speech body)
{
    return (struct rest_answer){200, JSON_TYPE, body};
}

static struct rest_answer get_state(const struct call *call)
{
    return ok(speech_print("{\"stateInstance\":\"%s\"}", actor_state_word(call->actor, call->now)));
}

static struct rest_answer get_settings(const struct call *call)
{
    const char *word = actor_state_word(call->actor, call->now);
    if (!actor_is_linked(call->actor, call->now))
        return ok(speech_print("{\"avatar\":\"\",\"phone\":\"\",\"stateInstance\":\"%s\",\"deviceId\":\"\"}", word));
    char until[48] = "";
    if (call->actor->state == FATE_SUSPENDED)
        snprintf(until, sizeof until, ",\"suspendedUntil\":%" PRId64, call->suspended_until);
    return ok(speech_print("{\"avatar\":\"https://media.example.com/a.jpg\",\"phone\":\"7900%07u\","
                           "\"stateInstance\":\"%s\",\"deviceId\":\"7900%07u:8@s.whatsapp.net\"%s}",
                           call->actor->phone, word, call->actor->phone, until));
}

static struct rest_answer log_out(const struct call *call)
{
    if (!actor_logout(call->actor, call->now))
        return starting_error();
    return ok(speech_print("{\"isLogout\":true}"));
}

static struct rest_answer reboot(const struct call *call)
{
    actor_reboot(call->actor, call->now);
    return ok(speech_print("{\"isReboot\":true}"));
}

static struct rest_answer qr(const struct call *call)
{
    struct actor *actor = call->actor;
    if (actor_state(actor, call->now) == FATE_STARTING)
        return starting_error();
    const enum fate_say first = actor_script(actor, call->now)[0].say;
    const bool says_why_not = first == SAY_ALREADY || first == SAY_ERROR_AUTH || first == SAY_ERROR_HOSTILE;
    return ok(speech_say(actor, says_why_not ? first : SAY_CODE));
}

struct rest_answer rest_call(struct actor *actor, const char *method, int64_t now, int64_t suspended_until)
{
    static const struct {
        const char *name;
        struct rest_answer (*answer)(const struct call *call);
    } methods[] = {{"getStateInstance", get_state},
                   {"getWaSettings", get_settings},
                   {"logout", log_out},
                   {"reboot", reboot},
                   {"qr", qr}};
    const struct call call = {actor, now, suspended_until};
    for (size_t i = 0; i < COUNT(methods); i++)
        if (strcmp(methods[i].name, method) == 0)
            return methods[i].answer(&call);
    return rest_refusal(404);
}

struct rest_answer rest_refusal(unsigned status)
{
    if (status == 401)
        return (struct rest_answer){401, "text/plain", speech_print("Unauthorized")};
    if (status == 403)
        return (struct rest_answer){403, "text/html", speech_print("<html><body><h1>403 Forbidden</h1></body></html>")};
    return (struct rest_answer){404, JSON_TYPE, speech_print("{\"code\":404,\"description\":\"Not found\"}")};
}
