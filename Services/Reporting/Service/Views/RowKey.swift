import ReportingRules

/// What a cell is sorted by: bytes that compare as what stands in it does.
///
/// Texts, days and instants are their own keys. Numbers are compared as numbers, exactly, however
/// long they are: below all stands what is empty, then come the numbers, then what is no number.
enum RowKey {
  private static let empty: UInt8 = 0
  private static let negative: UInt8 = 1
  private static let zero: UInt8 = 2
  private static let positive: UInt8 = 3
  private static let noNumber: UInt8 = 4

  /// The key of a cell of a column of a kind.
  static func of(_ cell: ArraySlice<UInt8>, _ kind: ReportColumn.Kind) -> [UInt8] {
    switch kind {
    case .text, .day, .instant: Array(cell)
    case .decimal, .integer: number(cell)
    }
  }

  private static func number(_ cell: ArraySlice<UInt8>) -> [UInt8] {
    guard !cell.isEmpty else { return [empty] }
    guard let numeral = Numeral(cell) else { return [noNumber] + cell }
    if numeral.isZero { return [zero] }
    var magnitude: [UInt8] = []
    // How many digits stand before the point: of two numbers with as many the digits decide.
    var length = numeral.whole.count
    while length >= 255 {
      magnitude.append(255)
      length -= 255
    }
    magnitude.append(UInt8(truncatingIfNeeded: length))
    magnitude += numeral.whole
    magnitude += numeral.fraction
    if !numeral.isNegative { return [positive] + magnitude }
    // Turned round, with an end that is above every digit: -1.25 is below -1.2.
    return [negative] + magnitude.map { 255 - $0 } + [255]
  }
}

/// A plain number as its digits.
struct Numeral {
  let isNegative: Bool
  /// The digits before the point, without zeros in front.
  let whole: ArraySlice<UInt8>
  /// The digits behind it, without zeros at the end.
  let fraction: ArraySlice<UInt8>

  var isZero: Bool { whole.isEmpty && fraction.isEmpty }

  /// Nil where the text is none.
  init?(_ text: ArraySlice<UInt8>) {
    let zero = UInt8(ascii: "0")
    isNegative = text.first == UInt8(ascii: "-")
    let digits = isNegative ? text.dropFirst() : text
    let point = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.endIndex
    let whole = digits[..<point]
    var fraction = digits[point...].dropFirst()
    let isDigit = { (byte: UInt8) in byte >= zero && byte <= UInt8(ascii: "9") }
    guard !whole.isEmpty, whole.allSatisfy(isDigit), fraction.allSatisfy(isDigit),
      point == digits.endIndex || !fraction.isEmpty
    else { return nil }
    self.whole = whole.drop { $0 == zero }
    while fraction.last == zero { fraction.removeLast() }
    self.fraction = fraction
  }
}
