#ifndef SALDO_SEALS_H
#define SALDO_SEALS_H

#include <sqlite3.h>

/* Seals: every page of a database ends in a checksum of its bytes and its number, written and
   verified between SQLite and the operating system. A page that does not carry its seal is
   SQLITE_CORRUPT. */

/* The bytes of a page that its seal takes; a file that reserves them in its header is sealed. */
#define SALDO_SEAL_BYTES 8

/* Calls of sqlite3_file_control on a main database: whether it is sealed, and that a file which is
   about to be filled is to be, or not; both with an int. */
#define SALDO_SEALS_ASK 0x53414c01
#define SALDO_SEALS_SET 0x53414c02

/* Registers the layer once, and returns the name that SQLite knows it by; NULL if it cannot be. */
const char *saldo_seals_name(void);

/* Has the new database of a connection reserve room for seals, which it does from its first page
   on; one that exists is left as it is. */
int saldo_seals_reserve(sqlite3 *db);

/* The seal of a page. */
sqlite3_uint64 saldo_seal(const unsigned char *page, int bytes, sqlite3_uint64 number);

#endif
