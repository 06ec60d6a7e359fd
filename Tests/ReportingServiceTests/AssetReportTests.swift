import Ledger
import Messages
import Testing

/// `activo_fijo.csv`: what the catalogue calls an asset, with how it left.
@Suite struct AssetReportTests {
  @Test func machinesAreThereWithHowTheyLeft() throws {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Uno"), CatalogEvent.plant("JUA1"), CatalogEvent.part("M-1"),
        CatalogEvent.event(
          "immex.part.v1", "a", CatalogEvent.start,
          """
          {"part":"PRESS","kind":"asset","description":"Prensa","tariffItem":"84629999",\
          "nico":"00","uom":6,"category":"108-III","conversions":[]}
          """),
      ])
    let claves = ["", "RT", "ACT", "F4", "V1", "MOVE", "RT"]
    let taken = ["0", "1", "1", "1", "1", "1", "1"]
    let quantities = ["1", "1", "1", "1", "1", "1", "3"]
    var entry = Facts.entry("JUA1", "PRESS")
    for (index, clave) in claves.enumerated() {
      let lot = Int64(index + 1)
      entry.lots.append(
        try Facts.lot(lot, line: Int32(lot), quantities[index], value: "100", due: nil))
      guard !clave.isEmpty else { continue }
      let isMove = clave == "MOVE"
      entry.demands.append(
        try Facts.demand(
          lot, "2600000000009\(lot)0", date: "2026-02-0\(lot)", toPlant: isMove ? "X" : nil,
          clave: clave))
      entry.postings.append(try Facts.posting(lot, demand: lot, lot: lot, taken[index]))
      entry.balances.append(
        try Facts.balance(
          lot, discharged: isMove ? "0" : taken[index], moved: isMove ? taken[index] : "0",
          value: "50"))
    }
    try data.send(.ledger, [entry])
    // What is no machine is not there, whichever partition it is in.
    try data.send(.ledger, partition: 1, [Facts.entry(lots: [try Facts.lot(1, "5")])])
    try data.send(
      .records,
      [
        try Facts.record(
          "260000000000001",
          lines: try (1...7).map { try Facts.line($0, of: "PRESS", "1") })
      ])
    let rows = try data.rows("activo_fijo").map { row in
      row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows.map { $0[5] } == ["1", "2", "3", "4", "5", "6", "7"])
    #expect(
      rows.map { $0[20] } == [
        "en_uso", "retornado", "destruido", "cambio_regimen", "transferido", "trasladado",
        "en_uso_parcial",
      ])
    #expect(rows.map { $0[16] } == ["1", "0", "0", "0", "0", "0", "2"])
    #expect(rows[1][21...22] == ["260000000000920", "2026-02-02"])
    #expect(rows[5][21...22] == ["", ""])
    #expect(
      rows[0][0...12] == [
        Facts.rfc, "Uno", "JUA1", "PRESS", "260000000000001", "1", "IN", "2026-01-10", "",
        "Prensa", "85340099", "01", "USA",
      ])
    // As of the day before anything left, all are there.
    let then = try data.rows("activo_fijo", asOf: "2026-01-31")
    #expect(then.count == 7 && then.allSatisfy { $0.contains(",en_uso,") })
  }
}
