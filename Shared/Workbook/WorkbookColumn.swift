/// A column of a workbook's sheet.
public struct WorkbookColumn: Sendable {
  /// What its cells hold as a rule; each may be something else.
  public enum Kind: Sendable {
    /// Text, also where it is made of digits.
    case text
    /// Numbers.
    case number
    /// Days of the calendar.
    case day
  }

  /// What stands in the first row.
  public var name: String
  /// What its cells hold.
  public var kind: Kind

  /// A column.
  public init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// How wide it is shown, in characters.
  var width: Int {
    switch kind {
    case .text: max(name.count + 2, 18)
    case .number: max(name.count + 2, 14)
    case .day: max(name.count + 2, 12)
    }
  }

  /// The letters of the column that is so many behind the first: A, B, … Z, AA, …
  static func letters(_ index: Int) -> [UInt8] {
    var (letters, rest): ([UInt8], Int) = ([], index)
    repeat {
      letters.insert(UInt8(ascii: "A") + UInt8(rest % 26), at: 0)
      rest = rest / 26 - 1
    } while rest >= 0
    return letters
  }
}
