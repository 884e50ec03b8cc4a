/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/endpoint.h"

static void assert_parsed(const char *url, bool tls, const char *host, unsigned port, const char *prefix)
{
    struct endpoint endpoint;
    char why[128] = "";
    if (!endpoint_parse(&endpoint, url, why, sizeof why))
        fail_msg("%s: %s", url, why);
    assert_int_equal(endpoint.tls, tls);
    assert_string_equal(endpoint.host, host);
    assert_int_equal(endpoint.port, port);
    assert_string_equal(endpoint.prefix, prefix);
}

static void assert_refused(const char *url, const char *part)
{
    struct endpoint endpoint;
    char why[128] = "";
    assert_false(endpoint_parse(&endpoint, url, why, sizeof why));
    if (!strstr(why, part))
        fail_msg("%s: '%s' lacks '%s'", url, why, part);
}

static void usual_urls_are_taken(void **state)
{
    (void)state;
    assert_parsed("https://7103.api.greenapi.com", true, "7103.api.greenapi.com", 443, "");
    assert_parsed("https://api.green-api.com/", true, "api.green-api.com", 443, "");
    assert_parsed("HTTPS://3100.api.green-api.com/v3//", true, "3100.api.green-api.com", 443, "/v3");
    assert_parsed("wss://host:8443/a/b", true, "host", 8443, "/a/b");
    assert_parsed("http://127.0.0.1:7000", false, "127.0.0.1", 7000, "");
    assert_parsed("http://localhost", false, "localhost", 80, "");
    assert_parsed("http://[::1]:81/x", false, "::1", 81, "/x");
}

static void bad_urls_are_named(void **state)
{
    char long_host[200] = "https://";
    (void)state;
    memset(long_host + 8, 'a', 150);
    assert_refused("ftp://host", "https://");
    assert_refused("", "https://");
    assert_refused("http://example.com", "this machine");
    assert_refused("http://128.0.0.1", "this machine");
    assert_refused("https://", "host");
    assert_refused("https://user:pw@host", "password");
    assert_refused("https://ho st", "host");
    assert_refused("https://host:0", "port");
    assert_refused("https://host:99999", "port");
    assert_refused("https://host:12x", "path");
    assert_refused("https://host/a?b", "path");
    assert_refused("https://host/\033[2J", "path");
    assert_refused("https://[::1", "IPv6");
    assert_refused(long_host, "112");
}

static void path_is_joined_with_one_slash(void **state)
{
    struct endpoint endpoint;
    char why[64], path[ENDPOINT_PATH_MAX], small[10];
    (void)state;
    endpoint_parse(&endpoint, "https://h/v3/", why, sizeof why);
    assert_true(endpoint_path(path, sizeof path, &endpoint, "7103000001", "scanqrcode", "abc", ""));
    assert_string_equal(path, "/v3/waInstance7103000001/scanqrcode/abc");
    assert_false(endpoint_path(small, sizeof small, &endpoint, "7103000001", "scanqrcode", "abc", ""));
}

static void loopback_is_known(void **state)
{
    (void)state;
    assert_true(endpoint_host_is_loopback("127.9.9.9"));
    assert_true(endpoint_host_is_loopback("::1"));
    assert_true(endpoint_host_is_loopback("LocalHost"));
    assert_false(endpoint_host_is_loopback("localhost.example.com"));
    assert_false(endpoint_host_is_loopback("::2"));
    assert_false(endpoint_host_is_loopback("0.0.0.0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_urls_are_taken),
        cmocka_unit_test(bad_urls_are_named),
        cmocka_unit_test(path_is_joined_with_one_slash),
        cmocka_unit_test(loopback_is_known),
    };
    return cmocka_run_group_tests_name("endpoint", tests, NULL, NULL);
}
