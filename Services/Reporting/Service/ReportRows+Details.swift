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
}
