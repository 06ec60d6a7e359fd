import Foundation
import Hashing
import Ledger
import Messages
import Store

/// The name of a moment of the books: how far each topic that reporting reads was applied, in every
/// partition, of which log, under which rules, and the day that it was then.
///
/// It holds all of that itself, so that nothing is kept for it and nothing can be lost: what it
/// names is made of the log again whenever it is asked for.
public struct Corte: Hashable, Sendable {
  /// The version of the rules that made what it names.
  public let rules: UInt32
  /// Quarters of an hour since the epoch: at none between two of them does a day begin anywhere.
  let quarter: Int64
  /// The offset behind the last record by topic, in the order of ``ReadModel``, and partition;
  /// without the empty partitions at the end.
  let ends: [[Int64]]
  /// Made of the last record before each of the ends: another log has another.
  let seal: [UInt8]

  static let quarterNanoseconds: Int64 = 900_000_000_000

  /// - Parameter last: what the last record before each end is, in the same order; for partitions
  ///   that are empty it is not looked at.
  init(rules: UInt32 = RulesVersion.current, now: Instant, ends: [[Int64]], last: [[String]]) {
    self.rules = rules
    quarter = Self.quarter(of: now)
    self.ends = ends.map { ends in
      Array(ends.prefix(1 + (ends.lastIndex { $0 > 0 } ?? -1)))
    }
    seal = Self.seal(self.ends, last)
  }

  private init(rules: UInt32, quarter: Int64, ends: [[Int64]], seal: [UInt8]) {
    (self.rules, self.quarter, self.ends, self.seal) = (rules, quarter, ends, seal)
  }

  /// The moment whose days are meant, where nothing else is asked for.
  var now: Instant { Instant(nanoseconds: quarter * Self.quarterNanoseconds) }

  /// Whether the books are the same, whatever the day.
  func hasBooks(of other: Corte) -> Bool {
    rules == other.rules && ends == other.ends && seal == other.seal
  }

  /// A name for a folder of these books.
  var folderName: String {
    Self.hash("\(rules) \(ends) \(seal)").map(SHA256.hexadecimal) ?? "unnamed"
  }

  private static func quarter(of now: Instant) -> Int64 {
    let (quotient, rest) = now.nanoseconds.quotientAndRemainder(dividingBy: quarterNanoseconds)
    return rest < 0 ? quotient - 1 : quotient
  }

  private static func seal(_ ends: [[Int64]], _ last: [[String]]) -> [UInt8] {
    var text = ""
    for (model, ends) in ends.enumerated() {
      for (partition, end) in ends.enumerated() where end > 0 {
        text += "\(model) \(partition) \(end) \(last[model][partition])\n"
      }
    }
    return hash(text) ?? []
  }

  private static func hash(_ text: String) -> [UInt8]? {
    var hash = SHA256()
    Array(text.utf8).withUnsafeBytes { hash.add($0) }
    return hash.finish().map { Array($0.prefix(sealLength)) }
  }

  fileprivate static let sealLength = 16
}

// The token: numbers of seven bits a byte, the seal, a checksum; in base64url.
extension Corte {
  /// What is wrong with a token.
  public struct Malformed: Error, CustomStringConvertible {
    public var description: String { "it is not a corte as an export or an answer names it" }
  }

  private static let layout: UInt8 = 1
  private static let mostPartitions = 10_000

  /// Reads a token.
  ///
  /// - Throws: ``Malformed``.
  public init(token: String) throws(Malformed) {
    guard let bytes = Self.bytes(token), bytes.count > 4,
      Array(bytes.suffix(4)) == Self.checksum(bytes.dropLast(4)), bytes[0] == Self.layout
    else { throw Malformed() }
    var rest = bytes.dropFirst().dropLast(4)
    guard let rules = UInt32(exactly: try Self.number(&rest)) else { throw Malformed() }
    let quarter = try Self.number(&rest)
    guard quarter <= Int64.max / Self.quarterNanoseconds else { throw Malformed() }
    var ends: [[Int64]] = []
    for _ in ReadModel.allCases {
      let count = try Self.number(&rest)
      guard count <= Self.mostPartitions else { throw Malformed() }
      var partitions: [Int64] = []
      for _ in 0..<count { partitions.append(try Self.number(&rest)) }
      guard partitions.last != 0 else { throw Malformed() }
      ends.append(partitions)
    }
    guard rest.count == Self.sealLength else { throw Malformed() }
    self.init(rules: rules, quarter: quarter, ends: ends, seal: Array(rest))
    guard self.token == token else { throw Malformed() }
  }

  /// The token that names it.
  public var token: String {
    var bytes = [Self.layout]
    Self.append(Int64(rules), to: &bytes)
    Self.append(max(0, quarter), to: &bytes)
    for partitions in ends {
      Self.append(Int64(partitions.count), to: &bytes)
      for end in partitions { Self.append(end, to: &bytes) }
    }
    bytes += seal
    bytes += Self.checksum(bytes[...])
    return Data(bytes).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  private static func bytes(_ token: String) -> [UInt8]? {
    guard token.utf8.count <= 200_000, !token.utf8.contains(where: { "+/=\n\r ".utf8.contains($0) })
    else { return nil }
    let text = token.replacing("-", with: "+").replacing("_", with: "/")
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    return Data(base64Encoded: text + padding).map { [UInt8]($0) }
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let sum = bytes.withUnsafeBytes { Checksum.of($0) }
    return withUnsafeBytes(of: UInt32(truncatingIfNeeded: sum).littleEndian) { Array($0) }
  }

  private static func append(_ number: Int64, to bytes: inout [UInt8]) {
    var rest = UInt64(number)
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func number(_ bytes: inout ArraySlice<UInt8>) throws(Malformed) -> Int64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while let byte = bytes.popFirst() {
      guard shift < 63 else { throw Malformed() }
      number |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return Int64(number) }
      shift += 7
    }
    throw Malformed()
  }
}
