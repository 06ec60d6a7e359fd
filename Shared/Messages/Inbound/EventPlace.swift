/// Where an event stands in a file that was loaded: for people, and no part of what it says.
///
/// To intake it comes as a header of the record, beside the event as it was sent. From there on it
/// is in the event as two extension attributes, `saldofile` and `saldoline`, in front of the rest.
public struct EventPlace: Sendable, Equatable {
  /// The file's name, with the member of a ZIP behind a slash.
  public var file: String
  /// The line, from 1; 0 where it is none.
  public var line: Int64
  /// The column of a spreadsheet whose cell is not right, by its name; nil if all are, and where
  /// there are no columns. It goes as far as intake, which names it in the field's place.
  public var column: String?

  /// A place in a file.
  public init(file: String, line: Int64, column: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The header's name.
  public static let header: StaticString = "saldo-place"

  /// Reads a header's value: the line, a colon and the column where there is one, a space, the
  /// file.
  public init?(header value: UnsafeRawBufferPointer) {
    guard let space = value.firstIndex(of: UInt8(ascii: " ")) else { return nil }
    let place = value[..<space]
    let digits = place.prefix { $0 != UInt8(ascii: ":") }
    guard let line = Int64(String(decoding: digits, as: UTF8.self)) else { return nil }
    self.line = line
    if digits.count < place.count {
      column = String(decoding: place.dropFirst(digits.count + 1), as: UTF8.self)
    }
    file = String(decoding: value[(space + 1)...], as: UTF8.self)
  }

  /// The header's value.
  public var headerValue: [UInt8] {
    Array("\(line)\(column.map { ":" + $0 } ?? "") \(file)".utf8)
  }

  private static let first: StaticString = #"{"saldofile":"#
  private static let second: StaticString = #","saldoline":"#

  /// Appends an event with the attributes in front.
  ///
  /// - Precondition: the event is a JSON object with members.
  public func append(_ event: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
    guard event.first == UInt8(ascii: "{") else {
      bytes.append(contentsOf: event)
      return
    }
    bytes.append(json: Self.first, file)
    bytes.append(json: Self.second, line)
    bytes.append(UInt8(ascii: ","))
    bytes.append(contentsOf: event.dropFirst())
  }

  /// The place in front of an event, and the event as it was sent; no place if there is none.
  public static func taken(from event: [UInt8]) -> (place: EventPlace?, event: [UInt8]) {
    event.withUnsafeBytes { bytes in
      guard let (place, length) = read(bytes) else { return (nil, event) }
      return (place, [UInt8(ascii: "{")] + bytes[length...])
    }
  }

  private static func read(
    _ event: UnsafeRawBufferPointer
  ) -> (place: EventPlace, length: Int)? {
    guard let start = end(of: first, in: event, at: 0) else { return nil }
    // The string up to the quote that is not escaped.
    var quote = start + 1
    while quote < event.count, event[quote] != UInt8(ascii: "\"") {
      quote += event[quote] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard quote < event.count, let digits = end(of: second, in: event, at: quote + 1) else {
      return nil
    }
    let text = UnsafeRawBufferPointer(rebasing: event[start...quote])
    var tape = JSONTape()
    let file = try? tape.read(text) { $0.string ?? "" }
    guard let file, let comma = event[digits...].firstIndex(of: UInt8(ascii: ",")),
      let line = Int64(String(decoding: event[digits..<comma], as: UTF8.self))
    else { return nil }
    return (EventPlace(file: file, line: line), comma + 1)
  }

  /// Where a literal ends that stands at a position; nil if it does not.
  private static func end(
    of literal: StaticString, in event: UnsafeRawBufferPointer, at position: Int
  ) -> Int? {
    let length = literal.utf8CodeUnitCount
    let wanted = UnsafeRawBufferPointer(start: literal.utf8Start, count: length)
    guard position + length <= event.count,
      event[position..<position + length].elementsEqual(wanted)
    else { return nil }
    return position + length
  }
}
