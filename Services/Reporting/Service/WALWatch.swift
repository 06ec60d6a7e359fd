import Foundation

/// How large a store's write-ahead log gets while one who reads the store keeps it from beginning
/// again.
struct WALWatch {
  /// Beyond this a reader gives up.
  static let limit: Int64 = 4 << 30
  /// How many rows are read between two looks.
  private static let rows = 50_000

  private let limit: Int64
  private var left = Self.rows

  /// - Parameter limit: how large it may get, in bytes.
  init(limit: Int64 = Self.limit) { self.limit = limit }

  /// Whether it is too large; looked at once in many calls.
  mutating func isOvertaken(_ store: String) -> Bool {
    left -= 1
    guard left < 0 else { return false }
    left = Self.rows
    return Self.size(store) > limit
  }

  private static func size(_ store: String) -> Int64 {
    let attributes = try? FileManager.default.attributesOfItem(atPath: store + "-wal")
    return (attributes?[.size] as? NSNumber)?.int64Value ?? 0
  }
}
