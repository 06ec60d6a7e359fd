import Foundation
import Store

/// What two folders of reports say otherwise: the rows of one that the other does not have, however
/// they are ordered.
public struct ReportDifference: Sendable, Equatable {
  /// The file.
  public var name: String
  /// What is wrong with the files themselves: one that is missing, or other columns.
  public var note: String?
  /// How many rows only the earlier has, and the first of them.
  public var before = Rows()
  /// How many rows only the later has, and the first of them.
  public var after = Rows()

  /// Rows of one side.
  public struct Rows: Sendable, Equatable {
    /// How many.
    public var count = 0
    /// The first.
    public var first: [String] = []
  }

  /// Whether the two say the same.
  public var isEmpty: Bool { note == nil && before.count == 0 && after.count == 0 }

  /// The differences of two folders, file by file.
  ///
  /// - Parameter limit: how many rows of a side are kept.
  public static func all(
    before: String, after: String, limit: Int
  ) throws -> [ReportDifference] {
    func names(_ folder: String) throws -> Set<String> {
      Set(
        try FileManager.default.contentsOfDirectory(atPath: folder).filter {
          $0.hasSuffix(".csv") && !$0.hasPrefix(".")
        })
    }
    let (old, new) = (try names(before), try names(after))
    return try old.union(new).sorted().map { name in
      var difference = ReportDifference(name: name)
      if !new.contains(name) {
        difference.note = "is only before"
      } else if !old.contains(name) {
        difference.note = "is only after"
      } else {
        try difference.compare("\(before)/\(name)", "\(after)/\(name)", limit)
      }
      return difference
    }
  }

  /// Rows are known by two checksums: of millions, only those that differ are kept as text.
  private mutating func compare(_ old: String, _ new: String, _ limit: Int) throws {
    var counts: [Key: Int] = [:]
    var headers: [[UInt8]] = []
    for (path, sign) in [(old, -1), (new, 1)] {
      var isHeader = true
      try CSVRecords.forEach(path) { record in
        if isHeader {
          headers.append(record)
          isHeader = false
        } else {
          counts[Key(record), default: 0] += sign
        }
      }
      if isHeader { headers.append([]) }
    }
    if headers[0] != headers[1] { note = "has other columns" }
    counts = counts.filter { $0.value != 0 }
    for (path, sign) in [(old, -1), (new, 1)] {
      var left = counts.filter { $0.value.signum() == sign }.mapValues(abs)
      var rows = Rows(count: left.values.reduce(0, +))
      var isHeader = true
      if rows.count > 0 {
        try CSVRecords.forEach(path) { record in
          defer { isHeader = false }
          guard !isHeader, rows.first.count < limit, let count = left[Key(record)], count > 0
          else { return }
          left[Key(record)] = count - 1
          rows.first.append(String(decoding: record, as: UTF8.self))
        }
      }
      if sign < 0 { before = rows } else { after = rows }
    }
  }

  private struct Key: Hashable {
    let one: UInt64
    let two: UInt64

    init(_ record: [UInt8]) {
      (one, two) = record.withUnsafeBytes { (Checksum.of($0), Checksum.of($0, seed: 1)) }
    }
  }
}

/// The records of a CSV file: lines, but for line ends within quotes.
enum CSVRecords {
  static func forEach(_ path: String, _ body: ([UInt8]) throws -> Void) throws {
    var record: [UInt8] = []
    var isQuoted = false
    try Files.read(path) { piece in
      for byte in piece {
        if byte == UInt8(ascii: "\n"), !isQuoted {
          try body(record)
          record.removeAll(keepingCapacity: true)
        } else {
          if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
          record.append(byte)
        }
      }
    }
    if !record.isEmpty { try body(record) }
  }
}
