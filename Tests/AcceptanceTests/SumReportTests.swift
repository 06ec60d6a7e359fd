import Auditor
import Foundation
import Harness
import Ledger
import ReportingRules
import Testing

/// Sums of balances say what the balances say, as they stand and as of a day.
@Suite struct SumReportTests {
  @Test(arguments: Scenario.names, [nil, "2024-05-31", "2024-09-30"])
  func sumsAreThoseOfTheBalances(_ name: String, asOf day: String?) throws {
    let cluster = try Cluster(partitions: 3)
    try cluster.produce(try Scenario(named: name).shuffled(seed: 23).map { [UInt8]($0) })
    try cluster.settle()
    try cluster.withReports { reports in
      let texts = try reports.texts(on: "2025-06-30", asOf: day)
      func rows(_ file: ReportFile) throws -> [NamedRow] {
        CSV.rows(try #require(texts[file.rawValue])).dropFirst().map {
          NamedRow(names: file.columns.map(\.name), cells: $0)
        }
      }
      let balances = try rows(.balances)
      let columns = [
        "cantidad", "descargado", "trasladado", "saldo", "valor_mxn", "valor_saldo_mxn",
      ]
      // By unit: what is counted in different ones is not added up.
      let (byItem, byPart) = (try rows(.byTariffItem), try rows(.byPart))
      for file in [byItem, byPart] {
        #expect(try Self.sums(of: columns, in: file) == Self.sums(of: columns, in: balances))
        #expect(try Self.count(file) == balances.count)
        #expect(file.allSatisfy { !$0["rfc"].isEmpty })
      }
      #expect(byItem.allSatisfy { $0["fraccion"].count == 8 })
      let left = balances.filter { $0["estado"] != "agotado" }
      let aging = try rows(.aging)
      let open = ["saldo", "valor_saldo_mxn"]
      #expect(try Self.sums(of: open, in: aging) == Self.sums(of: open, in: left))
      #expect(try Self.count(aging) == left.count)
      for state in ["vencido", "por_vencer"] {
        let due = left.filter { $0["estado"] == state }
        let buckets = aging.filter {
          state == "vencido" ? $0["cubeta"].hasPrefix("vencido") : $0["cubeta"] == "0_30"
        }
        #expect(try Self.sums(of: open, in: buckets) == Self.sums(of: open, in: due), "\(state)")
      }
      try checkCatalogue(rows, balances)
    }
  }

  private func checkCatalogue(
    _ rows: (ReportFile) throws -> [NamedRow], _ balances: [NamedRow]
  ) throws {
    let materials = try rows(.materials)
    let known = Set(materials.map { $0["numero_parte"] })
    #expect(Set(balances.map { $0["numero_parte"] }).subtracting(known).count <= balances.count / 2)
    let machines = Set(materials.filter { $0["tipo"] == "activo" }.map { $0["numero_parte"] })
    let assets = try rows(.assets)
    let keys = ["planta", "numero_parte", "pedimento", "linea", "saldo", "valor_saldo_mxn"]
    let expected = balances.filter { machines.contains($0["numero_parte"]) }
    #expect(
      assets.map { row in keys.map { row[$0] } } == expected.map { row in keys.map { row[$0] } })
    #expect(assets.allSatisfy { ($0["saldo"] == "0") != $0["estado"].hasPrefix("en_uso") })
    let bills = try rows(.bills)
    for product in try rows(.products) where !product["version_vigente"].isEmpty {
      #expect(
        bills.contains {
          $0["producto"] == product["numero_parte"] && $0["version"] == product["version_vigente"]
            && $0["vigente_desde"] == product["vigente_desde"]
        })
    }
    let taxpayers = try rows(.taxpayers)
    #expect(!bills.isEmpty && !taxpayers.isEmpty)
    for discharge in try rows(.discharges) where !discharge["producto"].isEmpty {
      #expect(bills.contains { $0["componente"] == discharge["numero_parte"] })
    }
  }

  private static func sums(
    of columns: [String], in rows: [NamedRow]
  ) throws -> [String: [Int128]] {
    var sums: [String: [Int128]] = [:]
    for row in rows {
      let cells = try columns.map { Int128(try Quantity(row[$0]).millionths) }
      let known = sums[row["unidad"]] ?? Array(repeating: 0, count: columns.count)
      sums[row["unidad"]] = zip(known, cells).map { $0 + $1 }
    }
    return sums.filter { $0.value.contains { $0 != 0 } }
  }

  private static func count(_ rows: [NamedRow]) throws -> Int {
    try rows.reduce(0) { try $0 + #require(Int($1["partidas"])) }
  }
}
