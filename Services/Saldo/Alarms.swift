import ReportingService

extension Standard {
  /// Says that of a part what came in is not accounted for, and which documents are behind it.
  static func show(_ alarm: ExportSummary.Alarm) {
    let behind =
      alarm.documents.isEmpty ? "" : ", behind it: " + alarm.documents.joined(separator: ", ")
    output("alarm: of part \(alarm.part) (\(alarm.rfc)) not all is accounted for\(behind)")
  }
}
