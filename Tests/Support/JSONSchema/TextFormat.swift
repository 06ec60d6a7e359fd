/// The formats that are checked, both from RFC 3339.
enum TextFormat: String, Sendable {
  case date
  case dateTime = "date-time"

  func admits(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    switch self {
    case .date: return bytes.count == 10 && TextFormat.isDate(bytes[...])
    case .dateTime: return TextFormat.isDateTime(bytes)
    }
  }

  private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let fields = fields(bytes, "dddd-dd-dd") else { return false }
    let (year, month, day) = (fields[0], fields[1], fields[2])
    guard (1...12).contains(month) else { return false }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  private static func isDateTime(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 20, isDate(bytes[..<10]), bytes[10] | 0x20 == UInt8(ascii: "t"),
      let time = fields(bytes[11..<19], "dd:dd:dd"), time[0] < 24, time[1] < 60, time[2] <= 60
    else { return false }
    var rest = bytes[19...]
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { isDigit($0) }
      guard !digits.isEmpty else { return false }
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let sign = rest.first else { return false }
    if sign | 0x20 == UInt8(ascii: "z") { return rest.count == 1 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let offset = fields(rest.dropFirst(), "dd:dd")
    else { return false }
    return offset[0] < 24 && offset[1] < 60
  }

  /// The numbers in a text of a fixed shape, where `d` is a digit; nil if it has another shape.
  private static func fields(_ bytes: ArraySlice<UInt8>, _ shape: String) -> [Int]? {
    guard bytes.count == shape.utf8.count else { return nil }
    var fields = [0]
    for (byte, mark) in zip(bytes, shape.utf8) {
      if mark == UInt8(ascii: "d") {
        guard isDigit(byte) else { return nil }
        fields[fields.count - 1] = fields[fields.count - 1] * 10 + Int(byte - UInt8(ascii: "0"))
      } else {
        guard byte == mark else { return nil }
        fields.append(0)
      }
    }
    return fields
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
