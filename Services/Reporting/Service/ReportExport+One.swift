import ReportingRules

/// One report by itself.
extension ReportExport {
  /// Writes a report as the books stand now, and hands its bytes on as they come.
  ///
  /// - Parameters:
  ///   - format: how it is written.
  ///   - filter: which rows are wanted.
  ///   - piece: how many bytes are handed on at once, about.
  ///   - sink: takes the bytes; what it throws ends the writing.
  /// - Returns: how many rows there are.
  /// - Throws: ``ReportingError``, `WorkbookError`, or what `sink` throws.
  @discardableResult
  public func write(
    _ file: ReportFile, as format: ReportFormat, _ filter: RowFilter = .init(),
    piece: Int = 256 << 10, to sink: ([UInt8]) throws -> Void
  ) throws -> Int {
    try ReportMoment(self).write(file, as: format, filter, piece: piece, to: sink)
  }

  /// The beginning of a report as CSV, which may end within a row.
  ///
  /// - Parameter bytes: how many of it are wanted; more may come.
  public func beginning(of file: ReportFile, bytes: Int) throws -> String {
    struct Enough: Error {}
    var beginning: [UInt8] = []
    do {
      try write(file, as: .csv, piece: bytes) { piece in
        beginning += piece
        if beginning.count >= bytes { throw Enough() }
      }
    } catch is Enough {
      // What was wanted is there.
    }
    return String(decoding: beginning, as: UTF8.self)
  }
}
