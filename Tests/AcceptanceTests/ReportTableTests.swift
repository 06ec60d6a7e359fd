import Auditor
import Foundation
import Harness
import Ledger
import ReportingRules
import Testing

/// The table of columns and the rows that are written, held to each other.
@Suite struct ReportTableTests {
  @Test(arguments: Scenario.names)
  func everyCellIsWhatItsColumnSays(_ name: String) throws {
    let texts = try Self.texts(of: name)
    var seen: Set<ReportColumn.Kind> = []
    for file in ReportFile.allCases {
      let rows = CSV.rows(try #require(texts[file.rawValue]))
      #expect(rows.first == file.columns.map(\.name), "\(file)")
      for row in rows.dropFirst() {
        try #require(row.count == file.columns.count, "\(file)")
        for (cell, column) in zip(row, file.columns) where !cell.isEmpty {
          #expect(Self.fits(cell, column.kind), "\(file) \(column.name): \(cell)")
          seen.insert(column.kind)
        }
      }
    }
    #expect(seen.isSuperset(of: [.text, .decimal, .integer, .day]))
  }

  @Test(arguments: Scenario.names)
  func rowsAreInTheOrderThatTheTableSays(_ name: String) throws {
    let texts = try Self.texts(of: name)
    for file in ReportFile.allCases {
      let names = file.columns.map(\.name)
      let places = file.order.compactMap { names.firstIndex(of: $0) }
      let keys = CSV.rows(try #require(texts[file.rawValue])).dropFirst().map { row in
        places.map { Array(row[$0].utf8) }
      }
      for (a, b) in zip(keys, keys.dropFirst()) {
        #expect(!Self.precedes(b, a), "\(file): \(a.map { String(decoding: $0, as: UTF8.self) })")
      }
    }
  }

  private static func precedes(_ a: [[UInt8]], _ b: [[UInt8]]) -> Bool {
    for (left, right) in zip(a, b) where left != right {
      return left.lexicographicallyPrecedes(right)
    }
    return false
  }

  private static func fits(_ cell: String, _ kind: ReportColumn.Kind) -> Bool {
    switch kind {
    case .text: true
    case .decimal: cell.wholeMatch(of: /-?(0|[1-9]\d*)(\.\d*[1-9])?/) != nil
    case .integer: cell.wholeMatch(of: /-?(0|[1-9]\d*)/) != nil
    case .day: (try? CalendarDate(cell)) != nil && cell.count == 10
    case .instant: (try? Instant(cell)) != nil
    }
  }

  private static func texts(of name: String) throws -> [String: String] {
    let cluster = try Cluster(partitions: 3)
    try cluster.produce(try Scenario(named: name).shuffled(seed: 11).map { [UInt8]($0) })
    try cluster.settle()
    return try cluster.withReports { try $0.texts(on: "2025-06-30") }
  }
}
