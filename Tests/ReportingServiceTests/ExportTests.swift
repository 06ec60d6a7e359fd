import EventLogTesting
import Foundation
import Ledger
import Messages
import ReportingRules
import ReportingService
import SQLite
import Store
import Testing

@Suite struct ExportTests {
  @Test func rowsOfAllPartitionsAreInOneOrder() throws {
    for seed: UInt64 in 1...6 {
      var random = SeededGenerator(seed: seed)
      let data = try DataFolder()
      var expected: [String] = []
      for partition: Int32 in 0..<Int32(2 + random.below(6)) {
        var messages: [LedgerEntry] = []
        for lot in 0..<Int64(random.below(12)) {
          let plant = ["A", "a", "Á", "AB"][random.below(4)]
          let part = ["1", "10", "2", "1-1"][random.below(4)] + "-\(partition)"
          let line = Int32(1 + random.below(12))
          let pedimento = "26000000000000\(random.below(2))"
          messages.append(
            Facts.entry(plant, part, lots: [try Facts.lot(lot + 1, of: pedimento, line: line, "1")])
          )
          expected.append("\(plant),\(part),\(pedimento),\(line)")
        }
        try data.send(.ledger, partition: partition, messages)
      }
      // By the bytes of the columns: the mark between them comes before every character in them.
      func inOrder(_ row: String) -> [UInt8] { row.utf8.map { $0 == 0x2C ? 0 : $0 } }
      let unique = Set(expected.map { inOrder($0) })
      let sorted = unique.sorted { $0.lexicographicallyPrecedes($1) }
      let written = try data.rows("saldos").map { row in
        let cells = row.split(separator: ",", omittingEmptySubsequences: false)
        return inOrder(cells[2..<6].joined(separator: ","))
      }
      #expect(written.count == sorted.count, "seed \(seed)")
      let first = zip(written, sorted).first { $0 != $1 }
      #expect(first == nil, "seed \(seed)")
    }
  }

  @Test func anExportReadsWhatIsCommittedWhileAWriterGoesOn() throws {
    let data = try DataFolder()
    try data.send(.ledger, [Facts.entry(lots: [try Facts.lot(1, "10")])])
    // A writer in the middle of its transaction.
    let writer = try Connection(path: data.path + "/reporting/ledger-0.sqlite")
    try writer.execute("BEGIN IMMEDIATE; UPDATE lot SET discharged = 5000000")
    #expect(cells(try data.export()["saldos"], column: 11) == ["10"])
    try writer.execute("COMMIT")
    #expect(cells(try data.export()["saldos"], column: 11) == ["5"])
    try writer.close()
    // And after every writer has gone.
    try data.close()
    #expect(cells(try data.export()["saldos"], column: 11) == ["5"])
  }

