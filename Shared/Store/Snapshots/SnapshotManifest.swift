/// What a snapshot is of and what its file must be; a file of its own, written last.
public struct SnapshotManifest: Sendable, Equatable, Codable {
  /// The form of manifests that this program writes and reads.
  static let currentFormat = 1

  /// The form of the manifest.
  var format = currentFormat
  /// Whose store it is a copy of, such as `discharge/books`.
  public var stage: String
  /// The input partition.
  public var partition: Int32
  /// Partition counts of the topics that the store depends on.
  public var topics: [String: Int32]
  /// The version of the rules that made the store; nil if none was asked for.
  public var rules: UInt32?
  /// The layout of its tables.
  public var layout: Int
  /// The offset of the next input to be applied.
  public var position: Int64
  /// The last record that was applied; nil if there was none.
  public var last: LastRecord?
  /// When it was taken: milliseconds since the epoch, by the clock of whoever took it.
  public var taken: Int64
  /// The name of the copy, beside the manifest.
  public var file: String
  /// The length of the copy.
  public var bytes: Int64
  /// The copy's ``Checksum``, in hexadecimal.
  public var checksum: String

  /// Why it is not a snapshot for a store; nil if it is one.
  ///
  /// - Parameter layout: the latest layout that the program knows.
  func objection(for identity: StageStore.Identity, layout known: Int) -> String? {
    if format != Self.currentFormat { return "its manifest has form \(format)" }
    if stage != identity.stage || partition != identity.partition {
      return "it is of \(stage)/\(partition)"
    }
    // One that was taken earlier may know a number that does not matter any more.
    let relevant = topics.filter { identity.topics[$0.key] != nil }
    if relevant != identity.topics { return "it was taken with other numbers of partitions" }
    if rules ?? 0 != identity.rules {
      return "it was taken under rules \(rules ?? 0), this program has \(identity.rules)"
    }
    if layout > known { return "it has layout \(layout), this program knows \(known)" }
    if file.contains("/") { return "it names a file elsewhere" }
    return nil
  }
}
