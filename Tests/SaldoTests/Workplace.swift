import Auditor
import Foundation
import Testing

/// A folder of a test's own.
struct Workplace {
  let folder: URL

  /// Runs a test in a new folder, which is removed afterwards.
  static func with(_ body: (Workplace) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "saldo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(Workplace(folder: folder))
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: folder.appending(path: name))
    return path(name)
  }

  /// Processes files; reports are of a fixed day, so that they can be compared.
  @discardableResult
  func process(
    _ files: [String], data: String = "data", reports: String = "reports",
    expecting code: Int32 = 0, _ options: [String] = []
  ) async throws -> SaldoProgram.Ended {
    try await SaldoProgram.run(
      Self.arguments(files, path(data), path(reports)) + options, expecting: code)
  }

  /// The arguments of a run of `process`.
  static func arguments(_ files: [String], _ data: String, _ reports: String) -> [String] {
    ["process"] + files
      + ["--data", data, "--export", reports, "--today", "2026-01-31"]
  }

  static let reportNames = [
    "activo_fijo.csv", "conservacion.csv", "contrapartes.csv", "contribuyente.csv", "descargos.csv",
    "desperdicios.csv", "destrucciones.csv", "disposiciones.csv", "entradas.csv",
    "estructuras.csv", "faltantes.csv", "materiales.csv", "pendientes.csv", "productos.csv",
    "retiros.csv", "saldos.csv", "saldos_fraccion.csv", "saldos_parte.csv", "salidas.csv",
    "submaquila.csv", "transferencias.csv", "traslados.csv", "vencimientos.csv",
  ]

  /// The databases of the data folder, by their paths in it.
  func databases() throws -> [String] {
    try #require(FileManager.default.enumerator(atPath: path("data")))
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".sqlite") }
  }

  /// Overwrites a database's second page; it says at byte 16 how long its pages are.
  func damage(_ database: String) throws {
    let file = try FileHandle(forUpdating: URL(filePath: path("data/" + database)))
    defer { try? file.close() }
    try file.seek(toOffset: 16)
    let page = try #require(try file.read(upToCount: 2)).reduce(0) { $0 << 8 | Int($1) }
    try file.seek(toOffset: UInt64(page))
    try file.write(contentsOf: Data(repeating: 0xA5, count: page))
  }

  /// The bytes of every report in a folder.
  func reports(
    _ name: String = "reports", names: [String] = reportNames
  ) throws -> [String: Data] {
    // Who was killed while it wrote leaves a hidden part, which is no report.
    let files = try FileManager.default.contentsOfDirectory(atPath: path(name))
      .filter { !$0.hasPrefix(".") }
    #expect(files.sorted() == names)
    return try Dictionary(
      uniqueKeysWithValues: files.map {
        ($0, try Data(contentsOf: URL(filePath: path(name) + "/" + $0)))
      })
  }

  /// What the books say of a report: without what auditors ask for beside, which one route tells
  /// and another does not.
  static func books(_ file: String, _ bytes: Data) -> Data {
    let columns = ["entradas.csv": 16, "salidas.csv": 13]
    guard let count = columns[file] else { return bytes }
    let rows = CSV.rows(String(decoding: bytes, as: UTF8.self))
    return Data(rows.map { $0.prefix(count).joined(separator: "|") }.joined(separator: "\n").utf8)
  }

  /// Compares a folder of reports with another, byte by byte.
  ///
  /// - Parameters:
  ///   - names: the reports of the other, where they are not all.
  ///   - made: what of a file's bytes is compared.
  func expectSame(
    _ name: String, as other: String, _ comment: Comment? = nil, names: [String] = reportNames,
    made: (String, Data) -> Data = { $1 }
  ) throws {
    let (these, those) = (try reports(name), try reports(other, names: names))
    for file in names {
      let (this, that) = (these[file].map { made(file, $0) }, those[file].map { made(file, $0) })
      #expect(this == that, "\(file): \(comment?.rawValue ?? "")")
    }
  }
}

extension Scenario {
  static func events(_ name: String) -> String {
    folders.appending(path: name).appending(path: "events.ndjson").path
  }

  /// The files of a scenario's other route: the ZIP, `partes.csv`, `rest.ndjson`.
  static func customsFiles(_ name: String) throws -> [String] {
    let folder = folders.appending(path: name).appending(path: "sat").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .map { folder + "/" + $0 }
  }

  /// Compares a folder of reports with what a scenario expects, in the columns that it names.
  static func expect(
    _ name: String, in reports: String, _ comment: Comment, asOf day: String? = nil
  ) throws {
    let differences = try differences(name, in: reports, asOf: day)
    #expect(differences.isEmpty, "\(name), \(comment)")
  }

  /// The reports in a folder that are not as a scenario expects them.
  static func differences(
    _ name: String, in reports: String, asOf day: String? = nil
  ) throws -> [String] {
    let folder = day.map { "expected-al/\($0)" } ?? "expected"
    return try ["saldos.csv", "descargos.csv", "faltantes.csv"].filter { file in
      let expected = try table(folders.appending(path: "\(name)/\(folder)/\(file)").path)
      let got = try table(reports + "/" + file)
      let header = try #require(expected.first)
      let columns = try header.map { column in
        try #require(got.first?.firstIndex(of: column), "\(file) has no column \(column)")
      }
      return got.map { row in columns.map { row[$0] } } != expected
    }
  }

  private static func table(_ path: String) throws -> [[String]] {
    CSV.rows(try String(contentsOfFile: path, encoding: .utf8))
  }
}
