#include <sqlite3.h>
#include <string.h>

/* What Swift cannot call or name itself: functions with a variable number of arguments, and macros
   that cast. */

static inline int saldo_sqlite_without_memory_statistics(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* Foreign keys hold, and "text" in double quotes is never taken for a string. */
static inline int saldo_sqlite_be_strict(sqlite3 *db) {
  int result = sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, (int *)0);
  if (result == SQLITE_OK) {
    result = sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
  }
  if (result == SQLITE_OK) {
    result = sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0);
  }
  return result;
}

/* SQLITE_TRANSIENT: SQLite copies the bytes before the call returns. */
static inline int saldo_sqlite_bind_text_copy(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_text64(
      statement, index, (const char *)bytes, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int saldo_sqlite_bind_blob_copy(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}

static inline void saldo_sqlite_result_blob_copy(
    sqlite3_context *context, const void *bytes, sqlite3_uint64 count) {
  sqlite3_result_blob64(context, bytes, count, SQLITE_TRANSIENT);
}

/* What the operating system said of the last file that a connection could not open, read or write;
   NULL if nothing. */
static inline const char *saldo_sqlite_system_error(sqlite3 *db) {
  int error = db ? sqlite3_system_errno(db) : 0;
  return error ? strerror(error) : (const char *)0;
}
