import Ledger
import ReportingRules
import Workbook

/// The rows of a report as they are written in a format.
///
/// Whoever writes rows says what each cell is, in the order of the report's columns; the table of
/// columns says what the formats make of it. What goes wrong is thrown at the end of the row.
struct ReportRows {
  private let columns: [ReportColumn]
  private let format: ReportFormat
  private let filter: RowFilter
  /// Takes the rows where they are not to be written in a format.
  private let collector: ((HeldRow) throws -> Void)?
  /// The row at hand, where not every row is wanted.
  private var held: HeldRow?
  private var csv = CSVRows()
  private var json: JSONRows
  private var workbook: WorkbookWriter?
  /// How many rows were ended.
  private(set) var written = 0
  private var column = 0
  private var fault: (any Error)?

  /// Begins a report.
  ///
  /// - Parameters:
  ///   - filter: which rows are wanted; of the others nothing is written.
  ///   - isContrast: whether rows are of the difference of two moments.
  init(
    _ file: ReportFile, as format: ReportFormat, _ filter: RowFilter = .init(),
    isContrast: Bool = false
  ) throws {
    columns = isContrast ? file.contrastColumns : file.columns
    self.format = format
    self.filter = filter
    collector = nil
    held = filter.isOpen ? nil : HeldRow()
    json = JSONRows(columns.map(\.name))
    switch format {
    case .csv:
      for column in columns { csv.text(column.name) }
      csv.endRow()
    case .json: break
    case .xlsx:
      workbook = try WorkbookWriter(
        title: file.rawValue,
        columns.map { column in
          switch column.kind {
          case .decimal, .integer: WorkbookColumn(column.name, .number)
          case .day: WorkbookColumn(column.name, .day)
          case .text, .instant: WorkbookColumn(column.name, .text)
          }
        })
    }
  }

  /// Begins a report whose rows are handed on as they are, and written in no format.
  init(
    _ file: ReportFile, _ filter: RowFilter, collecting: @escaping (HeldRow) throws -> Void
  ) {
    (columns, format) = (file.columns, .csv)
    (self.filter, collector) = (filter, collecting)
    held = HeldRow()
    json = JSONRows([])
  }

  /// How many bytes wait to be taken.
  var count: Int {
    switch format {
    case .csv: csv.bytes.count
    case .json: json.bytes.count
    case .xlsx: workbook?.output.count ?? 0
    }
  }

  /// Hands over the bytes that wait.
  mutating func take(_ body: ([UInt8]) throws -> Void) rethrows {
    switch format {
    case .csv:
      try body(csv.bytes)
      csv.removeAll()
    case .json:
      try body(json.bytes)
      json.removeAll()
    case .xlsx:
      guard let workbook else { return }
      try body(workbook.output)
      workbook.output.removeAll(keepingCapacity: true)
    }
  }

  /// Ends the row.
  ///
  /// - Throws: ``ReportingError`` or `WorkbookError` where a cell of it could not be written.
  mutating func endRow() throws {
    if let row = held {
      held = nil
      defer { held = emptied(row) }
      guard filter.wants(row) else { return }
      if let collector {
        written += 1
        return try collector(row)
      }
      replay(row)
      try endRow()
      return
    }
    if let fault { throw fault }
    written += 1
    guard format != .csv else { return csv.endRow() }
    guard column == columns.count else {
      throw ReportingError.failed("a row has \(column) cells, and the report \(columns.count)")
    }
    column = 0
    if format == .json { json.endRow() } else { try workbook?.endRow() }
  }

  /// Ends the report.
  mutating func finish() throws {
    if format == .json { json.finish() }
    try workbook?.finish()
  }

  // MARK: Rows that are held

  private func emptied(_ row: HeldRow) -> HeldRow {
    var row = row
    row.removeAll()
    return row
  }

  /// Writes a row that was held, and ends it.
  mutating func write(_ row: HeldRow) throws {
    replay(row)
    try endRow()
  }

  /// Writes a row of the difference of two moments, and ends it.
  mutating func write(_ side: ContrastSide, _ row: HeldRow) throws {
    text(side.rawValue)
    replay(row, behind: 1)
    try endRow()
  }

  /// - Parameter written: how many cells of the row were written before it.
  private mutating func replay(_ row: HeldRow, behind written: Int = 0) {
    for index in 0..<row.count {
      row[index].withUnsafeBytes { cell in
        if row.isText(index) { return text(utf8: cell) }
        if columns[written + index].kind == .day { return date(try? CalendarDate(utf8: cell)) }
        number(utf8: cell)
      }
    }
  }

