#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What stores and snapshots do with files, with what the system says when it fails.
package enum Files {
  package static func rename(_ old: String, to new: String) throws(StoreError) {
    #if canImport(Glibc)
      let result = Glibc.rename(old, new)
    #elseif canImport(Musl)
      let result = Musl.rename(old, new)
    #else
      let result = Darwin.rename(old, new)
    #endif
    guard result == 0 else { throw failure(new) }
  }

  /// Removes a file, where there is one.
  static func remove(_ path: String) throws(StoreError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
  }

  /// Makes a folder, and those above it, where they are not there.
  package static func makeFolder(_ path: String) throws(StoreError) {
    var end = path.startIndex
    while end != path.endIndex {
      end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
      let part = String(path[..<end])
      guard mkdir(part, 0o755) == 0 || errno == EEXIST || errno == EISDIR else {
        throw failure(part)
      }
    }
  }

  /// Waits until a file's bytes are on disk.
  package static func synchronize(_ path: String) throws(StoreError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(path) }
  }

  /// Waits until the names in a file's folder are on disk.
  package static func synchronizeFolder(of path: String) throws(StoreError) {
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    try synchronize(slash == path.startIndex ? "/" : String(path[..<slash]))
  }

  /// The names in a folder, sorted; none where there is no folder.
  static func names(in folder: String) throws(StoreError) -> [String] {
    guard let directory = opendir(folder) else {
      guard errno == ENOENT else { throw failure(folder) }
      return []
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// How many seconds ago a file was last written to; nil if there is none.
  static func age(_ path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Int64(time(nil)) - Int64(status.st_mtim.tv_sec)
  }

  /// Reads a file, in pieces of a mebibyte.
  package static func read(
    _ path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = systemRead(descriptor, buffer)
      guard count >= 0 else { throw failure(path) }
      guard count > 0 else { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// Writes a new file, in pieces, and waits until it is on disk.
  static func write(
    _ path: String,
    _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    try body { bytes in
      var written = 0
      while written < bytes.count {
        let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: bytes[written...]))
        guard count > 0 else { throw failure(path) }
        written += count
      }
    }
    guard fsync(descriptor) == 0 else { throw failure(path) }
  }

  private static func systemRead(_ descriptor: Int32, _ into: UnsafeMutableRawBufferPointer) -> Int
  {
    #if canImport(Glibc)
      Glibc.read(descriptor, into.baseAddress, into.count)
    #elseif canImport(Musl)
      Musl.read(descriptor, into.baseAddress, into.count)
    #else
      Darwin.read(descriptor, into.baseAddress, into.count)
    #endif
  }

  private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  private static func failure(_ path: String) -> StoreError {
    .failed("\(path): \(String(cString: strerror(errno)))")
  }
}
