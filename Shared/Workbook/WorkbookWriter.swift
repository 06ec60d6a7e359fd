/// Writes a workbook (XLSX) row by row, as it is sent: in memory there is no more than a piece of
/// a sheet.
///
/// A workbook has one table. What is more than a sheet holds goes on in further sheets, each with
/// the header, which stays in sight. Texts stand in their cells, so nothing has to be kept until
/// the end; numbers stand as they are written, and those that a workbook would round are text.
/// What fails leaves a file that is not whole.
public final class WorkbookWriter {
  private let title: String
  private let columns: [WorkbookColumn]
  private let letters: [[UInt8]]
  private let limits: WorkbookLimits
  private let zip: ZIPWriter
  private let xml = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  private var count = 0
  private var sheets: [String] = []
  /// The row at hand, and its number in digits.
  private var row = 0
  private var digits: [UInt8] = []
  private var column = 0

  /// The longest cell fits with all that there may be before it.
  private static let capacity = 512 << 10
  /// From here on what there is is compressed.
  private static let full = 128 << 10
  private static let longestMarkup = 128

  /// Begins a workbook.
  ///
  /// - Parameters:
  ///   - title: the name of its sheet: up to 27 letters, digits and underscores.
  ///   - level: how hard to compress, 1 to 9.
  public init(
    title: String, _ columns: [WorkbookColumn], limits: WorkbookLimits = .init(), level: Int = 1
  ) throws {
    self.title = title
    self.columns = columns
    self.limits = limits
    letters = columns.indices.map(WorkbookColumn.letters)
    zip = try ZIPWriter(level: Int32(level))
    try part("[Content_Types].xml", WorkbookParts.contentTypes)
    try part("_rels/.rels", WorkbookParts.relationships)
    try part("xl/styles.xml", WorkbookParts.styles)
    try beginSheet()
  }

  deinit { xml.deallocate() }

  /// What has been made and not been taken yet: to be emptied now and then.
  public var output: [UInt8] {
    get { zip.output }
    _modify { yield &zip.output }
  }

  /// Writes a cell without anything in it.
  public func skip() throws {
    try beginRowIfNeeded()
    column += 1
  }

  /// Writes a text of UTF-8.
  ///
  /// - Throws: ``WorkbookError/longCell(sheet:row:column:length:)``.
  public func text(_ text: UnsafeRawBufferPointer) throws {
    try self.text(text, style: WorkbookParts.Style.text)
  }

  /// Writes a plain decimal as it stands; one of more digits than a workbook keeps is a text.
  public func number(_ number: UnsafeRawBufferPointer) throws {
    guard Self.isKept(number) else { return try text(number) }
    try beginCell(number.count)
    append("\"><v>")
    append(number)
    append("</v></c>")
  }

  /// Writes a day, counted from 1970-01-01.
  ///
  /// - Returns: false where a workbook has no such day, and nothing is written.
  public func day(_ days: Int32) throws -> Bool {
    let serial = Int(days) + 25_569
    // Before March of 1900 a workbook counts a day that never was; it ends with the year 9999.
    guard (61...2_958_465).contains(serial) else { return false }
    try beginCell(8)
    append("\" s=\"")
    append(WorkbookParts.Style.day)
    append("\"><v>")
    append(decimal: serial)
    append("</v></c>")
    return true
  }

  /// Ends the row.
  public func endRow() throws {
    try beginRowIfNeeded()
    append("</row>")
    column = 0
    isInRow = false
    row += 1
    countUp()
    if count >= Self.full { try flush() }
  }

  /// Ends the workbook.
  public func finish() throws {
    try endSheet()
    try part("xl/workbook.xml", WorkbookParts.workbook(sheets))
    try part("xl/_rels/workbook.xml.rels", WorkbookParts.workbookRelationships(sheets.count))
    zip.finish()
  }

  // MARK: Sheets

  private var isInRow = false

