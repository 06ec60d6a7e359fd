import Ledger
import Messages
import ReportingRules

extension ReportRows {
  /// Writes the cells of a report's details.
  ///
  /// - Parameter number: the number of the document.
  mutating func details(
    of file: ReportFile, _ number: String, _ document: Details<DocumentDetail>,
    _ line: Details<LineDetail>
  ) {
    for detail in file.details {
      let text = detail.text(of: number, document, line)
      switch detail.column.kind {
      case .day: date(try? CalendarDate(text))
      default: self.text(text)
      }
    }
  }

  /// Whether a text is a plain number, with or without a fraction, and without needless zeros in
  /// front.
  static func isNumeral(_ text: UnsafeRawBufferPointer) -> Bool {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let start = text.first == UInt8(ascii: "-") ? 1 : 0
    if text.count > start + 1, text[start] == UInt8(ascii: "0"), digits.contains(text[start + 1]) {
      return false
    }
    var isAfterDigit = false
    var points = 0
    for (index, byte) in text.enumerated() {
      switch byte {
      case digits: isAfterDigit = true
      case UInt8(ascii: "-") where index == 0: break
      case UInt8(ascii: ".") where isAfterDigit && points == 0:
        points = 1
        isAfterDigit = false
      default: return false
      }
    }
    return isAfterDigit
  }
}
