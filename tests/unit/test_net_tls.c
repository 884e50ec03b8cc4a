/* SPDX-License-Identifier: MIT
 * net/ and TLS: good and bad certificates, made here and served by "openssl s_server" with our peer behind it.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <pthread.h>

#include "net_peer.h"
#include "net_rig.h"

#define DAY (24L * 3600)

static char work_dir[] = "/tmp/scandeck-tls-XXXXXX";

static const char *in_dir(const char *name)
{
    static char path[4][128];
    static unsigned next;
    char *to = path[next++ % 4];
    (void)snprintf(to, sizeof(path[0]), "%s/%s", work_dir, name);
    return to;
}

static EVP_PKEY *make_key(void)
{
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);
    assert_int_equal(EVP_PKEY_keygen_init(context), 1);
    assert_int_equal(EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1), 1);
    assert_int_equal(EVP_PKEY_keygen(context, &key), 1);
    EVP_PKEY_CTX_free(context);
    return key;
}

static void add_extension(X509 *certificate, int nid, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
    assert_non_null(extension);
    assert_int_equal(X509_add_ext(certificate, extension, -1), 1);
    X509_EXTENSION_free(extension);
}

/* A certificate of subject `name`, valid until `until` seconds from now, signed by `issuer` or itself. */
static X509 *make_certificate(const char *name, const char *alt_names, long until, EVP_PKEY *key, X509 *issuer,
                              EVP_PKEY *issuer_key)
{
    static long serial;
    X509 *certificate = X509_new();
    (void)X509_set_version(certificate, 2);
    (void)ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    (void)X509_gmtime_adj(X509_getm_notBefore(certificate), -10 * DAY);
    (void)X509_gmtime_adj(X509_getm_notAfter(certificate), until);
    (void)X509_set_pubkey(certificate, key);
    X509_NAME *subject = X509_get_subject_name(certificate);
    (void)X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (const unsigned char *)name, -1, -1, 0);
    (void)X509_set_issuer_name(certificate, issuer ? X509_get_subject_name(issuer) : subject);
    if (alt_names)
        add_extension(certificate, NID_subject_alt_name, alt_names);
    else
        add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
    assert_true(X509_sign(certificate, issuer_key, EVP_sha256()) > 0);
    return certificate;
}

static void save(const char *name, X509 *certificate, EVP_PKEY *key)
{
    FILE *file = fopen(in_dir(name), "we");
    assert_non_null(file);
    assert_int_equal(PEM_write_X509(file, certificate), 1);
    if (key)
        assert_int_equal(PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL), 1);
    (void)fclose(file);
}

static void save_leaf(const char *file, const char *alt_names, long until, X509 *ca, EVP_PKEY *ca_key)
{
    EVP_PKEY *key = make_key();
    X509 *leaf = make_certificate("leaf", alt_names, until, key, ca, ca_key);
    save(file, leaf, key);
    X509_free(leaf);
    EVP_PKEY_free(key);
}

/* The directory that lws 4.1 trusts in Debian's build when it is left to itself: ../share below where one stands. */
static void save_trap(X509 *ca)
{
    char name[64];
    assert_int_equal(mkdir(in_dir("share"), 0700), 0);
    assert_int_equal(mkdir(in_dir("here"), 0700), 0);
    (void)snprintf(name, sizeof(name), "share/%08lx.0", X509_subject_name_hash(ca));
    save(name, ca, NULL);
    assert_int_equal(chdir(in_dir("here")), 0);
}

static int make_certificates(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(work_dir));
    EVP_PKEY *ca_key = make_key();
    EVP_PKEY *other_key = make_key();
    X509 *ca = make_certificate("scandeck test CA", NULL, DAY, ca_key, NULL, ca_key);
    X509 *other = make_certificate("another CA", NULL, DAY, other_key, NULL, other_key);
    save("ca.pem", ca, NULL);
    save("other.pem", other, NULL);
    save_leaf("good.pem", "IP:127.0.0.1,DNS:good.test", DAY, ca, ca_key);
    save_leaf("wrongname.pem", "DNS:other.test", DAY, ca, ca_key);
    save_leaf("expired.pem", "IP:127.0.0.1,DNS:good.test", -DAY, ca, ca_key);
    save_trap(ca);
    X509_free(ca);
    X509_free(other);
    EVP_PKEY_free(ca_key);
    EVP_PKEY_free(other_key);
    return 0;
}

