/// One file of a Data Stage: pipe-delimited rows below a header, with a trailing pipe.
///
/// Its bytes stay as they came; rows are named by where they begin and are split when needed.
final class DataStageTable {
  let file: DataStageFile
  /// Whose extract it is part of: what stands before the code in the member's name.
  let folio: String
  /// The member's name.
  let name: String
  let text: DataStageText
  /// Where the first row begins, and its line.
  let body: Int
  let bodyLine: Int64
  /// How many columns the header names.
  let width: Int
  /// Whether the header has the pipe behind its last column, as rows have it then.
  private let hasTrailingPipe: Bool
  /// Where each column is, by its raw value.
  private let places: [Int?]

  var bytes: [UInt8] { text.bytes }

  /// A table of a member's bytes.
  ///
  /// - Throws: ``InputFileError/Code/unknownFormat`` where a file with rows has no key columns.
  init(
    file: DataStageFile, folio: String, name: String, archive: String, bytes: [UInt8]
  ) throws {
    (self.file, self.folio, self.name) = (file, folio, name)
    text = try DataStageText(bytes, name: name, archive: archive)
    // Blank lines may stand before the header.
    let blank = text.bytes.prefix(while: Blank.isSpace)
    let start = blank.endIndex
    let (cells, next) = Self.split(text.bytes, from: start)
    let names = text.bytes.withUnsafeBytes { buffer in
      cells.map { HeaderName.canonical(UnsafeRawBufferPointer(rebasing: buffer[$0])) }
    }
    body = next
    bodyLine = text.bytes.withUnsafeBytes { buffer in
      1 + Lines.count(in: UnsafeRawBufferPointer(rebasing: buffer[..<next]))
    }
    hasTrailingPipe = names.count > 1 && names.last?.isEmpty == true
    width = names.count - (hasTrailingPipe ? 1 : 0)
    places = DataStageColumn.allCases.map { column in
      column.names.lazy.compactMap { names.firstIndex(of: HeaderName.canonical($0)) }.first
    }
    for column in file.neededColumns where next < text.bytes.count && !has(column) {
      throw InputFileError(
        file: archive, code: .unknownFormat, detail: "\(name): no column \(column.names[0])")
    }
    for (column, place) in zip(DataStageColumn.allCases, places) {
      guard let place, names.count(where: { $0 == names[place] }) > 1 else { continue }
      throw InputFileError(
        file: archive, code: .columns,
        detail: "\(name): the column \(column.names[0]) is there twice")
    }
  }

  /// Where a column is in the rows; nil if the file lacks it.
  func place(of column: DataStageColumn) -> Int? { places[column.rawValue] }

  private func has(_ column: DataStageColumn) -> Bool { place(of: column) != nil }

  /// Whether a row of so many cells can be read by position. With a cell too many or too few,
  /// because a text holds a pipe or a line's end, none of them is known to be what its column says.
  func fits(_ cells: Int, lastIsBlank: Bool) -> Bool {
    cells == width || (hasTrailingPipe && cells == width + 1 && lastIsBlank)
  }

  /// Where the cells of the row that begins at `start` are, and where the next row begins.
  static func split(_ bytes: [UInt8], from start: Int) -> (cells: [Range<Int>], next: Int) {
    bytes.withUnsafeBytes { buffer in
      var cells: [Range<Int>] = []
      let line = Lines.end(in: buffer, from: start)
      let end = line?.text ?? buffer.count
      var cell = start
      for index in start..<end where buffer[index] == UInt8(ascii: "|") {
        cells.append(cell..<index)
        cell = index + 1
      }
      cells.append(cell..<end)
      return (cells, line?.next ?? buffer.count)
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

  /// The row's text, without blanks at its end.
  var text: ArraySlice<UInt8> {
    guard let first = cells.first, let last = cells.last else { return [] }
    let line = table.bytes[first.lowerBound..<last.upperBound]
    return line[..<(line.lastIndex { !Blank.isSpace($0) }.map { $0 + 1 } ?? line.startIndex)]
  }

  /// How many cells there are, the blank one behind a trailing pipe left out.
  var count: Int { cells.count - (lastIsBlank && cells.count > 1 ? 1 : 0) }

  /// Whether the cells are what the columns say.
  var fits: Bool { table.fits(cells.count, lastIsBlank: lastIsBlank) }

  private var lastIsBlank: Bool {
    cells.last.map { table.bytes[$0].allSatisfy(Blank.isSpace) } ?? true
  }

  /// Whether there is nothing in any cell; old programs end a text with a character of its own.
  var isBlank: Bool {
    cells.allSatisfy { range in
      table.bytes[range].allSatisfy { Blank.isSpace($0) || $0 == 0x1A }
    }
  }

  /// The trimmed bytes of a cell; empty if it is blank or the row is short.
  func withCell<R>(
    _ column: DataStageColumn, _ body: (UnsafeRawBufferPointer) throws -> R
  ) rethrows -> R {
    let place = table.place(of: column)
    return try table.bytes.withUnsafeBytes { buffer in
      let range = place.flatMap { $0 < cells.count ? cells[$0] : nil } ?? 0..<0
      return try body(Blank.trim(UnsafeRawBufferPointer(rebasing: buffer[range])))
    }
  }

  /// Appends a cell's text as UTF-8; a number as JSON writes it, where that is another way.
  func append(_ column: DataStageColumn, to bytes: inout [UInt8]) {
    withCell(column) { cell in
      if column.isDecimal, let plain = SheetValue.decimal(cell) {
        bytes.append(contentsOf: plain)
      } else {
        table.text.encoding.append(cell, to: &bytes)
      }
    }
  }

  /// The number in a cell as rows are joined by it: leading zeros do not count.
  func joinKey(_ column: DataStageColumn) -> [UInt8] {
    withCell(column) { Array($0.drop { $0 == UInt8(ascii: "0") }) }
  }

  /// Whether the cells of the key can be those of a pedimento.
  var hasKey: Bool {
    zip(DataStageColumn.key, [4, 7, 3]).allSatisfy { column, longest in
      withCell(column) { cell in
        (1...longest).contains(cell.count) && cell.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
      }
    }
  }

  /// The pedimento for people: customs office, licence and number, as far as the row has them.
  var label: String {
    [DataStageColumn.seccionAduanera, .patente, .pedimento].map { column in
      withCell(column) { FileText.latin1.text($0) }
    }.joined(separator: " ")
  }
}
