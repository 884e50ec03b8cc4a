/* SPDX-License-Identifier: MIT
 * JSON is printed whole or not at all, whichever allocation fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/fleet.h"
#include "core/json_add.h"
#include "core/transcript.h"

#define WHOLE "{\"text\":\"words\",\"none\":null,\"number\":7,\"yes\":true,\"list\":[\"a\",{\"b\":1}],\"inner\":{\"c\":\"d\"}}"

/* Which allocation fails; 0 = none does any more. */
static long failing;

static void *allocate(size_t size)
{
    return failing > 0 && --failing == 0 ? NULL : malloc(size);
}

static char *print_object(void)
{
    cJSON *object = cJSON_CreateObject(), *inner = NULL;
    json_add_text(object, "text", "words");
    json_add_text(object, "none", NULL);
    json_add_number(object, "number", 7);
    json_add_bool(object, "yes", 1);
    cJSON *list = json_add_list(object, "list");
    json_append(list, cJSON_CreateString("a"));
    inner = cJSON_CreateObject();
    json_add_number(inner, "b", 1);
    json_append(list, inner);
    json_add_text(json_add_object(object, "inner"), "c", "d");
    char *text = cJSON_PrintUnformatted(object);
    cJSON_Delete(object);
    return text;
}

static char *print_transcript_event(void)
{
    const struct transcript_event event = {.at = 1, .kind = LINK_EV_FRAME, .data = (char *)"data", .note = "note"};
    return transcript_spell_event(&event);
}

/* From the first allocation to the first run in which none was left to fail. */
static void check_every(char *(*print)(void), const char *whole)
{
    long at = 0;
    char *text;
    do {
        failing = ++at;
        text = print();
        if (text)
            assert_string_equal(text, whole);
        else
            assert_true(failing == 0);
        cJSON_free(text);
    } while (failing == 0);
    assert_true(at > 10);
    failing = 0;
}

static void object_is_whole_or_not_there(void **state)
{
    (void)state;
    check_every(print_object, WHOLE);
}

static void transcript_line_is_whole_or_not_there(void **state)
{
    char *whole = print_transcript_event();
    (void)state;
    check_every(print_transcript_event, whole);
    cJSON_free(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(object_is_whole_or_not_there),
        cmocka_unit_test(transcript_line_is_whole_or_not_there),
    };
    cJSON_InitHooks(&(cJSON_Hooks){allocate, free});
    return cmocka_run_group_tests_name("json_add", tests, NULL, NULL);
}
