import Ledger
import Messages

/// A column of what a document or its line says beside what the books need (Events.md#optional).
/// Its cells are empty where nobody said it.
public struct DetailColumn: Sendable {
  /// What of a document it shows.
  public enum Subject: Sendable, Equatable {
    case document(DocumentDetail)
    case line(LineDetail)
    /// The customs office: as it is said, or else the one in the pedimento's number.
    case customsOffice
    /// The broker's licence in the pedimento's number.
    case licence
  }

  /// The column.
  public let column: ReportColumn
  /// What it shows.
  public let subject: Subject

  init(
    _ subject: Subject, _ name: String, _ kind: ReportColumn.Kind = .text,
    _ unit: ReportColumn.Unit? = nil, from source: String, es spanish: String, en english: String
  ) {
    self.subject = subject
    column = ReportColumn(
      name, kind, unit, from: "immex.pedimento.v1: " + source, es: spanish, en: english)
  }

  /// The cell of a line.
  ///
  /// - Parameters:
  ///   - number: the document's number; it has parts only where it is a pedimento's.
  ///   - document: what the document says.
  ///   - line: what the line says.
  public func text(
    of number: String, _ document: Details<DocumentDetail>, _ line: Details<LineDetail>
  ) -> String {
    switch subject {
    case .document(let name): document[name] ?? ""
    case .line(.tariffUom): line[.tariffUom].flatMap { Self.unit($0) } ?? ""
    case .line(let name): line[name] ?? ""
    case .customsOffice: document[.customsOffice] ?? Self.digits(2..<4, of: number)
    case .licence: Self.digits(4..<8, of: number)
    }
  }

  private static func unit(_ code: String) -> String? {
    Int(code).flatMap(UnitOfMeasure.init(code:))?.name
  }

  private static func digits(_ range: Range<Int>, of number: String) -> String {
    guard Shapes.isPedimento(number) else { return "" }
    return String(number.dropFirst(range.lowerBound).prefix(range.count))
  }
}
