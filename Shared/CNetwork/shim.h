// What the server needs of Linux and of OpenSSL that Swift does not see by itself: headers outside
// of the Glibc module, and OpenSSL's macros as functions.
#ifndef SALDO_CNETWORK_SHIM_H
#define SALDO_CNETWORK_SHIM_H

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// The flags are cast expressions in C, which Swift does not import.
static const unsigned int saldo_epoll_all = EPOLLIN | EPOLLOUT | EPOLLRDHUP | (unsigned int)EPOLLET;

// The header declares it for _GNU_SOURCE only, which the Glibc module does without.
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);

static inline int saldo_tls_select_http1(
    SSL *ssl, const unsigned char **out, unsigned char *outlen, const unsigned char *in,
    unsigned int inlen, void *arg) {
  (void)ssl;
  (void)arg;
  static const unsigned char http1[] = "\x08http/1.1";
  unsigned char *selected;
  if (SSL_select_next_proto(&selected, outlen, http1, sizeof http1 - 1, in, inlen) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *out = selected;
  return SSL_TLSEXT_ERR_OK;
}

// A context for servers: TLS 1.2 and later, no renegotiation, no compression, nothing but HTTP/1.1;
// writes may be partial and be repeated from another place, and idle connections keep no buffers.
static inline SSL_CTX *saldo_tls_server_context(void) {
  SSL_CTX *context = SSL_CTX_new(TLS_server_method());
  if (!context) return NULL;
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(
      context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                   SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(
      context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                   SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context, saldo_tls_select_http1, NULL);
  return context;
}

#endif
