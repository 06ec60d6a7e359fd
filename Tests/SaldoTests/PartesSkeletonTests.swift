import Auditor
import Foundation
import Testing

/// `saldo partes`: what partes.csv still has to say.
@Suite(.timeLimit(.minutes(20))) struct PartesSkeletonTests {
  @Test func everyPartidaOfADataStageIsARowUntilItIsCovered() async throws {
    try await Workplace.with { place in
      let files = try Scenario.customsFiles("plain")
      let (partes, others) = try Self.split(files)
      try await place.process(others, expecting: 1, ["--partitions", "3"])
      let out = place.path("missing.csv")
      let ended = try await SaldoProgram.run(
        ["partes", "--data", place.path("data"), "--out", out], expecting: 1)
      let rows = try Self.rows(out)
      #expect(rows.count > 10 && ended.output.contains("missing.csv: \(rows.count) partidas of "))
      let named = rows.filter { row in row["numero_parte"] != "" }
      #expect(named.isEmpty)

      // Filled in with what the scenario says, with the further columns in place.
      let filled = try Self.filled(rows, from: partes)
      _ = try place.write(filled, to: "filled.csv")
      try await place.process([place.path("filled.csv")])
      try Scenario.expect("plain", in: place.path("reports"), "from a skeleton")
      let again = try await SaldoProgram.run(
        ["partes", "--data", place.path("data"), "--out", out], expecting: 0)
      #expect(again.output.contains("missing.csv: 0 partidas of 0 pedimentos"))
    }
  }

  @Test func candidatesHaveTheTariffItemAndTheUnit() async throws {
    try await Workplace.with { place in
      let files = try Scenario.customsFiles("plain")
      let (_, others) = try Self.split(files)
      let candidates = try place.write(
        Self.part("CAND-1", uom: 6) + Self.part("CAND-2", uom: 1), to: "candidates.ndjson")
      try await place.process(
        others + [candidates], expecting: 1, ["--partitions", "2"])
      let out = place.path("missing.csv")
      try await SaldoProgram.run(
        ["partes", "--data", place.path("data"), "--out", out], expecting: 1)
      let rows = try Self.rows(out)
      let pieces = rows.filter { row in row["umc"] == "6" }
      #expect(!pieces.isEmpty)
      for row in rows where row["fraccion"] == "85332101" {
        let expected = ["6": "CAND-1", "1": "CAND-2"][row["umc"] ?? ""] ?? ""
        let suggested: String = row["sugerencia"] ?? "none"
        #expect(suggested == expected)
      }
    }
  }

  @Test func aFolderWithoutDocumentsIsAnError() async throws {
    try await Workplace.with { place in
      let ended = try await SaldoProgram.run(
        ["partes", "--data", place.path("none"), "--out", place.path("out.csv")], expecting: 2)
      #expect(ended.errors.contains("holds no documents"))
    }
  }

  /// partes.csv, and the other files.
  static func split(_ files: [String]) throws -> (partes: String, others: [String]) {
    let partes = files.first { file in file.hasSuffix("partes.csv") }
    return (try #require(partes), files.filter { file in file != partes })
  }

  private static func part(_ name: String, uom: Int) -> String {
    """
    {"specversion":"1.0","id":"\(name)","source":"t","type":"immex.part.v1",\
    "time":"2024-01-01T00:00:00Z","data":{"part":"\(name)","kind":"material",\
    "description":"x","tariffItem":"85332101","nico":"00","uom":\(uom),\
    "category":"108-I","conversions":[]}}

    """
  }

  static func rows(_ path: String) throws -> [[String: String]] {
    let table = CSV.rows(try String(contentsOfFile: path, encoding: .utf8))
    let header = table.first ?? []
    return table.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// The rows of a skeleton with the parts, plants, quantities and values of a whole partes.csv.
  static func filled(
    _ rows: [[String: String]], from partes: String
  ) throws -> String {
    let known = Dictionary(grouping: try Self.rows(partes)) { row in
      "\(row["pedimento"] ?? "")|\(row["secuencia"] ?? "")"
    }
    let columns = [
      "rfc", "pedimento", "secuencia", "planta", "numero_parte", "cantidad", "umc", "valor_mxn",
      "pedimento_original", "secuencia_original", "descripcion", "fraccion", "nico", "sugerencia",
    ]
    var lines: [String] = []
    for row in rows {
      for part in known["\(row["pedimento"] ?? "")|\(row["secuencia"] ?? "")"] ?? [] {
        var cells: [String] = []
        for column in columns {
          let cell: String = part[column] ?? row[column] ?? ""
          cells.append("\"" + cell.replacing("\"", with: "\"\"") + "\"")
        }
        lines.append(cells.joined(separator: ","))
      }
    }
    return columns.joined(separator: ",") + "\n" + lines.joined(separator: "\n") + "\n"
  }
}
