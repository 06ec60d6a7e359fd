#include <zlib.h>

/* deflateInit2 is a macro: raw deflate, as ZIP has it. */
static inline int saldo_zlib_begin_raw_deflate(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}
