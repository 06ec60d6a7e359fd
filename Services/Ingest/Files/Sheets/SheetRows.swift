/// The rows of a spreadsheet below its header, one by one.
struct SheetRows {
  let header: SheetHeader
  let limits: FileLimits
  /// Rows below the header, blank ones included, so that a row is found by its number.
  private var number: Int64 = 0
  /// The fewest cells that a row had.
  private var fewest: Int
  private var row = SheetRow()

  init(header: SheetHeader, limits: FileLimits) {
    self.header = header
    self.limits = limits
    fewest = header.width
  }

  /// Reads the rows, and passes those that are not blank; one at the text's end also where its
  /// cells are, if it has quotes.
  mutating func read(
    _ window: inout ByteWindow, _ progress: (Int64) -> Void,
    _ pass: (SheetRow) throws -> Void
  ) throws {
    while true {
      // A whole record is in sight when more than the longest one is.
      while !window.atEnd, window.count <= limits.maxRow {
        progress(window.position)
        try window.more()
      }
      guard window.count > 0 else { break }
      let isAll = window.atEnd
      var line = window.line
      let used = try window.withRest { rest in try passRecords(of: rest, isAll, &line, pass) }
      window.consume(used ?? window.count)
      if used == nil {
        try window.skipLine()
        line += 1
      }
      window.line = line
    }
    progress(window.position)
  }

  /// Passes the records that are in sight and returns how many bytes they are; nil if the last
  /// of them goes on beyond, and is cut.
  private mutating func passRecords(
    of rest: UnsafeRawBufferPointer, _ isAll: Bool, _ line: inout Int64,
    _ pass: (SheetRow) throws -> Void
  ) throws -> Int? {
    var start = 0
    while start < rest.count, isAll || rest.count - start > limits.maxRow {
      let bytes = UnsafeRawBufferPointer(rebasing: rest[start...])
      let record = CSVRecord.first(in: bytes, separator: header.separator, limits)
      let text = UnsafeRawBufferPointer(rebasing: bytes[..<record.end])
      number += 1
      row.take(text, record, header, number: number, line: line, fewest: fewest)
      if !row.isBlank { fewest = min(fewest, row.count) }
      if !row.isBlank || row.fault != nil || row.isUnended && !row.isEmptied { try pass(row) }
      guard let next = record.next else { return isAll ? rest.count : nil }
      line += record.isBroken ? 1 : Lines.count(in: text) + 1
      start += next
    }
    return start
  }
}

/// A row of a spreadsheet.
struct SheetRow {
  /// Why the cells of a row cannot be told.
  enum Fault: String {
    /// A quote that is never closed, or a row that is too long.
    case quote
    /// More cells than the header has columns.
    case surplus
    /// The text ends within the row.
    case cut
  }

  /// Its number below the header, and its line in the file, both from 1.
  private(set) var number: Int64 = 0
  private(set) var line: Int64 = 0
  private(set) var fault: Fault?
  /// Whether no line's end stands behind it.
  private(set) var isUnended = false
  /// The row's text, in UTF-8.
  private(set) var text: [UInt8] = []
  private var cells = CSVCells()
  private var header: SheetHeader?

  /// How many cells it has.
  var count: Int { cells.count }

  /// Whether it is the header once more, as where files were put one behind the other.
  var isHeader: Bool {
    guard let header, cells.count == header.names.count else { return false }
    return header.names.indices.allSatisfy { place in
      cells.withCell(place) { cell in
        // Most rows end here.
        guard cell.count <= 64 else { return false }
        return HeaderName.canonical(FileText.utf8.text(cell)) == header.names[place]
      }
    }
  }

  /// All its cells, those too whose columns are not used.
  func withCells(_ body: (UnsafeRawBufferPointer) -> Void) {
    for index in 0..<cells.count { cells.withCell(index, body) }
  }
  var isBlank: Bool { cells.areBlank }
  /// Whether there is nothing in it but white space and separators, and no quotes: what
  /// spreadsheets leave of a row that was emptied.
  var isEmptied: Bool { isBlank && !text.contains(UInt8(ascii: "\"")) }

  mutating func take(
    _ record: UnsafeRawBufferPointer, _ found: CSVRecord, _ header: SheetHeader, number: Int64,
    line: Int64, fewest: Int
  ) {
    (self.header, self.number, self.line) = (header, number, line)
    text.removeAll(keepingCapacity: true)
    FileText.utf8.append(record, to: &text)
    text.withUnsafeBytes { cells.split($0, separator: header.separator) }
    fault = nil
    isUnended = found.next == nil
    if found.isBroken {
      fault = .quote
    } else if cells.count > header.width, !cells.areBlank(from: header.width) {
      fault = .surplus
    } else if isUnended, cells.count < fewest, !isEmptied {
      // Spreadsheets leave empty cells out, and some the last line's end; a row that is shorter
      // than every other one and has no end was cut.
      fault = .cut
    }
  }

  /// The text of a column's cell as an event has it; empty if the cell is, or is not there.
  func withValue<R>(
    of column: Int, _ body: (UnsafeRawBufferPointer) throws -> R
  ) rethrows -> R {
    guard let header, let place = header.place(of: column), place < cells.count else {
      return try body(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    return try cells.withCell(place) { cell in
      let other: [UInt8]? =
        switch header.kind.columns[column].value {
        case .text: nil
        case .decimal: SheetValue.decimal(cell)
        case .digits: SheetValue.digits(cell)
        case .mark: SheetValue.mark(cell)
        case .day: SheetValue.day(cell)
        case .moment: SheetValue.moment(cell)
        case .tariffItem: SheetValue.tariffItem(cell)
        case .nico: SheetValue.nico(cell)
        case .word(let words): SheetValue.word(cell, of: words)
        }
      guard let other else { return try body(cell) }
      return try other.withUnsafeBytes(body)
    }
  }
}
