import Foundation

/// A set of facts and what the books must say of it: for the auditor, and for the product by any
/// of its routes.
public struct Scenario: Sendable, CustomStringConvertible {
  public var name: String
  /// Structured CloudEvents, in an order of arrival.
  public var events: [Data]
  public var expected: AuditReport
  /// `valor_mxn` of each expected row of `descargos`, where the scenario says so.
  public var dischargeValues: [String]?
  /// `valor_saldo_mxn` of each expected row of `saldos`, where the scenario says so.
  public var balanceValues: [String]?
  /// What the accounts of scrap must say, where the scenario says so.
  public var expectedScrap: AuditScrap?
  /// Where its files are; nil for a scenario written in code.
  public var folder: URL?

  public init(
    name: String, events: [Data], expected: AuditReport, dischargeValues: [String]? = nil,
    balanceValues: [String]? = nil, expectedScrap: AuditScrap? = nil, folder: URL? = nil
  ) {
    self.expectedScrap = expectedScrap
    (self.name, self.events, self.expected, self.folder) = (name, events, expected, folder)
    (self.dischargeValues, self.balanceValues) = (dischargeValues, balanceValues)
  }

  public var description: String { name }

  /// The events in another order of arrival, the same one for the same seed.
  public func shuffled(seed: UInt64) -> [Data] {
    var random = SeededRandom(seed: seed)
    return events.shuffled(using: &random)
  }
}

extension Scenario {
  /// Where the scenarios with files are kept: each folder has `events.ndjson`, `sat/` (the same
  /// facts as a Data Stage ZIP, `partes.csv` and `rest.ndjson`) and `expected/`.
  public static let folders = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "AcceptanceTests/Scenarios")

  /// The names of the scenarios with files, in order.
  public static let names = [
    "directed-and-expired", "everything", "late-twice-rectified", "moves", "plain",
    "units-and-boms", "virtual-transfers",
  ]

  /// The scenario of that name, read from its folder.
  public init(named name: String) throws {
    let folder = Scenario.folders.appending(path: name)
    self.init(
      name: name, events: try Scenario.lines(of: folder.appending(path: "events.ndjson")),
      expected: try AuditReport(expectedIn: folder.appending(path: "expected")), folder: folder)
  }

  /// The days as of which the reports of the scenario of a name are expected too, in order.
  public static func days(of name: String) -> [String] {
    let folder = folders.appending(path: "\(name)/expected-al").path
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// The reports that are expected as of a day.
  public static func expected(of name: String, asOf day: String) throws -> AuditReport {
    try AuditReport(expectedIn: folders.appending(path: "\(name)/expected-al/\(day)"))
  }

  /// The lines of an NDJSON file, as they are.
  public static func lines(of file: URL) throws -> [Data] {
    try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }
}

extension AuditReport {
  /// The three files of a folder, without their headers.
  fileprivate init(expectedIn folder: URL) throws {
    func rows(_ file: String) throws -> [[String]] {
      let url = folder.appending(path: "\(file).csv")
      return Array(CSV.rows(try String(contentsOf: url, encoding: .utf8)).dropFirst())
    }
    self.init(
      saldos: try rows("saldos"), descargos: try rows("descargos"),
      faltantes: try rows("faltantes"))
  }
}

/// SplitMix64: the same numbers for the same seed, on every machine.
public struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
