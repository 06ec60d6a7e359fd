import Foundation
import Logging

/// Writes a JSON object for each log line.
struct JSONLogHandler: LogHandler {
  var logLevel = Logger.Level.info
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?
  private let label: String
  private let write: @Sendable ([UInt8]) -> Void

  /// - Parameter write: gets each line whole, with its end; standard error unless told otherwise.
  init(label: String, write: @escaping @Sendable ([UInt8]) -> Void = Self.standardError) {
    self.label = label
    self.write = write
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let own = event.metadata { all.merge(own) { $1 } }
    let line = Line(
      time: Self.time(milliseconds: WallClock.milliseconds), level: event.level.rawValue,
      label: label, message: "\(event.message)", error: event.error.map { "\($0)" },
      metadata: all.isEmpty ? nil : all.mapValues(Value.init))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts, lists and objects of texts: there is nothing in them that JSON cannot say.
    guard let json = try? encoder.encode(line) else { return }
    write(Array(json) + [UInt8(ascii: "\n")])
  }

  private struct Line: Encodable {
    var time, level, label, message: String
    var error: String?
    var metadata: [String: Value]?
  }

  /// A value of the metadata: a text, a list or an object.
  private struct Value: Encodable {
    let value: Logger.Metadata.Value

    init(_ value: Logger.Metadata.Value) { self.value = value }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch value {
      case .string(let text): try container.encode(text)
      case .stringConvertible(let thing): try container.encode("\(thing)")
      case .array(let values): try container.encode(values.map(Value.init))
      case .dictionary(let members): try container.encode(members.mapValues(Value.init))
      }
    }
  }

  /// An instant as RFC 3339 has it, in UTC, with milliseconds.
  static func time(milliseconds: Int64) -> String {
    let seconds = milliseconds >= 0 ? milliseconds / 1_000 : (milliseconds - 999) / 1_000
    var whole = time_t(seconds)
    var parts = tm()
    gmtime_r(&whole, &parts)
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let date = [Int64(parts.tm_year) + 1_900, Int64(parts.tm_mon) + 1, Int64(parts.tm_mday)]
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int64($0), 2) }
    return "\(padded(date[0], 4))-\(padded(date[1], 2))-\(padded(date[2], 2))T"
      + "\(clock.joined(separator: ":")).\(padded(milliseconds - seconds * 1_000, 3))Z"
  }

  /// Writes a line at once, so that lines of several threads do not mix. Where standard error is
  /// closed there is nobody to tell.
  @Sendable private static func standardError(_ line: [UInt8]) {
    try? FileHandle.standardError.write(contentsOf: line)
  }
}
