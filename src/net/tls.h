/* SPDX-License-Identifier: MIT
 * The parts of TLS that libwebsockets leaves to us: which authorities are trusted, and why a handshake failed.
 */
#ifndef SCANDECK_NET_TLS_H
#define SCANDECK_NET_TLS_H

#include <stdbool.h>
#include <stddef.h>

#define TLS_REASON_MAX 128

/* Whether ca_file holds at least one certificate; else false with a sentence in `why`. lws itself would only log. */
bool tls_check_ca_file(const char *ca_file, char *why, size_t why_size);
/* What to give lws as its extra authorities; `ca_file` may be NULL. */
const char *tls_ca_path(const char *ca_file);
/* Says why OpenSSL did not accept a certificate; `store` is an X509_STORE_CTX. */
void tls_verify_reason(char *reason, size_t size, void *store);
/* Says what OpenSSL last complained of; leaves `reason` as it is when there is nothing. */
void tls_error_reason(char *reason, size_t size);

#endif
