import Auditor
import EventLogTesting
import Foundation
import Harness
import ReportingRules
import Testing
import WorkbookReader

/// Every report of every scenario says the same in every format.
@Suite struct FormatTests {
  @Test(arguments: Scenario.names)
  func theSameRowsStandInEveryFormat(_ name: String) throws {
    let scenario = try Scenario(named: name)
    let cluster = try Cluster(partitions: 3)
    try cluster.produce(scenario.shuffled(seed: 5).map { [UInt8]($0) })
    try cluster.settle()
    try cluster.withReports { reports in
      for day in [nil, "2024-06-30"] {
        let texts = try reports.texts(on: "2025-06-30", asOf: day)
        let json = try reports.export(as: .json, on: "2025-06-30", asOf: day)
        let books = try reports.export(as: .xlsx, on: "2025-06-30", asOf: day)
        for file in ReportFile.allCases {
          let rows = CSV.rows(try #require(texts[file.rawValue])).dropFirst()
            .map { $0.map(Self.unguarded) }
          #expect(try Self.rows(ofJSON: json + "/\(file.rawValue).json", file) == rows, "\(file)")
          #expect(try Self.rows(ofBook: books + "/\(file.rawValue).xlsx", file) == rows, "\(file)")
        }
        #expect(!texts["saldos", default: ""].isEmpty)
      }
    }
  }

  /// Cells of one row, cells of two rows, and cells that no row has, of any columns.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func theRowsOfAFilterAreTheSameInEveryFormat(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let cluster = try Cluster(partitions: 3)
    try cluster.produce(try Scenario(named: "everything").events.map { [UInt8]($0) })
    try cluster.settle()
    var (found, none) = (0, 0)
    try cluster.withReports { reports in
      let texts = try reports.texts(on: "2025-06-30")
      for file in ReportFile.allCases {
        let rows = CSV.rows(try #require(texts[file.rawValue])).dropFirst()
          .map { $0.map(Self.unguarded) }
        guard let first = rows.randomElement(using: &random) else { continue }
        let second = rows.randomElement(using: &random) ?? first
        for _ in 0..<8 {
          var cells: [String: String] = [:]
          for (index, column) in file.columns.enumerated() where random.below(5) == 0 {
            cells[column.name] = (random.below(8) == 0 ? second : first)[index]
          }
          let wanted = rows.filter { row in
            zip(file.columns, row).allSatisfy { column, cell in cells[column.name] ?? cell == cell }
          }
          func path(_ format: ReportFormat) throws -> String {
            try reports.export(file, as: format, on: "2025-06-30", with: cells)
          }
          let csv = try String(contentsOfFile: try path(.csv), encoding: .utf8)
          #expect(CSV.rows(csv).dropFirst().map { $0.map(Self.unguarded) } == wanted)
          #expect(try Self.rows(ofJSON: path(.json), file) == wanted, "\(file) \(cells)")
          #expect(try Self.rows(ofBook: path(.xlsx), file) == wanted, "\(file) \(cells)")
          found += wanted.isEmpty ? 0 : 1
          none += wanted.isEmpty ? 1 : 0
        }
      }
    }
    #expect(found > 40 && none > 3)
  }

  /// CSV alone has a mark in front of what a spreadsheet would run.
  private static func unguarded(_ cell: String) -> String {
    guard cell.first == "'", let second = cell.dropFirst().first, "=+-@\r".contains(second) else {
      return cell
    }
    return String(cell.dropFirst())
  }

  private static func rows(ofJSON path: String, _ file: ReportFile) throws -> [[String]] {
    let data = try Data(contentsOf: URL(filePath: path))
    let objects = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    return try objects.map { object in
      #expect(object.count == file.columns.count)
      return try file.columns.map { column in
        switch try #require(object[column.name]) {
        case let text as String:
          #expect(!text.isEmpty && column.kind != .integer, "\(file) \(column.name): \(text)")
          return text
        case let number as NSNumber:
          #expect(column.kind == .integer)
          return number.stringValue
        default: return ""
        }
      }
    }
  }

  private static func rows(ofBook path: String, _ file: ReportFile) throws -> [[String]] {
    let sheets = try WorkbookReader(path: path).sheets
    #expect(sheets.map(\.name) == [file.rawValue])
    let rows = sheets.flatMap(\.rows)
    #expect(rows.first?.map(\.shown) == file.columns.map(\.name))
    return rows.dropFirst().map { row in
      for (cell, column) in zip(row, file.columns) {
        #expect(fits(cell, column.kind), "\(file) \(column.name): \(cell)")
      }
      // Cells that are empty at a row's end are not there.
      return row.map(\.shown) + Array(repeating: "", count: max(0, file.columns.count - row.count))
    }
  }

  private static func fits(_ cell: WorkbookReader.Cell, _ kind: ReportColumn.Kind) -> Bool {
    switch cell {
    case .empty: true
    case .day: kind == .day
    case .number: kind == .decimal || kind == .integer
    // Of a number only where it has more digits than a workbook keeps.
    case .text(let text):
      kind == .text || kind == .instant || kind == .decimal && text.count > 15
    }
  }
}
