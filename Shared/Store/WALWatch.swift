import Foundation

/// How large a database's write-ahead log gets while one who reads the database keeps it from
/// beginning again: what the reader sees of the past is kept there for it.
public struct WALWatch: Sendable {
  /// Beyond this a reader gives up.
  public static let limit: Int64 = 4 << 30

  private let limit: Int64
  private let calls: Int
  private var left: Int

  /// - Parameters:
  ///   - limit: how large it may get, in bytes.
  ///   - calls: in how many calls of ``isOvertaken(_:)`` it is looked at once.
  public init(limit: Int64 = Self.limit, calls: Int = 50_000) {
    (self.limit, self.calls, left) = (limit, calls, calls)
  }

  /// Whether the log of a database is too large, of which the path is given; looked at once in many
  /// calls.
  public mutating func isOvertaken(_ database: String) -> Bool {
    left -= 1
    guard left < 0 else { return false }
    left = calls
    return isOvertakenNow(database)
  }

  /// Whether it is, looked at now.
  public func isOvertakenNow(_ database: String) -> Bool { Self.size(database) > limit }

  private static func size(_ database: String) -> Int64 {
    let attributes = try? FileManager.default.attributesOfItem(atPath: database + "-wal")
    return (attributes?[.size] as? NSNumber)?.int64Value ?? 0
  }
}