  /// Writes a number as it stands.
  private mutating func number(utf8 number: UnsafeRawBufferPointer) {
    format == .csv ? csv.number(utf8: number) : cell(number)
  }

  /// Keeps a cell, where the row is held; false where it is not.
  private mutating func isHeld(_ cell: UnsafeRawBufferPointer, isText: Bool) -> Bool {
    guard held != nil else { return false }
    held?.append(cell, isText: isText)
    return true
  }

  // MARK: Cells

  /// Writes a text cell.
  mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { self.text(utf8: UnsafeRawBufferPointer($0)) }
  }

  /// Writes a text cell of UTF-8 bytes; a number, where the column holds numbers.
  mutating func text(utf8 text: UnsafeRawBufferPointer) {
    if isHeld(text, isText: true) { return }
    guard format != .csv else { return csv.text(utf8: text) }
    if VisibleText.hasControls(text) {
      var visible: [UInt8] = []
      VisibleText.append(text, to: &visible, keepsLineEnds: true)
      visible.withUnsafeBytes { cell($0) }
    } else {
      cell(text)
    }
  }

  /// Writes a quantity of so many millionths.
  mutating func quantity(_ millionths: Int64) { decimal(millionths, digits: 6) }

  /// Writes an amount of so many centavos.
  mutating func money(_ centavos: Int64) { decimal(centavos, digits: 2) }

  /// Writes a sum of quantities.
  mutating func quantity(sum millionths: Int128) { decimal(sum: millionths, digits: 6) }

  /// Writes a sum of amounts.
  mutating func money(sum centavos: Int128) { decimal(sum: centavos, digits: 2) }

  /// Writes a whole number, empty where there is none.
  mutating func number(_ number: Int64?) {
    var digits = number?.description ?? ""
    digits.withUTF8 { digits in
      if !isHeld(UnsafeRawBufferPointer(digits), isText: false) {
        self.number(utf8: UnsafeRawBufferPointer(digits))
      }
    }
  }

  /// Writes a date, empty where there is none.
  mutating func date(_ date: CalendarDate?) {
    guard format != .csv || held != nil else { return csv.date(date) }
    guard let date else { return number(nil) }
    if held == nil, let workbook, (attempt { try workbook.day(date.days) }) == true {
      column += 1
      return
    }
    withUnsafeTemporaryAllocation(byteCount: 10, alignment: 1) { buffer in
      date.write(to: buffer)
      let text = UnsafeRawBufferPointer(buffer)
      if !isHeld(text, isText: false) { cell(text) }
    }
  }

  private mutating func decimal(_ value: Int64, digits: Int) {
    guard format != .csv || held != nil else {
      return digits == 2 ? csv.money(value) : csv.quantity(value)
    }
    withUnsafeTemporaryAllocation(byteCount: 24, alignment: 1) { buffer in
      let count = FixedPoint.write(value, digits: digits, to: buffer)
      let text = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])
      if !isHeld(text, isText: false) { cell(text) }
    }
  }

  private mutating func decimal(sum: Int128, digits: Int) {
    guard format != .csv || held != nil else {
      return digits == 2 ? csv.money(sum: sum) : csv.quantity(sum: sum)
    }
    withUnsafeTemporaryAllocation(byteCount: FixedPoint.longestSum, alignment: 1) { buffer in
      let count = FixedPoint.write(sum: sum, digits: digits, to: buffer)
      let text = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])
      if !isHeld(text, isText: false) { cell(text) }
    }
  }

  /// Writes a cell of JSON or of a workbook by its column's kind.
  private mutating func cell(_ text: UnsafeRawBufferPointer) {
    let kind = column < columns.count ? columns[column].kind : .text
    column += 1
    let isNumber = kind == .decimal || kind == .integer
    if let workbook {
      attempt {
        if text.isEmpty {
          try workbook.skip()
        } else if isNumber && Self.isNumeral(text) {
          try workbook.number(text)
        } else {
          try workbook.text(text)
        }
      }
    } else if text.isEmpty {
      json.null()
    } else if kind == .integer && Self.isNumeral(text) {
      json.number(text)
    } else {
      json.text(utf8: text)
    }
  }

  @discardableResult
  private mutating func attempt<Value>(_ body: () throws -> Value) -> Value? {
    do {
      return try body()
    } catch {
      fault = fault ?? error
      return nil
    }
  }
}
