/// One file of a Data Stage: pipe-delimited rows below a header, with a trailing pipe.
///
/// Its bytes stay as they came; rows are named by where they begin and are split when needed.
final class DataStageTable {
  let file: DataStageFile
  let encoding: FileText
  let bytes: [UInt8]
  /// Where the first row begins.
  let body: Int
  /// Where each column is, by its raw value.
  private let places: [Int?]

  /// A table of a member's bytes.
  ///
  /// - Throws: ``InputFileError/Code/unknownFormat`` where a file with rows has no key columns.
  init(file: DataStageFile, name: String, archive: String, bytes: [UInt8]) throws {
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    (self.file, self.bytes) = (file, bytes)
    encoding = hasMark ? .utf8 : .latin1
    let (cells, next) = Self.split(bytes, from: hasMark ? 3 : 0)
    let names = bytes.withUnsafeBytes { buffer in
      cells.map { HeaderName.canonical(UnsafeRawBufferPointer(rebasing: buffer[$0])) }
    }
    body = next
    places = DataStageColumn.allCases.map { column in
      column.names.lazy.compactMap { names.firstIndex(of: HeaderName.canonical($0)) }.first
    }
    for column in DataStageColumn.key where next < bytes.count && !has(column) {
      throw InputFileError(
        file: archive, code: .unknownFormat, detail: "\(name): no column \(column.names[0])")
    }
  }

  /// Where a column is in the rows; nil where the file lacks it.
  func place(of column: DataStageColumn) -> Int? { places[column.rawValue] }

  private func has(_ column: DataStageColumn) -> Bool { place(of: column) != nil }

  /// Where the cells of the row that begins at `start` are, and where the next row begins.
  static func split(_ bytes: [UInt8], from start: Int) -> (cells: [Range<Int>], next: Int) {
    bytes.withUnsafeBytes { buffer in
      var cells: [Range<Int>] = []
      let newline = Lines.newline(in: buffer, from: start)
      let end = newline ?? buffer.count
      var cell = start
      for index in start..<end where buffer[index] == UInt8(ascii: "|") {
        cells.append(cell..<index)
        cell = index + 1
      }
      cells.append(cell..<end)
      return (cells, newline.map { $0 + 1 } ?? buffer.count)
    }
  }
}

/// One row of a Data Stage file, split into its cells.
struct DataStageRecord {
  let table: DataStageTable
  /// Where the next row begins.
  let next: Int
  private let cells: [Range<Int>]

  init(_ table: DataStageTable, at start: Int) {
    self.table = table
    (cells, next) = DataStageTable.split(table.bytes, from: start)
  }

  /// Whether there is nothing in any cell.
  var isBlank: Bool {
    cells.allSatisfy { range in table.bytes[range].allSatisfy(Blank.isSpace) }
  }

  /// The trimmed bytes of a cell; empty where it is blank or the row is short.
  func withCell<R>(
    _ column: DataStageColumn, _ body: (UnsafeRawBufferPointer) throws -> R
  ) rethrows -> R {
    let place = table.place(of: column)
    return try table.bytes.withUnsafeBytes { buffer in
      let range = place.flatMap { $0 < cells.count ? cells[$0] : nil } ?? 0..<0
      return try body(Blank.trim(UnsafeRawBufferPointer(rebasing: buffer[range])))
    }
  }

  /// Appends a cell's text as UTF-8.
  func append(_ column: DataStageColumn, to bytes: inout [UInt8]) {
    withCell(column) { table.encoding.append($0, to: &bytes) }
  }

  /// The number in a cell as rows are joined by it: leading zeros do not count.
  func joinKey(_ column: DataStageColumn) -> [UInt8] {
    withCell(column) { Array($0.drop { $0 == UInt8(ascii: "0") }) }
  }
}
