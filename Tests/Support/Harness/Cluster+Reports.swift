extension Cluster {
  /// The rows of a report as an export on a day writes it, without the header; no cell of them may
  /// hold a comma, a quote or a line end.
  public func rows(of report: String, on day: String) throws -> [[String]] {
    try lines(on: day)[report, default: []].map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// The lines of all reports as an export on a day writes them, by the files' names without their
  /// ends; the headers are left out.
  public func lines(on day: String) throws -> [String: [String]] {
    try withReports { try $0.texts(on: day) }.mapValues { text in
      text.split(separator: "\n").dropFirst().map(String.init)
    }
  }
}
