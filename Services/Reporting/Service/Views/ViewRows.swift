import Hashing
import ReportingRules

/// The rows of a view that are asked for, in the order that is asked for.
///
/// What is needed of the view's folder is opened when it is made; then rows may be read when the
/// folder is gone.
struct ViewRows {
  private let reading: ViewReading

  init(
    _ view: ReportView, _ filter: RowFilter, _ order: ViewOrder?, _ memory: ViewMemory
  ) throws {
    let filter = ViewFilter(filter, of: view)
    let mark = SHA256.mark(of: "\(view.name) \(filter.text)")
    let matches = try memory.matches.value(of: mark) { try ViewMatches(filter, view) }
    if let order { _ = try view.connection(of: order) }
    reading = ViewReading(
      view: view, filter: filter, matches: matches, order: order, sorted: memory.sorted, mark: mark)
  }

  /// How many rows there are, and what they come to.
  var matches: ViewMatches { reading.matches }

  /// Writes all of them, and hands the bytes on as they come.
  func write(as format: ReportFormat, piece: Int = 256 << 10, to sink: ([UInt8]) throws -> Void)
    throws
  {
    var rows = try ReportRows(reading.view.file, as: format)
    try reading.forEachRow(after: nil) { _, row in
      try rows.write(row)
      if rows.count >= piece { try rows.take(sink) }
      return true
    }
    try rows.finish()
    try rows.take(sink)
  }

  /// Some rows as an array of JSON, and the place of the last where more come behind it.
  ///
  /// - Parameter after: nil for the first ones.
  /// - Throws: ``ViewReading/NoSuchPlace``.
  func page(of count: Int, after: Int64?) throws -> (json: [UInt8], last: Int64?) {
    var rows = try ReportRows(reading.view.file, as: .json)
    var last: Int64 = 0
    var hasMore = false
    try reading.forEachRow(after: after) { place, row in
      if rows.written == count {
        hasMore = true
        return false
      }
      try rows.write(row)
      last = place
      return true
    }
    try rows.finish()
    var json: [UInt8] = []
    rows.take { json = $0 }
    // Without its line end: more is to come behind it.
    if json.last == UInt8(ascii: "\n") { json.removeLast() }
    return (json, hasMore ? last : nil)
  }
}
