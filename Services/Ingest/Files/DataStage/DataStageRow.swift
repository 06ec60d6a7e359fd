/// A row of a Data Stage, by its place.
struct DataStageRow {
  /// The pedimento that it belongs to.
  var pedimento: Int
  /// Its table, among the tables of the extract.
  var table: Int
  /// Where it begins in the table's bytes.
  var start: Int
  /// Its line in the member.
  var line: Int64
}

extension DataStageRow: Comparable {
  /// By pedimento, and within it as in the files.
  static func < (a: DataStageRow, b: DataStageRow) -> Bool {
    (a.pedimento, a.table, a.start) < (b.pedimento, b.table, b.start)
  }
}
