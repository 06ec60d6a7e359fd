/// What a row of the difference of two moments is.
public enum ContrastSide: String, Sendable, CaseIterable {
  /// A row of the earlier moment, which the later has not in any form.
  case onlyBefore = "solo_antes"
  /// A row of the later moment, which the earlier has not in any form.
  case onlyAfter = "solo_despues"
  /// A row that is another in the later moment, as it was; the next one is as it is.
  case before = "antes"
  /// A row that was another in the earlier moment, as it is.
  case after = "despues"
}

/// The difference of two moments of a report: its rows, and of each whose it is.
extension ReportFile {
  /// The columns of the difference.
  public var contrastColumns: [ReportColumn] { [Self.sideColumn] + columns }

  /// The name of the difference's file within its folder.
  public func contrastFileName(as format: ReportFormat) -> String {
    "contra-\(fileName(as: format))"
  }

  private static let sideColumn = ReportColumn(
    "momento", from: ReportColumn.computed,
    es: "De cuál de los dos momentos es la fila: solo_antes, solo_despues, antes o despues.",
    en: "Of which of the two moments the row is: solo_antes and solo_despues (only before, only "
      + "after), antes and despues (a row that changed, as it was and as it is).")
}
