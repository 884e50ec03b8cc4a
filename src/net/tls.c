/* SPDX-License-Identifier: MIT
 * Authorities and error texts, with libcrypto alone: libwebsockets does the TLS.
 */
#include "net/tls.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <libwebsockets.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#include "core/text.h"

bool tls_check_ca_file(const char *ca_file, char *why, size_t why_size)
{
    char name[NAME_MAX + 1];
    text_clean(name, sizeof name, ca_file, strlen(ca_file), NULL);
    FILE *file = fopen(ca_file, "re");
    if (!file) {
        (void)snprintf(why, why_size, "ca_file %s cannot be read: %s", name, strerror(errno));
        return false;
    }
    X509 *certificate = PEM_read_X509(file, NULL, NULL, NULL);
    (void)fclose(file);
    ERR_clear_error();
    if (!certificate) {
        (void)snprintf(why, why_size, "ca_file %s holds no PEM certificate", name);
        return false;
    }
    X509_free(certificate);
    return true;
}

const char *tls_ca_path(const char *ca_file)
{
    if (ca_file)
        return ca_file;
#ifdef LWS_SSL_CLIENT_USE_OS_CA_CERTS
    /* Without a file lws trusts a directory that was set when it was built, on Debian "../share": relative to
     * wherever we run. An empty file keeps it from that; the system's authorities are loaded all the same. */
    return "/dev/null";
#else
    return NULL;
#endif
}

void tls_verify_reason(char *reason, size_t size, void *store)
{
    int error = X509_STORE_CTX_get_error(store);
    (void)snprintf(reason, size, "%s", X509_verify_cert_error_string(error));
}

void tls_error_reason(char *reason, size_t size)
{
    unsigned long error = ERR_peek_last_error();
    const char *text = error ? ERR_reason_error_string(error) : NULL;
    if (text)
        (void)snprintf(reason, size, "%s", text);
}
