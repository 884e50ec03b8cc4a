/* SPDX-License-Identifier: MIT
 * Transcripts: what is spelled is read again, and what came from elsewhere is refused with a sentence.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/transcript.h"

#define TOKEN "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"
#define HEADER                                                                                      \
    "{\"scandeck\":1,\"version\":\"0.1.0\",\"renewals\":2,\"tries\":0,\"poll_ms\":60000,\"instances\":[" \
    "{\"label\":\"a\",\"id\":\"1\",\"host\":\"https://h.example\",\"seed\":7}]}\n"
#define OPENED "{\"t\":5,\"i\":0,\"event\":\"open\",\"phase\":\"waiting code\"}\n"

static struct transcript transcript;
static char why[256];

static bool read_text(const char *text)
{
    return transcript_read(&transcript, text, strlen(text), "x", why, sizeof why);
}

static void assert_refused(const char *text, const char *sentence)
{
    assert_false(read_text(text));
    assert_string_equal(why, sentence);
}

static struct instance *add(struct fleet *fleet, const char *label, const char *id, const char *url)
{
    struct instance *it = fleet_add(fleet);
    it->label = strdup(label);
    it->id = strdup(id);
    assert_true(endpoint_parse(&it->endpoint, url, why, sizeof why));
    return it;
}

static void a_fleet_comes_back(void **state)
{
    struct fleet fleet = {0};
    const struct link_limits limits = {.renewals = 3, .tries = 4, .poll_ms = 5000};
    struct instance *first = add(&fleet, "sales", "1101000001", "https://api.example/v3"),
                    *second = add(&fleet, "local", "2", "http://[::1]:8080");
    (void)state;
    first->token = strdup(TOKEN);
    link_init(&first->link, &limits, 12, 4000000000u);
    link_init(&second->link, &limits, INT64_MAX, 1);
    char *text = transcript_spell_header(&fleet, "0.1.0");
    assert_null(strstr(text, TOKEN));
    assert_true(read_text(text));
    assert_int_equal(transcript.limits.renewals, 3);
    assert_int_equal(transcript.limits.tries, 4);
    assert_int_equal(transcript.limits.poll_ms, 5000);
    assert_int_equal(transcript.instance_count, 2);
    assert_string_equal(transcript.instances[0].label, "sales");
    assert_string_equal(transcript.instances[0].id, "1101000001");
    assert_memory_equal(&transcript.instances[0].endpoint, &first->endpoint, sizeof first->endpoint);
    assert_memory_equal(&transcript.instances[1].endpoint, &second->endpoint, sizeof second->endpoint);
    assert_int_equal(transcript.instances[0].seed, 4000000000u);
    assert_int_equal(transcript.instances[0].check_at, 12);
    assert_true(transcript.instances[1].check_at == INT64_MAX);
    assert_true(transcript.instances[1].no_token && !transcript.instances[0].no_token);
    transcript_free(&transcript);
    free(text);
    fleet_free(&fleet);
}

static void append(char *text, char *line)
{
    strcat(text, line);
    free(line);
}

static void events_come_back(void **state)
{
    char text[2048] = HEADER;
    (void)state;
    append(text, transcript_spell_event(&(struct transcript_event){
                     .at = 3, .kind = LINK_EV_LINK, .trust_ms = 9, .phase = PHASE_CHECKING}));
    append(text, transcript_spell_event(&(struct transcript_event){.at = 3,
                                                                   .kind = LINK_EV_REPLY,
                                                                   .method = METHOD_QR,
                                                                   .status = 200,
                                                                   .data = "{\"a\":\"\\u0000 ü\n\"}",
                                                                   .note = "cut",
                                                                   .phase = PHASE_CODE}));
    append(text, transcript_spell_event(&(struct transcript_event){
                     .at = 4, .kind = LINK_EV_PAIR, .data = "441234567890", .phase = PHASE_PAIRING}));
    append(text, transcript_spell_end(8));
    assert_true(read_text(text));
    assert_int_equal(transcript.event_count, 3);
    const struct transcript_event *events = transcript.events;
    assert_int_equal(events[0].kind, LINK_EV_LINK);
    assert_int_equal(events[0].trust_ms, 9);
    assert_null(events[0].data);
    assert_int_equal(events[1].method, METHOD_QR);
    assert_int_equal(events[1].status, 200);
    assert_string_equal(events[1].data, "{\"a\":\"\\u0000 ü\n\"}");
    assert_int_equal(events[1].phase, PHASE_CODE);
    assert_string_equal(events[2].data, "441234567890");
    assert_int_equal(transcript.end_at, 8);
    transcript_free(&transcript);
}

static void a_recording_that_was_cut_off_is_read(void **state)
{
    (void)state;
    assert_true(read_text(HEADER OPENED "{\"t\":6,\"i\""));
    assert_int_equal(transcript.event_count, 1);
    assert_int_equal(transcript.end_at, 5);
    transcript_free(&transcript);
}

static void bad_headers_are_refused(void **state)
{
    (void)state;
    assert_refused("", "x:1: this is no transcript of scandeck");
    assert_refused("2026-11-25 info\n", "x:1: this is no transcript of scandeck");
    assert_refused("{\"a\":1}\n", "x:1: this is no transcript of scandeck");
    assert_refused("{\"scandeck\":2}\n", "x:1: this transcript has the format 2, and only 1 is known");
    assert_refused("{\"scandeck\":1}\n", "x:1: 'renewals' must be a number from 0 to 1000000");
    static const struct {
        const char *instance, *sentence;
    } rows[] = {
        {"", "x:1: the header must name 1 to 1000 instances"},
        {"7", "x:1: an instance has no label"},
        {"{\"label\":\"a\",\"id\":\"1x\"}", "x:1: an instance's id must have 1 to 20 digits"},
        {"{\"label\":\"a\",\"id\":\"1\"}", "x:1: the instance 'a' has no host"},
        {"{\"label\":\"a\",\"id\":\"1\",\"host\":\"https://h\",\"seed\":-1}", "x:1: 'seed' must be a number from 0 to 4294967295"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[512];
        snprintf(text, sizeof text, "{\"scandeck\":1,\"renewals\":0,\"tries\":0,\"poll_ms\":0,\"instances\":[%s]}\n",
                 rows[i].instance);
        assert_refused(text, rows[i].sentence);
    }
}

static void bad_events_are_refused(void **state)
{
    (void)state;
    assert_refused(HEADER OPENED "[]\n", "x:3: the line is no JSON object");
    assert_refused(HEADER "{\"i\":0}\n", "x:2: 't' must be a number from 0 to 3155760000000");
    assert_refused(HEADER OPENED "{\"t\":4,\"i\":0,\"event\":\"open\"}\n", "x:3: its time is before that of the line above");
    assert_refused(HEADER "{\"t\":4,\"i\":0}\n", "x:2: there is no event");
    assert_refused(HEADER "{\"t\":4,\"i\":0,\"event\":\"a\\u001bb\"}\n", "x:2: unknown event 'a?b'");
    assert_refused(HEADER "{\"t\":4,\"i\":1,\"event\":\"open\"}\n", "x:2: 'i' must be a number from 0 to 0");
    assert_refused(HEADER "{\"t\":4,\"i\":0,\"event\":\"open\",\"phase\":\"x\"}\n", "x:2: unknown phase 'x'");
    assert_refused(HEADER "{\"t\":4,\"i\":0,\"event\":\"reply\",\"method\":\"x\"}\n", "x:2: unknown method 'x'");
    assert_refused(HEADER "{\"t\":4,\"i\":0,\"event\":\"pair\",\"data\":\"x\",\"phase\":\"linked\"}\n",
                   "x:2: 'data' of a pairing must be a phone number");
    assert_refused(HEADER "{\"t\":4,\"event\":\"end\"}\n" OPENED, "x:3: something stands behind the end");
}

static void sizes_are_bounded(void **state)
{
    (void)state;
    size_t len = TRANSCRIPT_LINE_MAX + 2;
    char *text = malloc(len + 1);
    memset(text, ' ', len);
    text[len - 1] = '\n';
    text[len] = '\0';
    assert_refused(text, "x:1: the line has more than 2097152 bytes");
    free(text);
    assert_false(transcript_read(&transcript, "", TRANSCRIPT_BYTES_MAX + 1, "x", why, sizeof why));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fleet_comes_back),
        cmocka_unit_test(events_come_back),
        cmocka_unit_test(a_recording_that_was_cut_off_is_read),
        cmocka_unit_test(bad_headers_are_refused),
        cmocka_unit_test(bad_events_are_refused),
        cmocka_unit_test(sizes_are_bounded),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("transcript", tests, NULL, NULL);
}