static int remove_certificates(void **state)
{
    char command[128];
    (void)state;
    (void)snprintf(command, sizeof(command), "rm -rf '%s'", work_dir);
    return system(command);
}

/* TLS is taken off by s_server; what is inside it passes to and from our peer through a socket pair. */
struct server {
    struct peer *peer;
    pid_t pid;
    int pair[2];
    unsigned port;
    pthread_t thread;
};

static void *serve_main(void *argument)
{
    struct server *server = argument;
    peer_serve(server->peer, server->pair[0]);
    (void)shutdown(server->pair[0], SHUT_RDWR);
    return NULL;
}

static void run_s_server(const struct server *server, const char *certificate)
{
    char accept_at[64];
    (void)snprintf(accept_at, sizeof(accept_at), "127.0.0.1:%u", server->port);
    (void)dup2(server->pair[1], 0);
    (void)dup2(server->pair[1], 1);
    if (!freopen("/dev/null", "w", stderr))
        _exit(126);
    (void)execlp("openssl", "openssl", "s_server", "-quiet", "-accept", accept_at, "-cert", certificate, "-key",
                 certificate, (char *)NULL);
    _exit(127);
}

static bool is_listening(unsigned port)
{
    /* Asks the kernel, for a trial connection would be served as the one. */
    char line[256];
    char wanted[64];
    bool found = false;
    (void)snprintf(wanted, sizeof(wanted), " %08X:%04X 00000000:0000 0A ", htonl(INADDR_LOOPBACK), port);
    FILE *file = fopen("/proc/net/tcp", "re");
    while (file && !found && fgets(line, sizeof(line), file))
        found = strstr(line, wanted) != NULL;
    if (file)
        (void)fclose(file);
    return found;
}

static void start_server(struct server *server, const char *certificate)
{
    const char *path = in_dir(certificate);
    server->peer = peer_start(PEER_POLITE);
    server->port = rig_closed_port();
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, server->pair), 0);
    server->pid = fork();
    if (server->pid == 0)
        run_s_server(server, path);
    (void)close(server->pair[1]);
    assert_int_equal(pthread_create(&server->thread, NULL, serve_main, server), 0);
    for (int tries = 0; tries < 2000 && !is_listening(server->port); tries++) {
        assert_int_equal(waitpid(server->pid, NULL, WNOHANG), 0);
        (void)usleep(5000);
    }
}

static void stop_server(struct server *server)
{
    (void)shutdown(server->pair[0], SHUT_RDWR);
    (void)kill(server->pid, SIGKILL);
    (void)waitpid(server->pid, NULL, 0);
    (void)pthread_join(server->thread, NULL);
    (void)close(server->pair[0]);
    peer_stop(server->peer);
}

static void expect_failure(const char *certificate, const char *ca, const char *url, const char *reason)
{
    struct rig *rig = malloc(sizeof(*rig));
    struct server server;
    start_server(&server, certificate);
    rig_start(rig, ca ? in_dir(ca) : NULL);
    rig_open(rig, 1, url, server.port, "open");
    const struct rig_event *last = rig_last(rig, 1);
    assert_int_equal(last->kind, NET_FAILED);
    if (!strstr(last->data, reason))
        fail_msg("\"%s\" does not say \"%s\"", last->data, reason);
    assert_int_equal(peer_seen(server.peer)->requests, 0);
    rig_end(rig);
    stop_server(&server);
    free(rig);
}

