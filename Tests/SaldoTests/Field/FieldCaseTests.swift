import Auditor
import Foundation
import Testing

/// Files and events of the kinds that people in the field really send: `cases.json` names them and
/// says what is right, in every order in which they may come.
@Suite struct FieldCaseTests {
  /// Cases that are not right yet.
  static let notYet: Set<String> = []

  static let cases: [FieldCase] = (try? FieldCase.all()) ?? []

  @Test func thereAreCases() throws {
    #expect(try FieldCase.all().count == Self.cases.count)
    #expect(Self.notYet.isSubset(of: Self.cases.map(\.name)))
  }

  @Test(arguments: cases.filter { !notYet.contains($0.name) })
  func isRightInEveryOrder(_ field: FieldCase) async throws {
    for (number, order) in field.orders.enumerated() {
      for partitions in field.partitions ?? [1] {
        try await Workplace.with { place in
          var ended: SaldoProgram.Ended?
          for files in order {
            ended = try await SaldoProgram.run(
              Workplace.arguments(
                files.map { FieldCase.folder + "/" + field.folder + "/" + $0 }, place.path("data"),
                place.path("reports")) + ["--partitions", "\(partitions)"])
          }
          let comment: Comment = "\(field.name), order \(number), \(partitions) partitions"
          try field.expect(try #require(ended), in: place.path("reports"), comment)
        }
      }
    }
  }
}

/// A case of `cases.json`.
struct FieldCase: Decodable, Sendable, CustomTestStringConvertible {
  var name: String
  var folder: String
  /// Runs one after the other on one data folder, each with its files.
  var orders: [[[String]]]
  var partitions: [Int]?
  var want: Wanted

  var testDescription: String { name }

  struct Wanted: Decodable, Sendable {
    var exit: Codes?
    /// `pedimento/linea/parte` to the quantity: exactly these.
    var saldos: [String: String]?
    /// Document, part, entry, incorporated, merma: exactly these.
    var descargos: [[String]]?
    /// `documento/parte` to the shortage: exactly these.
    var faltantes: [String: String]?
    /// How many rows `pendientes.csv` has.
    var pending: Int?
    /// Regular expressions, each found in what the last run printed or in `pendientes.csv`.
    var says: [String]?
    var silent: [String]?
  }

  /// An exit code, or those that are allowed.
  struct Codes: Decodable, Sendable {
    var allowed: [Int32]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      allowed = try (try? container.decode([Int32].self)) ?? [container.decode(Int32.self)]
    }
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().path

  static func all() throws -> [FieldCase] {
    try JSONDecoder().decode(
      [FieldCase].self, from: Data(contentsOf: URL(filePath: folder + "/cases.json")))
  }

  func expect(_ ended: SaldoProgram.Ended, in reports: String, _ comment: Comment) throws {
    if let exit = want.exit {
      #expect(exit.allowed.contains(ended.code), "\(comment): \(ended.output)\(ended.errors)")
    }
    if let saldos = want.saldos {
      let rows = try rows("saldos", in: reports) { row in
        ("\(row("pedimento"))/\(row("linea"))/\(row("numero_parte"))", row("cantidad"))
      }
      #expect(Dictionary(uniqueKeysWithValues: rows) == saldos, comment)
    }
    if let descargos = want.descargos {
      let rows = try rows("descargos", in: reports) { row in
        ["documento_salida", "numero_parte", "pedimento_entrada", "incorporado", "merma"].map(row)
      }
      #expect(Set(rows) == Set(descargos) && rows.count == descargos.count, comment)
    }
    if let faltantes = want.faltantes {
      let rows = try rows("faltantes", in: reports) { row in
        ("\(row("documento_salida"))/\(row("numero_parte"))", row("faltante"))
      }
      #expect(Dictionary(uniqueKeysWithValues: rows) == faltantes, comment)
    }
    if let pending = want.pending {
      #expect(try rows("pendientes", in: reports) { $0("id") }.count == pending, comment)
    }
    let pending = try? String(contentsOfFile: reports + "/pendientes.csv", encoding: .utf8)
    let said = ended.output + ended.errors + (pending ?? "")
    for pattern in want.says ?? [] {
      #expect(try said.contains(Regex(pattern).ignoresCase()), "\(comment): \(pattern)")
    }
    for pattern in want.silent ?? [] {
      #expect(try !said.contains(Regex(pattern).ignoresCase()), "\(comment): \(pattern)")
    }
  }

  /// The rows of a report, each read by its columns' names; none where it was not written.
  private func rows<Row>(
    _ report: String, in folder: String, _ read: ((String) -> String) -> Row
  ) throws -> [Row] {
    let path = folder + "/\(report).csv"
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let table = CSV.rows(try String(contentsOfFile: path, encoding: .utf8))
    let header = try #require(table.first)
    return table.dropFirst().map { row in
      read { column in header.firstIndex(of: column).map { row[$0] } ?? "" }
    }
  }
}
