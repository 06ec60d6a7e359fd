import Auditor
import Foundation
import Testing

/// From an empty folder to the books with spreadsheets alone, and no JSON written by hand.
@Suite(.timeLimit(.minutes(20))) struct FirstWeekTests {
  @Test(arguments: ["units-and-boms", "moves"])
  func aPlantBeginsWithSpreadsheets(_ scenario: String) async throws {
    try await Workplace.with { place in
      let files = try Scenario.customsFiles(scenario)
      let (partes, others) = try PartesSkeletonTests.split(files)
      let zip = try #require(others.first { $0.hasSuffix(".zip") })
      // First what SAT gives: all of it waits.
      let first = try await place.process([zip], expecting: 1)
      #expect(first.figure("rejected") == 0)
      // Then the catalogue out of the plant's own programs.
      let sheets = try Self.sheets(of: scenario, in: place)
      let check = try await SaldoProgram.run(["check"] + sheets, expecting: 0)
      for title in ["companies, 2", "plants, 3", "parts, ", "bills of materials, "] {
        #expect(check.output.contains(".csv: \(title)"), "\(check.output)")
      }
      try await place.process(sheets, expecting: 1)
      // What is missing, filled in.
      let missing = place.path("missing.csv")
      try await SaldoProgram.run(
        ["partes", "--data", place.path("data"), "--out", missing], expecting: 1)
      let filled = try PartesSkeletonTests.filled(
        try PartesSkeletonTests.rows(missing), from: partes)
      let last = try await place.process([try place.write(filled, to: "filled.csv")])
      #expect(last.figure("waiting") == 0 && last.figure("rejected") == 0)
      try Scenario.expect(scenario, in: place.path("reports"), "with spreadsheets alone")

      // The same files again are the same facts, in any order and with any partitions.
      let before = try place.reports()
      try await place.process(sheets.reversed() + [zip, place.path("filled.csv")])
      for (name, bytes) in try place.reports() where name != "pendientes.csv" {
        #expect(before[name] == bytes, "\(name)")
      }
      try await place.process(
        [place.path("filled.csv")] + sheets + [zip], data: "other", reports: "other-reports",
        ["--partitions", "4"])
      try Scenario.expect(scenario, in: place.path("other-reports"), "in another order")
    }
  }

  @Test func whatIsWrongIsToldByFileLineAndColumn() async throws {
    try await Workplace.with { place in
      let parts = try place.write(
        "numero_parte,tipo,descripcion,fraccion,nico,umc,categoria,color\n"
          + "CABLE,material,Cable,85444299,01,6,108-I,rojo\n"
          + "RADIO,cosa,Radio,85271301,00,6,108-I,\n",
        to: "parts.csv")
      let bills = try place.write(
        "producto,version,vigente_desde,componente,por_unidad\nRADIO,A,2026-01-01,CABLE,\"2,5\"\n",
        to: "bills.csv")
      let ended = try await place.process([parts, bills], expecting: 1)
      #expect(ended.errors.contains("parts.csv: line 1: columns that are not used: color"))
      let pending = try String(
        contentsOfFile: place.path("reports/pendientes.csv"), encoding: .utf8)
      #expect(
        pending.contains("word.unknown tipo: cosa (expected material, producto or activo)"))
      #expect(pending.contains("quantity.malformed por_unidad: 2,5"))
      #expect(pending.contains("parts.csv,3,") && pending.contains("bills.csv,2,"))
      let check = try await SaldoProgram.run(["check", parts, bills], expecting: 1)
      #expect(check.output.contains("parts.csv: parts, 1 accepted, 1 rejected"))
      #expect(check.output.contains("  line 3: word.unknown tipo: cosa (expected material, "))
      #expect(check.output.contains("bills.csv: bills of materials, 0 accepted, 1 rejected"))
    }
  }

  @Test func theRowThatIsLoadedLastCounts() async throws {
    try await Workplace.with { place in
      let header = "numero_parte,tipo,descripcion,fraccion,nico,umc,categoria\n"
      let row = "CABLE,material,Cable,85444299,01,6,108-I\n"
      let first = try place.write(header + row, to: "1.csv")
      let second = try place.write(header + row.replacing("Cable", with: "Wire"), to: "2.csv")
      let catalog = try place.write(
        """
        {"specversion":"1.0","id":"p","source":"/erp","type":"immex.plant.v1",\
        "time":"2026-01-02T09:00:00Z","data":{"plant":"MTY-1","rfc":"MNO010101AB1","name":"M",\
        "address":"Uno"}}
        {"specversion":"1.0","id":"6","source":"/customs","type":"immex.pedimento.v1",\
        "time":"2026-02-01T18:00:00Z","data":{"pedimento":"262434566000001","clave":"IN",\
        "operation":"import","rfc":"MNO010101AB1","plant":"MTY-1","paidOn":"2026-02-01",\
        "lines":[{"line":1,"part":"CABLE","quantity":"100","uom":6,"tariffItem":"85444299",\
        "nico":"01","valueMXN":"1000.00","originCountry":"USA"}]}}

        """, to: "e.ndjson")
      for (files, description) in [
        ([catalog, first], "Cable"), ([second], "Wire"), ([second], "Wire"), ([first], "Cable"),
        ([second, first], "Cable"),
      ] {
        let ended = try await place.process(files)
        #expect(ended.figure("rejected") == 0)
        let entries = try PartesSkeletonTests.rows(place.path("reports/entradas.csv"))
        #expect(entries.map { $0["descripcion"] } == [description])
      }
    }
  }

  // MARK: A scenario's catalogue as spreadsheets

  private static func sheets(of scenario: String, in place: Workplace) throws -> [String] {
    let rest = try Scenario.customsFiles(scenario).filter { $0.hasSuffix(".ndjson") }
    var facts: [String: [String: [String: Any]]] = [:]
    var times: [String: String] = [:]
    for line in try String(contentsOfFile: rest[0], encoding: .utf8).split(separator: "\n") {
      let event = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let (type, data) = (event["type"] as? String ?? "", event["data"] as? [String: Any] ?? [:])
      let (time, id) = (event["time"] as? String ?? "", event["id"] as? String ?? "")
      let names: [String]
      switch type {
      case "immex.company.v1": names = ["rfc"]
      case "immex.plant.v1": names = ["plant"]
      case "immex.part.v1": names = ["part"]
      case "immex.bom.v1": names = ["product", "version", "plant"]
      default: names = []
      }
      let key = names.isEmpty ? id : names.map { "\(data[$0] ?? "")" }.joined(separator: "|")
      guard times[type + key] ?? "" < time else { continue }
      times[type + key] = time
      facts[type, default: [:]][key] = data
    }
    func sheet(
      _ type: String, _ name: String, _ columns: [String], _ rows: ([String: Any]) -> [[Any?]]
    ) throws -> String? {
      guard let data = facts[type] else { return nil }
      let lines = data.values.flatMap(rows).map { row in
        row.map { "\"\($0.map { "\($0)" } ?? "")\"" }.joined(separator: ";")
      }
      let text = ([columns.joined(separator: ";")] + lines).map { $0 + "\r\n" }.joined()
      return try place.write(text, to: name)
    }
    let sheets = try [
      sheet("immex.company.v1", "companies.csv", ["rfc", "razon_social", "programa"]) {
        [[$0["rfc"], $0["name"], $0["immexProgram"]]]
      },
      sheet("immex.plant.v1", "plants.csv", ["planta", "rfc", "nombre", "direccion"]) {
        [[$0["plant"], $0["rfc"], $0["name"], $0["address"]]]
      },
      sheet("immex.part.v1", "parts.csv", partColumns) { part in
        let units = (part["conversions"] as? [[String: Any]] ?? []).flatMap {
          [$0["uom"], $0["factor"]]
        }
        let kind = ["product": "producto", "asset": "activo"][part["kind"] as? String ?? ""]
        let own = ["part", "description", "tariffItem", "nico", "uom", "category"].map { part[$0] }
        return [[kind ?? "material"] + own + units]
      },
      sheet("immex.bom.v1", "bills.csv", billColumns) { bill in
        (bill["components"] as? [[String: Any]] ?? []).map { row in
          ["product", "version", "validFrom", "plant"].map { bill[$0] }
            + ["part", "perUnit", "waste", "scrap"].map { row[$0] }
        }
      },
      sheet("immex.stock.v1", "moves.csv", moveColumns) { move in
        [
          [words[move["kind"] as? String ?? ""]]
            + [
              "plant", "part", "quantity", "uom", "document", "occurredAt", "rfc", "toPlant",
              "aviso",
            ].map { move[$0] }
        ]
      },
    ]
    return sheets.compactMap { $0 }
  }

  private static let partColumns = [
    "tipo", "numero_parte", "descripcion", "fraccion", "nico", "umc", "categoria", "umc_2",
    "factor_2", "umc_3", "factor_3",
  ]
  private static let billColumns = [
    "producto", "version", "vigente_desde", "planta", "componente", "por_unidad", "merma",
    "desperdicio",
  ]
  private static let moveColumns = [
    "movimiento", "planta", "numero_parte", "cantidad", "umc", "documento", "fecha", "rfc",
    "planta_destino", "aviso",
  ]
  private static let words = [
    "received": "recibido", "issued": "surtido", "completed": "completado",
    "scrapped": "desechado", "shipped": "embarcado", "moved": "trasladado", "counted": "contado",
  ]
}