  @Test func anExportDoesNotHoldUpItsWriter() throws {
    let data = try DataFolder()
    try data.send(.ledger, [Facts.entry(lots: [try Facts.lot(1, "10")])])
    var isSent = false
    // Sent after the first file: every file says what was so when the export began.
    _ = try ReportExport(dataDirectory: data.path, today: CalendarDate("2026-07-01"))
      .write(to: data.path + "/reports") { _, _ in
        guard !isSent else { return }
        isSent = true
        #expect(throws: Never.self) {
          try data.send(
            .ledger, [Facts.entry(balances: [try Facts.balance(1, discharged: "4", value: "40")])])
        }
      }
    #expect(isSent)
    let text = try String(contentsOfFile: data.path + "/reports/saldos.csv", encoding: .utf8)
    #expect(cells(text, column: 11) == ["10"])
    #expect(cells(try data.export()["saldos"], column: 11) == ["6"])
  }

  @Test func filesReplaceEarlierOnesOnlyWhenAllAreWhole() throws {
    let data = try DataFolder()
    try data.send(.ledger, [Facts.entry(lots: [try Facts.lot(1, "10")])])
    let before = try data.export()
    #expect(
      Set(before.keys) == Set(ReportFile.allCases.map(\.rawValue)))
    try data.send(
      .ledger,
      [
        Facts.entry(
          lots: [try Facts.lot(2, line: 2, "1")],
          postings: [try Facts.posting(1, demand: 9, lot: 1, "1")])
      ])
    #expect(throws: ReportingError.self) { try data.export() }
    let folder = data.path + "/reports"
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        == before.keys.map { $0 + ".csv" }.sorted())
    let text = try String(contentsOfFile: folder + "/saldos.csv", encoding: .utf8)
    #expect(text == before["saldos"])
  }

  /// Whoever is killed while it writes leaves parts; whoever still writes keeps its own, and so do
  /// files of others.
  @Test func partsOfTheKilledGoAndThoseOfTheLivingStay() throws {
    let data = try DataFolder()
    let folder = data.path + "/reports"
    let left = "\(folder)/.saldos.csv.\(UUID().uuidString).part"
    let foreign = ["\(folder)/.saldos.csv.part", "\(folder)/saldos.\(UUID().uuidString).part"]
    func parts() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: folder).count { $0.hasSuffix(".part") }
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for file in foreign + [left] { try Data("rfc".utf8).write(to: URL(filePath: file)) }
    try data.send(.ledger, [Facts.entry(lots: [try Facts.lot(1, "10")])])
    var own = 0
    let export = try ReportExport(dataDirectory: data.path, today: CalendarDate("2026-07-01"))
    _ = try export.write(to: folder) { _, _ in
      guard own == 0 else { return }
      #expect(throws: Never.self) {
        own = try parts() - foreign.count
        // Another one begins and ends meanwhile.
        _ = try export.write(to: folder) { _, _ in }
        #expect(try parts() == own + foreign.count)
      }
    }
    #expect(own == 1)
    #expect(try parts() == foreign.count)
    for file in foreign { #expect(FileManager.default.fileExists(atPath: file)) }
  }

  @Test func progressEndsWithTheSummary() throws {
    let data = try DataFolder()
    try data.send(
      .ledger, [Facts.entry(lots: [try Facts.lot(1, "1"), try Facts.lot(2, line: 2, "1")])])
    var last: [String: Int] = [:]
    let summary = try ReportExport(dataDirectory: data.path, today: CalendarDate("2026-07-01"))
      .write(to: data.path + "/deep/reports") { last[$0] = $1 }
    #expect(summary.rows(of: "saldos.csv") == 2)
    #expect(summary.rows(of: "descargos.csv") == 0)
    #expect(summary.rows(of: "other.csv") == nil)
    #expect(summary.files.count == ReportFile.allCases.count)
    for file in summary.files { #expect(last[file.name] == file.rows) }
  }

  @Test func aFolderWithoutBooksIsAnError() throws {
    let data = try DataFolder()
    #expect(throws: ReportingError.noStores(data.path)) { try data.export() }
    #expect(throws: ReportingError.noStores(data.path + "/none")) {
      try ReportTotals.read(dataDirectory: data.path + "/none")
    }
  }

  @Test func aStoreOfAnotherLayoutIsAnError() throws {
    let data = try DataFolder()
    try data.send(.ledger, [Facts.entry(lots: [try Facts.lot(1, "1")])])
    try data.close()
    let path = data.path + "/reporting/ledger-0.sqlite"
    let db = try Connection(path: path)
    try db.execute("PRAGMA user_version = 9")
    #expect(throws: ReportingError.otherLayout(store: path, found: 9, known: 8)) {
      try data.export()
    }
    // A store whose writer has yet to make its tables holds nothing; without a writer it has lost
    // what it held.
    try db.execute("PRAGMA user_version = 0")
    let writer = try StoreFile(path: path)
    #expect(try data.rows("saldos") == [])
    writer.release()
    #expect(throws: ReportingError.missing(path)) { try data.export() }
    try db.close()
  }

  @Test func totalsAddUpOverPartitions() throws {
    let data = try DataFolder()
    for partition: Int32 in [0, 2, 11] {
      try data.send(
        .ledger, partition: partition,
        [
          Facts.entry(
            "P\(partition)",
            lots: [try Facts.lot(1, "2"), try Facts.lot(2, line: 2, "2")],
            balances: [try Facts.balance(1, discharged: "1", moved: "1")],
            demands: [try Facts.demand(1, shortage: "1"), try Facts.demand(2)],
            postings: [
              try Facts.posting(1, demand: 1, lot: 1, "1"),
              try Facts.posting(2, demand: 2, lot: 1, "1"),
              try Facts.posting(3, demand: 2, lot: 1, "1", reverses: 2),
            ])
        ])
    }
    var expected = ReportTotals()
    (expected.lots, expected.lotsOpen, expected.demands) = (6, 3, 6)
    (expected.postings, expected.reversals, expected.shortages) = (3, 3, 3)
    #expect(try ReportTotals.read(dataDirectory: data.path) == expected)
  }
}
