#include "seals.h"

#include <pthread.h>
#include <string.h>

#define NAME "saldo-seals"

/* A main database as SQLite holds it; the operating system's file follows behind it. */
typedef struct {
  sqlite3_file base;
  int isSealed;
  /* Of a page, as the file's header says; 0 until it was seen. */
  int pageBytes;
} SealedFile;

static sqlite3_file *below(sqlite3_file *file) {
  return (sqlite3_file *)((SealedFile *)file + 1);
}

/* Four lanes of eight bytes, mixed as XXH64 mixes them: what a processor does as fast as it reads.
   Not against someone who means to deceive. */
static const sqlite3_uint64 P1 = 0x9E3779B185EBCA87ULL, P2 = 0xC2B2AE3D27D4EB4FULL,
                            P3 = 0x165667B19E3779F9ULL;

static inline sqlite3_uint64 rotated(sqlite3_uint64 x, int bits) {
  return x << bits | x >> (64 - bits);
}

static inline sqlite3_uint64 mixed(sqlite3_uint64 lane, const unsigned char *bytes) {
  sqlite3_uint64 word;
  memcpy(&word, bytes, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return rotated(lane + word * P2, 31) * P1;
}

sqlite3_uint64 saldo_seal(const unsigned char *page, int bytes, sqlite3_uint64 number) {
  sqlite3_uint64 a = number + P1 + P2, b = number + P2, c = number, d = number - P1;
  int i = 0;
  for (; i + 32 <= bytes; i += 32) {
    a = mixed(a, page + i);
    b = mixed(b, page + i + 8);
    c = mixed(c, page + i + 16);
    d = mixed(d, page + i + 24);
  }
  sqlite3_uint64 h = rotated(a, 1) + rotated(b, 7) + rotated(c, 12) + rotated(d, 18);
  for (; i + 8 <= bytes; i += 8) h = rotated(h ^ mixed(0, page + i), 27) * P1 + P3;
  h += (sqlite3_uint64)bytes;
  h = (h ^ h >> 33) * P2;
  h = (h ^ h >> 29) * P3;
  h ^= h >> 32;
  /* A page of zeros carries none. */
  return h ? h : 1;
}

/* Whether bytes are one whole page at its place. */
static int isPage(int bytes, sqlite3_int64 offset) {
  return bytes >= 512 && (bytes & (bytes - 1)) == 0 && offset % bytes == 0;
}

static void store(unsigned char *place, sqlite3_uint64 seal) {
  for (int i = 0; i < SALDO_SEAL_BYTES; i++) place[i] = (unsigned char)(seal >> 8 * i);
}

/* Learns from a database's header whether it is sealed, and how long its pages are. */
static void learn(SealedFile *file, const unsigned char *header) {
  if (memcmp(header, "SQLite format 3", 16) == 0) {
    file->isSealed = header[20] == SALDO_SEAL_BYTES;
    file->pageBytes = header[16] << 8 | header[17];
    if (file->pageBytes == 1) file->pageBytes = 65536;
  }
}

static int sealsRead(sqlite3_file *file, void *buffer, int bytes, sqlite3_int64 offset) {
  SealedFile *sealed = (SealedFile *)file;
  int result = below(file)->pMethods->xRead(below(file), buffer, bytes, offset);
  if (result != SQLITE_OK) return result;
  if (offset == 0 && bytes >= 100) learn(sealed, buffer);
  /* A connection that was opened on an empty file, which somebody filled since, reads the first page
     in a length of its own; SQLite looks into the header then, and reads again. */
  if (!sealed->isSealed || bytes != sealed->pageBytes || !isPage(bytes, offset)) return SQLITE_OK;
  unsigned char expected[SALDO_SEAL_BYTES];
  int content = bytes - SALDO_SEAL_BYTES;
  store(expected, saldo_seal(buffer, content, (sqlite3_uint64)(offset / bytes) + 1));
  if (memcmp(expected, (unsigned char *)buffer + content, sizeof expected) == 0) return SQLITE_OK;
  sqlite3_log(SQLITE_CORRUPT, "page %lld does not carry its seal", offset / bytes + 1);
  return SQLITE_CORRUPT;
}

static int sealsWrite(
    sqlite3_file *file, const void *buffer, int bytes, sqlite3_int64 offset) {
  SealedFile *sealed = (SealedFile *)file;
  if (offset == 0 && bytes >= 100) learn(sealed, buffer);
  if (sealed->isSealed && isPage(bytes, offset)) {
    /* SQLite owns the page and reads nothing where the seal goes. */
    int content = bytes - SALDO_SEAL_BYTES;
    store((unsigned char *)buffer + content,
          saldo_seal(buffer, content, (sqlite3_uint64)(offset / bytes) + 1));
  }
  return below(file)->pMethods->xWrite(below(file), buffer, bytes, offset);
}

static int sealsControl(sqlite3_file *file, int operation, void *argument) {
  SealedFile *sealed = (SealedFile *)file;
  switch (operation) {
    case SALDO_SEALS_ASK: *(int *)argument = sealed->isSealed; return SQLITE_OK;
    case SALDO_SEALS_SET: sealed->isSealed = *(int *)argument; return SQLITE_OK;
    default: return below(file)->pMethods->xFileControl(below(file), operation, argument);
  }
}

/* All else passes through. */
static int sealsClose(sqlite3_file *f) {
  int result = below(f)->pMethods->xClose(below(f));
  f->pMethods = 0;
  return result;
}
static int sealsTruncate(sqlite3_file *f, sqlite3_int64 size) {
  return below(f)->pMethods->xTruncate(below(f), size);
}
static int sealsSync(sqlite3_file *f, int flags) {
  return below(f)->pMethods->xSync(below(f), flags);
}
static int sealsSize(sqlite3_file *f, sqlite3_int64 *size) {
  return below(f)->pMethods->xFileSize(below(f), size);
}
static int sealsLock(sqlite3_file *f, int level) {
  return below(f)->pMethods->xLock(below(f), level);
}
static int sealsUnlock(sqlite3_file *f, int level) {
  return below(f)->pMethods->xUnlock(below(f), level);
}
static int sealsReserved(sqlite3_file *f, int *isReserved) {
  return below(f)->pMethods->xCheckReservedLock(below(f), isReserved);
}
static int sealsSector(sqlite3_file *f) { return below(f)->pMethods->xSectorSize(below(f)); }
static int sealsDevice(sqlite3_file *f) {
  return below(f)->pMethods->xDeviceCharacteristics(below(f));
}
static int sealsMap(sqlite3_file *f, int page, int bytes, int extend, void volatile **memory) {
  return below(f)->pMethods->xShmMap(below(f), page, bytes, extend, memory);
}
static int sealsShmLock(sqlite3_file *f, int offset, int count, int flags) {
  return below(f)->pMethods->xShmLock(below(f), offset, count, flags);
}
static void sealsBarrier(sqlite3_file *f) { below(f)->pMethods->xShmBarrier(below(f)); }
static int sealsUnmap(sqlite3_file *f, int isDelete) {
  return below(f)->pMethods->xShmUnmap(below(f), isDelete);
}

/* Version 2: without xFetch, so that every page comes through sealsRead. */
static const sqlite3_io_methods methods = {
    2,           sealsClose,    sealsRead,     sealsWrite,   sealsTruncate, sealsSync,
    sealsSize,   sealsLock,     sealsUnlock,   sealsReserved, sealsControl, sealsSector,
    sealsDevice, sealsMap,      sealsShmLock,  sealsBarrier, sealsUnmap,    0, 0};

static sqlite3_vfs layer;

static int sealsOpen(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags) {
  sqlite3_vfs *real = (sqlite3_vfs *)vfs->pAppData;
  if (!(flags & SQLITE_OPEN_MAIN_DB)) return real->xOpen(real, name, file, flags, outFlags);
  SealedFile *sealed = (SealedFile *)file;
  memset(sealed, 0, sizeof *sealed);
  int result = real->xOpen(real, name, below(file), flags, outFlags);
  if (result != SQLITE_OK) return result;
  file->pMethods = &methods;
  /* A new file reserves room for seals (see saldo_seals_reserve); another says so itself. */
  sqlite3_int64 size = 0;
  sealed->isSealed =
      below(file)->pMethods->xFileSize(below(file), &size) == SQLITE_OK && size == 0;
  return SQLITE_OK;
}

static const char *registered;

static void enter(void) {
  sqlite3_vfs *real = sqlite3_vfs_find(0);
  if (!real) return;
  layer = *real;
  layer.pNext = 0;
  layer.zName = NAME;
  layer.pAppData = real;
  layer.szOsFile = (int)sizeof(SealedFile) + real->szOsFile;
  layer.xOpen = sealsOpen;
  if (sqlite3_vfs_register(&layer, 0) == SQLITE_OK) registered = NAME;
}

const char *saldo_seals_name(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, enter);
  return registered;
}

int saldo_seals_reserve(sqlite3 *db) {
  int bytes = SALDO_SEAL_BYTES;
  return sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}
