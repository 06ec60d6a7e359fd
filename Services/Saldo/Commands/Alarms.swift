import ReportingService

/// Of a part of a company, what came in is not accounted for.
typealias Alarm = ExportSummary.Alarm

extension Alarm {
  /// For programs.
  var json: String {
    let documents = documents.map(JSONText.of).joined(separator: ",")
    return "{\"rfc\":\(JSONText.of(rfc)),\"part\":\(JSONText.of(part)),"
      + "\"documents\":[\(documents)]}"
  }
}

extension Standard {
  /// Says that of a part what came in is not accounted for, and which documents are behind it.
  static func show(_ alarm: Alarm) {
    let behind =
      alarm.documents.isEmpty ? "" : ", behind it: " + alarm.documents.joined(separator: ", ")
    output("alarm: part \(alarm.part) of \(alarm.rfc) is not fully accounted for\(behind)")
  }
}
