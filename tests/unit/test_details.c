/* SPDX-License-Identifier: MIT
 * What getSettings and getStateInstanceHistory bring: bounded, cleaned, without what is secret.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/wire_details.h"

#define TOKEN "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"

static void take(struct wire_details *details, enum method method, unsigned status, const char *body)
{
    struct wire_reply reply;
    wire_read_reply(&reply, method, status, body, strlen(body), TOKEN);
    wire_read_details(details, method, &reply, body, strlen(body), TOKEN);
}

static struct wire_details awaiting(void)
{
    return (struct wire_details){.awaited = WIRE_DETAILS_METHODS};
}

static bool holds(const struct wire_details *details, const char *text)
{
    const char *bytes = (const char *)details;
    for (size_t i = 0; i + strlen(text) <= sizeof *details; i++)
        if (memcmp(bytes + i, text, strlen(text)) == 0)
            return true;
    return false;
}

static void account_comes_without_secrets(void **state)
{
    struct wire_details d = awaiting();
    (void)state;
    take(&d, METHOD_ACCOUNT, 200,
         "{\"wid\":\"79001234567@c.us\",\"webhookUrl\":\"https://bob:hush1@e.com/h?key=hush2\",\"webhookUrlToken\":\"hush3\","
         "\"proxyInstance\":\"socks5://bob:hush4@proxy.e.com:1080\"}");
    assert_string_equal(d.wid, "79001234567@c.us");
    assert_string_equal(d.webhook_url, "https://***@e.com/h?***");
    assert_true(d.has_proxy);
    assert_string_equal(d.proxy, "proxy.e.com");
    assert_false(holds(&d, "hush"));
    assert_int_equal(d.awaited, 1u << METHOD_SETTINGS | 1u << METHOD_HISTORY);
}

static void proxies_of_all_shapes_keep_their_login(void **state)
{
    static const struct {
        const char *proxy, *host;
        bool set;
    } rows[] = {
        {"\"http://hush:hush@10.0.0.1:80\"", "10.0.0.1", true},
        {"\"10.0.0.1:8080:hush:hush\"", "10.0.0.1", true},
        {"\"10.0.0.1:8080@hush:hush\"", "", true},
        {"\"hush\"", "", true},
        {"{\"host\":\"p.e.com\",\"port\":80,\"login\":\"hush\",\"password\":\"hush\"}", "p.e.com", true},
        {"{\"login\":\"hush\"}", "", true},
        {"\"\"", "", false},
        {"null", "", false},
        {"{}", "", false},
        {"\"http://hush@p\\u001b[2J.e.com\"", "", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct wire_details d = awaiting();
        char body[256];
        snprintf(body, sizeof body, "{\"proxyInstance\":%s}", rows[i].proxy);
        take(&d, METHOD_ACCOUNT, 200, body);
        assert_int_equal(d.has_proxy, rows[i].set);
        assert_string_equal(d.proxy, rows[i].host);
        assert_false(holds(&d, "hush"));
    }
}

/* A login so long that the URL is cut within it. */
static void long_urls_are_masked_before_they_are_cut(void **state)
{
    char body[1024], login[501];
    struct wire_details d = awaiting();
    (void)state;
    memset(login, 'S', sizeof login - 1);
    login[sizeof login - 1] = '\0';
    snprintf(body, sizeof body, "{\"webhookUrl\":\"https://%s@e.com/h\"}", login);
    take(&d, METHOD_ACCOUNT, 200, body);
    assert_string_equal(d.webhook_url, "https://***@e.com/h");
    assert_false(holds(&d, "SSSS"));
}

static void history_is_sorted_whatever_came(void **state)
{
    struct wire_details d = awaiting();
    (void)state;
    take(&d, METHOD_HISTORY, 200,
         "[{\"stateInstance\":\"notAuthorized\",\"timestamp\":1706000001},"
         "{\"stateInstance\":\"authorized\",\"timestamp\":\"1706000003\",\"phoneNumber\":\"79001234567@c.us\"},"
         "{\"stateInstance\":\"starting\",\"timestamp\":1706000002000,\"phoneNumber\":79001234567},"
         "{\"stateInstance\":\"bad\\u001b[2J" TOKEN "\",\"timestamp\":\"2024-01-01\"},"
         "{\"timestamp\":1706000009},{\"stateInstance\":7,\"timestamp\":-1},17,null,\"x\"]");
    assert_int_equal(d.history_count, 5);
    assert_string_equal(d.history[0].state, "authorized");
    assert_int_equal(d.history[0].at, 1706000003);
    assert_string_equal(d.history[0].phone, "79001234567");
    assert_string_equal(d.history[1].state, "starting");
    assert_int_equal(d.history[1].at, 1706000002);
    assert_string_equal(d.history[1].phone, "79001234567");
    assert_string_equal(d.history[2].state, "notAuthorized");
    assert_int_equal(d.history[3].at, 0);
    assert_string_equal(d.history[3].state, "bad?[***");
    assert_string_equal(d.history[4].state, "7");
}

static void history_is_bounded_and_keeps_the_newest(void **state)
{
    static char body[100000];
    struct wire_details d = awaiting();
    size_t used = 0;
    (void)state;
    used += (size_t)snprintf(body, sizeof body, "{\"data\":[");
    for (int i = 0; i < 1000; i++)
        used += (size_t)snprintf(body + used, sizeof body - used, "%s{\"stateInstance\":\"s%d\",\"timestamp\":%d}", i ? "," : "", i,
                                 1000 + i * 7 % 1000);
    snprintf(body + used, sizeof body - used, "]}");
    take(&d, METHOD_HISTORY, 200, body);
    assert_int_equal(d.history_count, WIRE_HISTORY_MAX);
    for (size_t i = 0; i < WIRE_HISTORY_MAX; i++)
        assert_int_equal(d.history[i].at, 1999 - (int64_t)i);
    take(&d, METHOD_HISTORY, 200, "[]");
    assert_int_equal(d.history_count, 0);
}

static void failures_are_told(void **state)
{
    struct wire_details d = awaiting();
    (void)state;
    take(&d, METHOD_HISTORY, 404, "no such " TOKEN);
    wire_fail_details(&d, METHOD_ACCOUNT, "no route");
    take(&d, METHOD_SETTINGS, 200, "{}");
    assert_string_equal(d.problem, "getStateInstanceHistory: HTTP 404, no such ***; getSettings: no route");
    assert_int_equal(d.awaited, 0);
    d = awaiting();
    take(&d, METHOD_HISTORY, 200, "<html>");
    assert_non_null(strstr(d.problem, "an HTML page"));
    take(&d, METHOD_ACCOUNT, 200, "null");
    assert_string_equal(d.wid, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(account_comes_without_secrets),
        cmocka_unit_test(proxies_of_all_shapes_keep_their_login),
        cmocka_unit_test(long_urls_are_masked_before_they_are_cut),
        cmocka_unit_test(history_is_sorted_whatever_came),
        cmocka_unit_test(history_is_bounded_and_keeps_the_newest),
        cmocka_unit_test(failures_are_told),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("details", tests, NULL, NULL);
}
