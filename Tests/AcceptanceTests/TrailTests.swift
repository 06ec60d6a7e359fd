import Auditor
import Foundation
import Harness
import Ledger
import ReportingRules
import ReportingService
import Testing

/// Trails: every line of `descargos.csv` is found from its exit and from its entry, with the same
/// postings, which come to what the report says.
@Suite struct TrailTests {
  @Test(
    arguments: Scenario.names.map { ($0, nil) }
      + [("everything", "2024-06-30"), ("moves", "2024-06-30")] as [(String, String?)])
  func theTrailGoesBothWaysAndItsSumsAreTheReports(_ name: String, asOf day: String?) throws {
    let cluster = try Cluster(partitions: 3)
    try cluster.produce(try Scenario(named: name).shuffled(seed: 17).map { [UInt8]($0) })
    try cluster.settle()
    try cluster.withReports { reports in
      let text = try reports.texts(on: "2025-06-30", asOf: day)["descargos"]
      let rows = CSV.rows(try #require(text)).dropFirst().map(Self.row)
      var trails = Trails(reports: reports, asOf: day)
      for row in rows {
        let exit = try trails.of(.exit, row["documento_salida"], row["linea_salida"])
        let entry = try trails.of(.entry, row["pedimento_entrada"], row["linea_entrada"])
        #expect(!exit.isCut && !entry.isCut)
        let (forth, back) = (Self.postings(of: row, in: entry), Self.postings(of: row, in: exit))
        #expect(Set(forth.keys) == Set(back.keys), "\(row)")
        #expect(!back.isEmpty, "\(row)")
        for column in ["incorporado", "merma", "desperdicio", "valor_mxn"] {
          #expect(
            try Self.sum(column, back) == Int128(Quantity(row[column]).millionths),
            "\(column): \(row)")
        }
        // Whatever brought the goods here is on both.
        let origin = exit.table(.lots).first {
          $0["pedimento"] == row["pedimento_entrada"] && $0["linea"] == row["linea_entrada"]
            && $0["numero_parte"] == row["numero_parte"] && $0["origen"] == "entrada"
        }
        #expect(origin != nil, "\(row)")
        if !row["producto"].isEmpty {
          #expect(exit.table(.bills).contains { $0["producto_salida"] == row["producto"] })
        }
      }
      #expect(!rows.isEmpty || day != nil)
      // All that leads to an exit from an entry leads back there.
      for trail in trails.exits {
        for posting in trail.table(.postings) where posting["planta_destino"] != "" {
          let entry = try trails.of(.entry, posting["pedimento_entrada"], posting["linea_entrada"])
          #expect(entry.table(.postings).contains { $0["asiento"] == posting["asiento"] })
        }
      }
    }
  }

  /// Moves and transfers are followed, and said to be further away.
  @Test(arguments: [("moves", TrailTable.postings), ("virtual-transfers", .transfers)])
  func chainsAreFollowed(_ name: String, _ table: TrailTable) throws {
    let cluster = try Cluster(partitions: 3)
    try cluster.produce(try Scenario(named: name).events.map { [UInt8]($0) })
    try cluster.settle()
    try cluster.withReports { reports in
      let rows = CSV.rows(try #require(try reports.texts(on: "2025-06-30")["descargos"]))
        .dropFirst().map(Self.row)
      var trails = Trails(reports: reports)
      var (far, seen) = (0, 0)
      for row in rows {
        for trail in [
          try trails.of(.exit, row["documento_salida"], row["linea_salida"]),
          try trails.of(.entry, row["pedimento_entrada"], row["linea_entrada"]),
        ] {
          seen += trail.table(table).isEmpty ? 0 : 1
          far += trail.table(.lots).contains { $0["paso"] != "0" } ? 1 : 0
        }
      }
      #expect(far > 3 && seen > 3, "\(far) \(seen)")
    }
  }

  @Test func whatDoesNotFitIsSaid() throws {
    let cluster = try Cluster(partitions: 1)
    try cluster.produce(try Scenario(named: "everything").events.map { [UInt8]($0) })
    try cluster.settle()
    try cluster.withReports { reports in
      let rows = CSV.rows(try #require(try reports.texts(on: "2025-06-30")["descargos"]))
        .dropFirst().map(Self.row)
      let many = try #require(
        Dictionary(grouping: rows) { $0["documento_salida"] }.max {
          $0.value.count < $1.value.count
        })
      let whole = try reports.trail(TrailQuestion(.exit, of: many.key))
      #expect(!whole.isCut && whole[.postings].count > 3)
      let cut = try reports.trail(TrailQuestion(.exit, of: many.key, limit: 2))
      #expect(cut.isCut && cut[.postings].count == 2)
      #expect(cut.table(.cuts).contains { $0["tabla"] == "asientos" && $0["limite"] == "2" })
      let none = try reports.trail(TrailQuestion(.exit, of: "000000000000000"))
      #expect(none.isEmpty && !none.isCut)
      let all = try JSONSerialization.jsonObject(with: Data(whole.json)) as? [String: Any]
      #expect(
        Set(try #require(all).keys) == Set(TrailTable.allCases.map(\.rawValue) + ["consulta"]))
    }
  }

  /// The postings of a row of the report, by their names.
  private static func postings(of row: NamedRow, in trail: Trail) -> [String: NamedRow] {
    let keys = [
      "planta", "documento_salida", "linea_salida", "numero_parte", "producto",
      "pedimento_entrada", "linea_entrada",
    ]
    let found = trail.table(.postings).filter { posting in
      posting["cuenta"] == "existencia" && posting["planta_destino"].isEmpty
        && keys.allSatisfy { posting[$0] == row[$0] }
    }
    return Dictionary(uniqueKeysWithValues: found.map { ($0["asiento"], $0) })
  }

  private static func sum(_ column: String, _ postings: [String: NamedRow]) throws -> Int128 {
    try postings.values.reduce(0) { try $0 + Int128(Quantity($1[column]).millionths) }
  }

  private static func row(_ cells: [String]) -> NamedRow {
    NamedRow(names: ReportFile.discharges.columns.map(\.name), cells: cells)
  }

  /// Trails that were asked for, each once.
  private struct Trails {
    let reports: SavedReports
    var asOf: String?
    private var known: [String: Trail] = [:]

    init(reports: SavedReports, asOf: String? = nil) { (self.reports, self.asOf) = (reports, asOf) }

    var exits: [Trail] { known.values.filter { $0.question.direction == .exit } }

    mutating func of(
      _ direction: TrailQuestion.Direction, _ document: String, _ line: String
    ) throws -> Trail {
      let key = "\(direction) \(document) \(line)"
      if let trail = known[key] { return trail }
      let trail = try reports.trail(
        TrailQuestion(
          direction, of: document, line: Int32(line), limit: TrailQuestion.greatestLimit),
        asOf: asOf)
      known[key] = trail
      return trail
    }
  }
}

/// A row whose cells are found by their columns' names.
struct NamedRow: Equatable, CustomStringConvertible {
  let names: [String]
  let cells: [String]

  subscript(name: String) -> String {
    names.firstIndex(of: name).map { cells[$0] } ?? "no column \(name)"
  }

  var description: String { cells.joined(separator: ",") }
}

extension Trail {
  func table(_ table: TrailTable) -> [NamedRow] {
    let names = table.columns.map(\.name)
    return self[table].map { NamedRow(names: names, cells: $0) }
  }
}
