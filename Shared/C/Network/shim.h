// What the server needs of Linux and of OpenSSL that Swift does not see by itself: headers outside
// of the Glibc module, and OpenSSL's macros as functions.
#ifndef SALDO_CNETWORK_SHIM_H
#define SALDO_CNETWORK_SHIM_H

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
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

// OpenSSL frees what it keeps when the process ends, and does so while threads that used it may still
// be ending: that can end the process by a signal after all work is done. To be called before it is
// first used.
static inline int saldo_openssl_begin(void) {
  return OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, NULL);
}

// A key's passphrase is not asked for: nobody sits at a server's terminal. Says that it was wanted.
static inline int saldo_tls_no_passphrase(char *text, int size, int writing, void *wanted) {
  (void)text;
  (void)size;
  (void)writing;
  if (wanted) *(int *)wanted = 1;
  return -1;
}

// A context for servers: TLS 1.2 and later, no renegotiation, no compression, nothing but HTTP/1.1;
// writes may be partial and be repeated from another place, idle connections keep no buffers, and
// sessions are resumed by tickets, so that none is kept here. A read takes one record and returns,
// whatever that held: by default it goes on for as long as records without data come, and would
// keep the thread.
static inline SSL_CTX *saldo_tls_server_context(void) {
  saldo_openssl_begin();
  SSL_CTX *context = SSL_CTX_new(TLS_server_method());
  if (!context) return NULL;
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(
      context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                   SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(
      context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                   SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_alpn_select_cb(context, saldo_tls_select_http1, NULL);
  SSL_CTX_set_default_passwd_cb(context, saldo_tls_no_passphrase);
  return context;
}

// A context for clients: TLS 1.2 and later, with the authorities that the system trusts.
static inline SSL_CTX *saldo_tls_client_context(void) {
  saldo_openssl_begin();
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  if (!context) return NULL;
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
  SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context, SSL_MODE_AUTO_RETRY);
  if (SSL_CTX_set_default_verify_paths(context) != 1) {
    SSL_CTX_free(context);
    return NULL;
  }
  return context;
}

// Has a session accept a certificate of a host alone: a name, which it also asks for, or an address.
static inline int saldo_tls_expect(SSL *ssl, const char *host) {
  X509_VERIFY_PARAM *parameters = SSL_get0_param(ssl);
  if (X509_VERIFY_PARAM_set1_ip_asc(parameters, host) == 1) return 1;
  ERR_clear_error();
  SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return SSL_set1_host(ssl, host) == 1 && SSL_set_tlsext_host_name(ssl, host) == 1;
}

// What a session's client has sent since its last data.
struct saldo_tls_meter {
  // The bytes that the call may still take from the socket: some messages OpenSSL passes over in a
  // loop of its own.
  size_t left;
  // The bytes that were taken, and the updates of keys among them.
  size_t taken;
  unsigned int updates;
  // Whether the socket had nothing more to read.
  int drained;
};

static inline long saldo_tls_before_read(
    BIO *bio, int operation, const char *bytes, size_t length, int number, long argument,
    int result, size_t *count) {
  (void)bytes;
  (void)length;
  (void)number;
  (void)argument;
  struct saldo_tls_meter *meter = (struct saldo_tls_meter *)BIO_get_callback_arg(bio);
  if (operation == BIO_CB_READ && meter->left == 0) {
    BIO_clear_retry_flags(bio);
    BIO_set_retry_read(bio);
    return -1;
  }
  if (operation == (BIO_CB_READ | BIO_CB_RETURN)) {
    if (result > 0 && count) {
      meter->left -= *count < meter->left ? *count : meter->left;
      meter->taken += *count;
    } else if (BIO_should_retry(bio)) {
      meter->drained = 1;
    }
  }
  return result;
}

static inline void saldo_tls_on_message(
    int written, int version, int type, const void *bytes, size_t length, SSL *session,
    void *meter) {
  (void)version;
  (void)session;
  if (!written && type == SSL3_RT_HANDSHAKE && length > 0 &&
      *(const unsigned char *)bytes == SSL3_MT_KEY_UPDATE) {
    ((struct saldo_tls_meter *)meter)->updates++;
  }
}

// A session of a server over a socket. The meter must live as long as the session does.
static inline SSL *saldo_tls_session(
    SSL_CTX *context, int descriptor, struct saldo_tls_meter *meter) {
  SSL *session = SSL_new(context);
  if (!session) return NULL;
  if (SSL_set_fd(session, descriptor) != 1) {
    SSL_free(session);
    return NULL;
  }
  BIO *bio = SSL_get_rbio(session);
  BIO_set_callback_arg(bio, (char *)meter);
  BIO_set_callback_ex(bio, saldo_tls_before_read);
  SSL_set_msg_callback(session, saldo_tls_on_message);
  SSL_set_msg_callback_arg(session, meter);
  SSL_set_accept_state(session);
  return session;
}

#endif
