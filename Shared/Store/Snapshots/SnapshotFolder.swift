#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The snapshots of stores in a folder that instances share: `<folder>/<service>/<stage>-<n>/` has
/// those of a partition, each a copy and a manifest.
///
/// Any number of processes may write and read at the same time: names are never used twice, a copy
/// is whole before it gets its name, and its manifest comes after it.
public struct SnapshotFolder: Sendable {
  /// Where and how often.
  public let settings: SnapshotSettings

  /// Snapshots as the settings say.
  public init(_ settings: SnapshotSettings) { self.settings = settings }

  /// A snapshot that cannot be used.
  public struct PassedOver: Sendable, Equatable {
    /// The name of its manifest.
    public var name: String
    /// Why.
    public var reason: String
  }

  /// The folder of a partition's snapshots.
  public func path(of identity: StageStore.Identity) -> String {
    "\(settings.directory)/\(identity.stage)-\(identity.partition)"
  }

  /// The snapshots that may be restored, the furthest first, and those that may not.
  ///
  /// - Parameter layout: the latest layout that the program knows.
  /// - Throws: ``StoreError`` where the folder cannot be read.
  public func candidates(
    for identity: StageStore.Identity, layout: Int
  ) throws(StoreError) -> (usable: [SnapshotManifest], passedOver: [PassedOver]) {
    var usable: [SnapshotManifest] = []
    var passedOver: [PassedOver] = []
    let folder = path(of: identity)
    for name in try Files.names(in: folder) where name.hasSuffix(Self.manifest) {
      guard let manifest = Self.read("\(folder)/\(name)") else {
        passedOver.append(PassedOver(name: name, reason: "its manifest cannot be read"))
        continue
      }
      if let objection = manifest.objection(for: identity, layout: layout) {
        passedOver.append(PassedOver(name: name, reason: objection))
      } else {
        usable.append(manifest)
      }
    }
    return (usable.sorted { $0.position > $1.position }, passedOver)
  }

  /// Copies a snapshot to a place that is free, and waits until it is on disk.
  ///
  /// - Throws: ``StoreError`` where the copy is not what its manifest says; nothing is left then.
  public func restore(
    _ snapshot: SnapshotManifest, of identity: StageStore.Identity, to target: String
  ) throws {
    let source = "\(path(of: identity))/\(snapshot.file)"
    var sum = Checksum()
    var bytes: Int64 = 0
    do {
      try Files.write(target) { write in
        try Files.read(source) { piece in
          sum.add(piece)
          bytes += Int64(piece.count)
          try write(piece)
        }
      }
      guard bytes == snapshot.bytes else {
        throw StoreError.damaged("\(snapshot.file) has \(bytes) bytes, not \(snapshot.bytes)")
      }
      guard String(sum.value, radix: 16) == snapshot.checksum else {
        throw StoreError.damaged("\(snapshot.file) does not have the checksum of its manifest")
      }
    } catch {
      try Files.remove(target)
      throw error
    }
  }

  /// Removes all but the last snapshots of a partition and the one that goes furthest, which may be
  /// of a machine whose clock is slow; and what writers that died left behind over an hour ago.
  public func prune(_ identity: StageStore.Identity) throws(StoreError) {
    let folder = path(of: identity)
    let names = try Files.names(in: folder)
    var kept: Set<String> = []
    let manifests = names.filter { $0.hasSuffix(Self.manifest) }.map { name in
      (name: name, manifest: Self.read("\(folder)/\(name)"))
    }.sorted { $0.manifest?.taken ?? 0 > $1.manifest?.taken ?? 0 }
    let positions = manifests.map { $0.manifest?.position ?? -1 }
    let furthest = positions.max().flatMap { positions.firstIndex(of: $0) }
    for (index, entry) in manifests.enumerated() {
      if index < settings.keep || index == furthest, let manifest = entry.manifest {
        kept.formUnion([entry.name, manifest.file])
      } else if let manifest = entry.manifest {
        // The manifest first: a copy without one is nothing to anybody.
        try Files.remove("\(folder)/\(entry.name)")
        try Files.remove("\(folder)/\(manifest.file)")
      }
    }
    for name in names where !kept.contains(name) {
      let path = "\(folder)/\(name)"
      if let age = Files.age(path), age > 3_600 { try Files.remove(path) }
    }
  }

  static let manifest = ".json"
  static let copy = ".sqlite"

  static func read(_ path: String) -> SnapshotManifest? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return try? JSONDecoder().decode(SnapshotManifest.self, from: data)
  }
}
