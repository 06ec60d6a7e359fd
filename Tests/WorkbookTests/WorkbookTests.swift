import Foundation
import Testing
import Workbook
import WorkbookReader

@Suite struct WorkbookTests {
  private static let columns = [
    WorkbookColumn("texto", .text), WorkbookColumn("numero", .number), WorkbookColumn("dia", .day),
  ]

  @Test(arguments: [
    "plain", "Ñandú, S.A. \"x\"", "a & b < c > d", " blanks ", "two\nlines", "a\rb", "'x", "=1+1",
    "_x0041_", "_x004g_", "a_x000D_b", "_", "_x", "012345678901234", "日本🎉",
    "a\u{0}b\u{1F}", "\u{FFFE}\u{FFFF}\u{FFFD}\u{FEFF}", "]]>", "<!--", "&amp;", "\n", "-12.5",
  ])
  func textsComeBackAsTheyWere(_ text: String) throws {
    let rows = try Self.written { try Self.put(text, to: $0) }.first?.rows
    #expect(rows?.dropFirst() == [[.text(text)]])
  }

  @Test(arguments: [
    ("0", true), ("-12.5", true), ("999999999999999", true), ("0.00000123456789", true),
    ("123456789.123456", true), ("1234567890.123456", false), ("1000000000000000", false),
    ("-99999999999999999999.25", false),
  ])
  func numbersStandAsTheyAreWritten(_ number: String, isNumber: Bool) throws {
    let rows = try Self.written { book in
      try Array(number.utf8).withUnsafeBytes { try book.number($0) }
      try book.endRow()
    }.first?.rows
    #expect(rows?.dropFirst() == [[isNumber ? .number(number) : .text(number)]])
  }

  @Test(
    arguments: [
      (-25_508, "1900-03-01"), (0, "1970-01-01"), (20_544, "2026-04-01"),
      (2_932_896, "9999-12-31"), (-25_509, nil), (2_932_897, nil), (.min, nil), (.max, nil),
    ] as [(Int32, String?)])
  func daysAreDays(_ day: Int32, written: String?) throws {
    let rows = try Self.written { book in
      #expect(try book.day(day) == (written != nil))
      try book.endRow()
    }.first?.rows
    #expect(rows?.dropFirst() == [written.map { [.day($0)] } ?? []])
  }

  @Test func theHeaderStaysInSightAndCellsMayBeEmpty() throws {
    let sheets = try Self.written { book in
      try book.skip()
      try book.skip()
      _ = try book.day(0)
      try book.endRow()
      try book.endRow()
    }
    #expect(sheets.map(\.name) == ["libro"])
    #expect(sheets[0].frozenRows == 1)
    #expect(
      sheets[0].rows
        == [
          [.text("texto"), .text("numero"), .text("dia")], [.empty, .empty, .day("1970-01-01")], [],
        ])
  }

  @Test func whatIsMoreThanASheetHoldsGoesOnInTheNext() throws {
    var limits = WorkbookLimits()
    limits.rows = 4
    for count in [0, 1, 2, 3, 4, 6, 7] {
      let sheets = try Self.written(limits) { book in
        for number in 0..<count {
          // The first cell may be one that is skipped.
          try book.skip()
          try Array("\(number)".utf8).withUnsafeBytes { try book.number($0) }
          try book.endRow()
        }
      }
      #expect(sheets.count == max(1, (count + 2) / 3), "\(count) rows")
      let names = ["libro"] + (2...9).map { "libro \($0)" }
      #expect(sheets.map(\.name) == Array(names.prefix(sheets.count)))
      #expect(sheets.allSatisfy { $0.rows.count <= 4 && $0.frozenRows == 1 })
      #expect(sheets.allSatisfy { $0.rows.first?.count == 3 })
      let rows = sheets.flatMap { $0.rows.dropFirst() }
      #expect(rows == (0..<count).map { [.empty, .number("\($0)")] }, "\(count) rows")
    }
    limits = WorkbookLimits()
    limits.bytes = 300_000
    let text = String(repeating: "x", count: 1_000)
    let sheets = try Self.written(limits) { book in
      for _ in 0..<1_000 { try Self.put(text, to: book) }
    }
    #expect((2...5).contains(sheets.count))
    #expect(sheets.flatMap { $0.rows.dropFirst() }.count == 1_000)
  }

  @Test func aCellThatIsTooLongIsRefusedAndNotCut() throws {
    let widest = String(repeating: "\u{1}", count: WorkbookLimits.characters)
    let euros = String(repeating: "€", count: WorkbookLimits.characters)
    for text in [widest, euros] {
      let rows = try Self.written { book in
        for _ in 0..<5 { try Self.put(text, to: book) }
      }.first?.rows
      #expect(rows?.dropFirst().allSatisfy { $0 == [.text(text)] } == true)
    }
    let pairs = String(repeating: "🎉", count: WorkbookLimits.characters / 2 + 1)
    for text in [widest + "x", euros + "x", pairs] {
      #expect(
        throws: WorkbookError.longCell(
          sheet: "libro", row: 2, column: "texto", length: WorkbookLimits.characters + 1)
      ) {
        try Self.written { try Self.put(text, to: $0) }
      }
    }
  }

  @Test func theSameRowsAreTheSameBytesAndLittleIsHeld() throws {
    func bytes() throws -> [UInt8] {
      let book = try WorkbookWriter(title: "libro", Self.columns)
      var (bytes, most) = ([UInt8](), 0)
      for number in 0..<60_000 {
        try Self.put("row \(number &* 2_654_435_761 % 1_000_003)", to: book)
        most = max(most, book.output.count)
        if book.output.count > 64 << 10 {
          bytes += book.output
          book.output.removeAll(keepingCapacity: true)
        }
      }
      #expect(bytes.count > 100_000, "much of it went before the end")
      #expect(most < 256 << 10)
      try book.finish()
      return bytes + book.output
    }
    #expect(try bytes() == bytes())
  }

  // MARK: Workbooks that are written and read

  private static func put(_ text: String, to book: WorkbookWriter) throws {
    try Array(text.utf8).withUnsafeBytes { try book.text($0) }
    try book.endRow()
  }

  @discardableResult
  private static func written(
    _ limits: WorkbookLimits = .init(), _ body: (WorkbookWriter) throws -> Void
  ) throws -> [WorkbookReader.Sheet] {
    let book = try WorkbookWriter(title: "libro", columns, limits: limits)
    try body(book)
    try book.finish()
    let path = FileManager.default.temporaryDirectory
      .appending(path: "workbook-\(UUID().uuidString).xlsx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(book.output).write(to: URL(filePath: path))
    return try WorkbookReader(path: path).sheets
  }
}
