import Ledger

/// Rows of comma-separated values as they are written: RFC 4180 with `\n`, in UTF-8.
///
/// A text cell that a spreadsheet would run as a formula gets an apostrophe in front, which shows
/// it as text. Control characters but the ends of lines stand as their numbers. Quantities, amounts
/// and dates are written by the system itself and need none of this.
public struct CSVRows {
  /// The rows so far.
  public private(set) var bytes: [UInt8] = []
  private var isFirst = true

  /// No rows.
  public init() {}

  /// Forgets the rows and keeps the memory.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Writes a text cell.
  public mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { self.text(utf8: UnsafeRawBufferPointer($0)) }
  }

  /// Writes a text cell of UTF-8 bytes.
  public mutating func text(utf8 text: UnsafeRawBufferPointer) {
    if VisibleText.hasControls(text) {
      var visible: [UInt8] = []
      VisibleText.append(text, to: &visible, keepsLineEnds: true)
      visible.withUnsafeBytes { plain($0) }
    } else {
      plain(text)
    }
  }

  private mutating func plain(_ text: UnsafeRawBufferPointer) {
    separate()
    guard let first = text.first else { return }
    let isFormula = Self.beginsFormula(first)
    guard text.contains(where: Self.needsQuotes) else {
      if isFormula { bytes.append(UInt8(ascii: "'")) }
      bytes.append(contentsOf: text)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    if isFormula { bytes.append(UInt8(ascii: "'")) }
    for byte in text {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes a quantity of so many millionths.
  public mutating func quantity(_ millionths: Int64) { decimal(millionths, digits: 6) }

  /// Writes a whole number, empty where there is none.
  public mutating func number(_ number: Int64?) {
    separate()
    if let number { bytes.append(contentsOf: number.description.utf8) }
  }

  /// Writes a number, or a date, as it stands.
  public mutating func number(utf8 number: UnsafeRawBufferPointer) {
    separate()
    bytes.append(contentsOf: number)
  }

  /// Writes an amount of so many centavos.
  public mutating func money(_ centavos: Int64) { decimal(centavos, digits: 2) }

  /// Writes a sum of quantities.
  public mutating func quantity(sum millionths: Int128) { decimal(sum: millionths, digits: 6) }

  /// Writes a sum of amounts.
  public mutating func money(sum centavos: Int128) { decimal(sum: centavos, digits: 2) }

  /// Writes a date, empty where there is none.
  public mutating func date(_ date: CalendarDate?) {
    separate()
    guard let date else { return }
    withUnsafeTemporaryAllocation(byteCount: 10, alignment: 1) { buffer in
      date.write(to: buffer)
      bytes.append(contentsOf: buffer)
    }
  }

  /// Ends the row.
  public mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isFirst = true
  }

  private mutating func decimal(_ value: Int64, digits: Int) {
    separate()
    withUnsafeTemporaryAllocation(byteCount: 24, alignment: 1) { buffer in
      let count = FixedPoint.write(value, digits: digits, to: buffer)
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  private mutating func decimal(sum: Int128, digits: Int) {
    separate()
    withUnsafeTemporaryAllocation(byteCount: FixedPoint.longestSum, alignment: 1) { buffer in
      let count = FixedPoint.write(sum: sum, digits: digits, to: buffer)
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  private static func beginsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"),
      UInt8(ascii: "\r"):
      true
    default: false
    }
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    default: false
    }
  }
}