  private func part(_ name: String, _ text: String) throws {
    zip.begin(name)
    try zip.write(text)
    try zip.end()
  }

  private func beginSheet() throws {
    let number = sheets.count + 1
    sheets.append(number == 1 ? title : "\(title) \(number)")
    zip.begin("xl/worksheets/sheet\(number).xml")
    try zip.write(WorkbookParts.sheetHead(columns, isFirst: number == 1))
    row = 1
    digits = [UInt8(ascii: "1")]
    for column in columns {
      try Array(column.name.utf8).withUnsafeBytes {
        try text($0, style: WorkbookParts.Style.header)
      }
    }
    try endRow()
  }

  private func endSheet() throws {
    try flush()
    try zip.write(WorkbookParts.sheetTail(columns.count, rows: row - 1))
    try zip.end()
  }

  private func flush() throws {
    try zip.write(UnsafeRawBufferPointer(start: xml, count: count))
    count = 0
  }

  // MARK: Rows and cells

  /// Makes the digits those of the next row: nearly always the last of them alone changes.
  private func countUp() {
    for index in digits.indices.reversed() {
      if digits[index] < UInt8(ascii: "9") { return digits[index] += 1 }
      digits[index] = UInt8(ascii: "0")
    }
    digits.insert(UInt8(ascii: "1"), at: 0)
  }

  private func beginRowIfNeeded() throws {
    if isInRow { return }
    if row > limits.rows || zip.size >= limits.bytes {
      try endSheet()
      try beginSheet()
    }
    isInRow = true
    append("<row r=\"")
    append(digits)
    append("\">")
  }

  /// Writes a cell's beginning up to its place, with room for so many bytes of what it holds.
  private func beginCell(_ bytes: Int) throws {
    try beginRowIfNeeded()
    if count + bytes * SheetText.widest + Self.longestMarkup > Self.capacity { try flush() }
    append("<c r=\"")
    if column < letters.count {
      append(letters[column])
    } else {
      append(WorkbookColumn.letters(column))
    }
    append(digits)
    column += 1
  }

  private func text(
    _ text: UnsafeRawBufferPointer, style: UInt8
  ) throws {
    // A character takes three bytes at most for each of the units that UTF-16 has of it.
    if text.count > WorkbookLimits.characters {
      let length = SheetText.length(text)
      guard length <= WorkbookLimits.characters else {
        throw WorkbookError.longCell(
          sheet: sheets.last ?? title, row: row,
          column: column < columns.count ? columns[column].name : "\(column + 1)", length: length)
      }
    }
    try beginCell(text.count)
    append("\" s=\"")
    append(style)
    append("\" t=\"inlineStr\"><is><t")
    if Self.needsSpace(text) { append(" xml:space=\"preserve\"") }
    append(">")
    var writer = SheetText(xml, after: count)
    writer.append(escaping: text)
    count = writer.count
    append("</t></is></c>")
  }

  private static func needsSpace(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    return first <= 0x20 || last <= 0x20
  }

  /// Whether a workbook keeps all digits of a number.
  private static func isKept(_ number: UnsafeRawBufferPointer) -> Bool {
    if number.count <= 15 { return true }
    var digits = 0
    for byte in number {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { continue }
      if digits > 0 || byte != UInt8(ascii: "0") { digits += 1 }
    }
    return digits <= 15
  }

  @inline(__always)
  private func append(_ text: StaticString) {
    xml.advanced(by: count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    count += text.utf8CodeUnitCount
  }

  @inline(__always)
  private func append(_ byte: UInt8) {
    xml[count] = byte
    count += 1
  }

  @inline(__always)
  private func append(_ bytes: [UInt8]) {
    for byte in bytes { append(byte) }
  }

  @inline(__always)
  private func append(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes { append(byte) }
  }

  private func append(decimal number: Int) {
    var divisor = 1_000_000
    while divisor > number { divisor /= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}