static void a_good_certificate_opens(void **state)
{
    struct rig *rig = malloc(sizeof(*rig));
    struct server server;
    (void)state;
    start_server(&server, "good.pem");
    rig_start(rig, in_dir("ca.pem"));
    rig_open(rig, 1, "https://good.test", server.port, "frames");
    assert_int_equal(rig_last(rig, 1)->kind, NET_CLOSED);
    assert_int_equal(rig_last(rig, 1)->status, 4001);
    assert_string_equal(rig_wait(rig, 1, NET_FRAME, 1)->data, "fragmented");
    rig_end(rig);
    stop_server(&server);
    free(rig);
}

static void sends_a_body(void **state)
{
    struct rig *rig = malloc(sizeof(*rig));
    struct server server;
    (void)state;
    start_server(&server, "good.pem");
    rig_start(rig, in_dir("ca.pem"));
    rig_send(rig, 1, "https://127.0.0.1", server.port, "echo", METHOD_PAIR, "{\"phoneNumber\":441234567890}");
    assert_string_equal(rig_last(rig, 1)->data, "POST |application/json|{\"phoneNumber\":441234567890}");
    rig_end(rig);
    stop_server(&server);
    free(rig);
}

static void expect_body(const char *token, size_t len)
{
    struct rig *rig = malloc(sizeof(*rig));
    struct server server;
    start_server(&server, "good.pem");
    rig_start(rig, in_dir("ca.pem"));
    rig_call(rig, 1, "https://127.0.0.1", server.port, token);
    const struct rig_event *reply = rig_last(rig, 1);
    if (reply->kind != NET_REPLY)
        fail_msg("%s", reply->data);
    assert_int_equal(reply->len, len);
    rig_end(rig);
    stop_server(&server);
    free(rig);
}

/* Bodies of several TLS records: none may stay behind in OpenSSL. */
static void a_call_goes_over_tls(void **state)
{
    (void)state;
    expect_body("length", 30);
    expect_body("medium", 45000);
    expect_body("biggest", 1 << 20);
}

static void an_unknown_authority_is_named(void **state)
{
    (void)state;
    expect_failure("good.pem", "other.pem", "https://good.test", "unable to get local issuer certificate");
}

static void the_working_directory_is_not_trusted(void **state)
{
    (void)state;
    expect_failure("good.pem", NULL, "https://good.test", "unable to get local issuer certificate");
}

static void a_wrong_name_is_named(void **state)
{
    (void)state;
    expect_failure("wrongname.pem", "ca.pem", "https://good.test", "ostname mismatch");
    expect_failure("wrongname.pem", "ca.pem", "https://127.0.0.1", "IP address mismatch");
}

static void an_expired_certificate_is_named(void **state)
{
    (void)state;
    expect_failure("expired.pem", "ca.pem", "https://good.test", "certificate has expired");
}

static void no_tls_at_all_is_named(void **state)
{
    struct rig *rig = malloc(sizeof(*rig));
    struct peer *peer = peer_start(PEER_RUDE);
    (void)state;
    rig_start(rig, NULL);
    rig_open(rig, 1, "https://127.0.0.1", peer_port(peer), "open");
    rig_open(rig, 2, "https://[::1]", peer_port(peer), "open");
    assert_non_null(strstr(rig_last(rig, 1)->data, "TLS with 127.0.0.1:"));
    assert_non_null(strstr(rig_last(rig, 2)->data, "give the host a name"));
    rig_end(rig);
    peer_stop(peer);
    free(rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_certificate_opens),
        cmocka_unit_test(a_call_goes_over_tls),
        cmocka_unit_test(an_unknown_authority_is_named),
        cmocka_unit_test(the_working_directory_is_not_trusted),
        cmocka_unit_test(a_wrong_name_is_named),
        cmocka_unit_test(an_expired_certificate_is_named),
        cmocka_unit_test(no_tls_at_all_is_named),
        cmocka_unit_test(sends_a_body),
    };
    return cmocka_run_group_tests(tests, make_certificates, remove_certificates);
}
