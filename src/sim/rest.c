/* SPDX-License-Identifier: MIT
 * REST answers as protocol.md sections 3 and 6 describe them.
 */
#include "sim/rest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sim/dice.h"

#define JSON_TYPE "application/json; charset=utf-8"
#define PAIRING_CHARS 8
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

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

static struct rest_answer get_state(const struct rest_question *call)
{
    return ok(speech_print("{\"stateInstance\":\"%s\"}", actor_state_word(call->actor, call->now)));
}

static struct rest_answer get_settings(const struct rest_question *call)
{
    const char *word = actor_state_word(call->actor, call->now);
    if (!actor_is_linked(call->actor, call->now))
        return ok(speech_print("{\"avatar\":\"\",\"phone\":\"\",\"stateInstance\":\"%s\",\"deviceId\":\"\"}", word));
    char until[48] = "";
    if (call->actor->state == FATE_SUSPENDED)
        snprintf(until, sizeof until, ",\"suspendedUntil\":%" PRId64, call->suspended_until);
    return ok(speech_print("{\"avatar\":\"https://media.example.com/a.jpg\",\"phone\":\"%s\","
                           "\"stateInstance\":\"%s\",\"deviceId\":\"%s:8@s.whatsapp.net\"%s}",
                           call->actor->phone, word, call->actor->phone, until));
}

static struct rest_answer log_out(const struct rest_question *call)
{
    if (!actor_logout(call->actor, call->now))
        return starting_error();
    return ok(speech_print("{\"isLogout\":true}"));
}

static struct rest_answer reboot(const struct rest_question *call)
{
    actor_reboot(call->actor, call->now);
    return ok(speech_print("{\"isReboot\":true}"));
}

static struct rest_answer qr(const struct rest_question *call)
{
    struct actor *actor = call->actor;
    if (actor_state(actor, call->now) == FATE_STARTING)
        return starting_error();
    const enum fate_say first = actor_script(actor, call->now)[0].say;
    const bool says_why_not = first == SAY_ALREADY || first == SAY_ERROR_AUTH || first == SAY_ERROR_HOSTILE;
    if (says_why_not || actor->wants_passkey)
        return ok(speech_say(actor, says_why_not ? first : SAY_PASSKEY));
    return ok(actor_turn_qr(actor, call->now) ? speech_say(actor, SAY_CODE) : speech_repeat(actor));
}

/* A code for whoever is unlinked; the phone's number is a number, not a text. */
static struct rest_answer pair(const struct rest_question *call)
{
    char number[16], code[PAIRING_CHARS + 1] = "";
    int taken = -1;
    if (actor_state(call->actor, call->now) == FATE_STARTING)
        return starting_error();
    if (sscanf(call->body, " { \"phoneNumber\" : %15[0-9] }%n", number, &taken) != 1 || taken < 0)
        return (struct rest_answer){400, "text/plain", speech_print("bad request data")};
    if (actor_state(call->actor, call->now) != FATE_NOT_AUTHORIZED)
        return ok(speech_print("{\"status\":false}"));
    struct dice dice = dice_seed(call->actor->seed, ++call->actor->codes);
    dice_text(&dice, code, PAIRING_CHARS, "ABCDEFGHJKLMNPQRSTUVWXYZ123456789");
    actor_pair(call->actor, number, call->now);
    return ok(speech_print("{\"status\":true,\"code\":\"%s\"}", code));
}

static struct rest_answer get_account(const struct rest_question *call)
{
    const bool linked = actor_is_linked(call->actor, call->now);
    return ok(speech_print("{\"wid\":\"%s%s\",\"webhookUrl\":\"https://user:secret@hooks.example.com/wa?key=hidden\","
                           "\"webhookUrlToken\":\"hidden\",\"delaySendMessagesMilliseconds\":1000,\"stateWebhook\":\"yes\","
                           "\"incomingWebhook\":\"yes\",\"proxyInstance\":\"http://agent:hidden@proxy.example.com:3128\"}",
                           linked ? call->actor->phone : "", linked ? "@c.us" : ""));
}

/* When it was, by the day's clock. What was before the start was so long ago at any speed. */
static int64_t unix_of(const struct rest_question *call, int64_t at)
{
    const double speed = call->speed > 0 ? call->speed : 1;
    const int64_t before = at < 0 ? -at : 0, since = call->now - (at < 0 ? 0 : at);
    return call->unix_now - (before + (int64_t)((double)since / speed)) / 1000;
}

/* Newest first, as the real one has it. */
static struct rest_answer get_history(const struct rest_question *call)
{
    char text[ACTOR_PAST_MAX * 128] = "";
    size_t used = 0;
    actor_state(call->actor, call->now);
    for (size_t i = call->actor->past_count; i-- > 0;) {
        const struct actor_past *past = &call->actor->past[i];
        const bool linked = past->state == FATE_AUTHORIZED || past->state == FATE_SUSPENDED;
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "%s{\"stateInstance\":\"%s\",\"timestamp\":%" PRId64 ",\"phoneNumber\":\"%s%s\"}",
                                 used ? "," : "", fate_state_word(past->state), unix_of(call, past->at),
                                 linked ? call->actor->phone : "", linked ? "@c.us" : "");
    }
    return ok(speech_print("[%s]", text));
}

struct rest_answer rest_call(const struct rest_question *question)
{
    static const struct {
        const char *name;
        bool is_post;
        struct rest_answer (*answer)(const struct rest_question *call);
    } methods[] = {{"getStateInstance", false, get_state},
                   {"getWaSettings", false, get_settings},
                   {"getSettings", false, get_account},
                   {"getStateInstanceHistory", false, get_history},
                   {"getAuthorizationCode", true, pair},
                   {"logout", false, log_out},
                   {"reboot", false, reboot},
                   {"qr", false, qr}};
    for (size_t i = 0; i < COUNT(methods); i++)
        if (strcmp(methods[i].name, question->method) == 0 && methods[i].is_post == (question->body != NULL))
            return methods[i].answer(question);
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
