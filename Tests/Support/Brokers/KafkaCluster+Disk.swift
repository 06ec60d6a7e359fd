import Foundation

/// The disks of a cluster's nodes, as whoever restores a machine has them in hand.
extension KafkaCluster {
  /// Keeps a copy of what every node has on its disk; the nodes must have ended.
  public func keepDisks() throws {
    for node in nodes { try Self.replace(kept(node), by: disk(node)) }
  }

  /// Puts the disks back to the copy that was kept; the nodes must have ended.
  public func putDisksBack() throws {
    for node in nodes { try Self.replace(disk(node), by: kept(node)) }
  }

  private func disk(_ node: Int) -> URL { folder.appending(path: "node\(node)/data") }

  private func kept(_ node: Int) -> URL { folder.appending(path: "node\(node)/kept") }

  private static func replace(_ place: URL, by other: URL) throws {
    let files = FileManager.default
    if files.fileExists(atPath: place.path) { try files.removeItem(at: place) }
    try files.copyItem(at: other, to: place)
  }
}
