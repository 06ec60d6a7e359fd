import SQLite

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SnapshotFolder {
  /// Takes a snapshot of a store that is open and worked on, on a connection of its own: the writer
  /// goes on meanwhile, and what it writes comes with the next one.
  ///
  /// It is checked before it gets a name, so that a damaged store does not spread.
  ///
  /// - Parameters:
  ///   - store: the store's file.
  ///   - taken: milliseconds since the epoch.
  ///   - isCancelled: asked every few megabytes whether to give up.
  /// - Returns: its manifest; nil if it was given up.
  /// - Throws: ``StoreError``, or what SQLite reports; nothing under a final name is left then.
  public func write(
    _ store: String, of identity: StageStore.Identity, taken: Int64,
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> SnapshotManifest? {
    let folder = path(of: identity)
    try Files.makeFolder(folder)
    let unique = String(UInt64.random(in: 1...UInt64.max), radix: 16)
    let part = "\(folder)/.\(unique).part"
    defer {
      for suffix in ["", "-wal", "-shm", "-journal"] { try? Files.remove(part + suffix) }
    }
    guard var manifest = try copy(store, to: part, identity, taken, isCancelled) else { return nil }
    var sum = Checksum()
    try Files.read(part) { piece in
      sum.add(piece)
      manifest.bytes += Int64(piece.count)
    }
    if isCancelled() { return nil }
    manifest.checksum = String(sum.value, radix: 16)
    let digits = String(manifest.position)
    let stem = String(repeating: "0", count: 19 - digits.count) + digits + "-" + unique
    manifest.file = stem + Self.copy
    try Files.synchronize(part)
    try Files.rename(part, to: "\(folder)/\(manifest.file)")
    try publish(manifest, as: "\(folder)/\(stem)\(Self.manifest)", over: part)
    try prune(identity)
    return manifest
  }

  private func publish(
    _ manifest: SnapshotManifest, as name: String, over part: String
  ) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let json = Array(try encoder.encode(manifest))
    try Files.write(part) { write in
      try json.withUnsafeBytes { bytes in try write(bytes) }
    }
    try Files.synchronizeFolder(of: part)
    try Files.rename(part, to: name)
    try Files.synchronizeFolder(of: name)
  }

  /// Copies the store as it stands at one moment; the manifest lacks what is known of the file.
  private func copy(
    _ store: String, to part: String, _ identity: StageStore.Identity, _ taken: Int64,
    _ isCancelled: @escaping () -> Bool
  ) throws -> SnapshotManifest? {
    let source = try Connection(path: store, .read)
    let target = try Connection(path: part)
    // It has no name yet: whoever dies leaves nothing that counts.
    try target.execute("PRAGMA synchronous = OFF")
    do {
      // Everything below sees the store as it is at the first read.
      let manifest = try source.transaction(.deferred) {
        let progress = try StoreProgress(source)
        let layout: Int = try source.scalar("PRAGMA user_version") ?? 0
        try source.backUp(to: target, pages: 256) { _ in
          if isCancelled() { throw Cancelled() }
        }
        return SnapshotManifest(
          stage: identity.stage, partition: identity.partition, topics: identity.topics,
          rules: identity.rules,
          layout: layout, position: progress.next, last: progress.last, taken: taken, file: "",
          bytes: 0, checksum: "")
      }
      try Self.finish(target)
      return manifest
    } catch is Cancelled {
      return nil
    }
  }

  /// Checks the copy and makes one whole file of it.
  private static func finish(_ target: Connection) throws {
    if let damage = try target.firstDamage() { throw StoreError.damaged(damage) }
    try ClosingMark.set(target)
    let mode = try target.setPragma("journal_mode", to: "delete")
    guard mode == "delete" else {
      throw StoreError.pragma(name: "journal_mode", expected: "delete", found: mode ?? "nothing")
    }
    try target.close()
  }

  private struct Cancelled: Error {}
}
