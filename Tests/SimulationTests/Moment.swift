import EventLogTesting
import Foundation
import Harness
import ReportingRules

@testable import ReportingService

/// What must hold at any moment of a run, while messages are under way: nothing is created or lost
/// in what is told so far. Whether everything arrives can only be told at the end.
struct Moment {
  private(set) var faults: [String] = []

  /// Looks at a cluster as it stands, and leaves it as it is.
  init(_ cluster: Cluster, reports: Bool) throws {
    let ledger = cluster.values(of: .ledger)
    faults += LedgerFold(ledger, isSettled: false).faults.map { "midway, the ledger: \($0)" }
    faults += Arrivals.faults(ledger).map { "midway, moves: \($0)" }
    if reports { try compareReporting(cluster) }
  }

  /// What reporting says of conservation once everything has settled.
  static func alarms(whenSettled cluster: Cluster) throws -> [String] {
    try conservation(cluster, isSettled: true).alarms.map { "an alarm at the end: \($0)" }
  }

  /// The check that runs beside the services has no alarm, and what it says is in transit is what
  /// the ledger says as far as reporting has read it.
  private mutating func compareReporting(_ cluster: Cluster) throws {
    let conservation = try Self.conservation(cluster, isSettled: false)
    faults += conservation.alarms.map { "midway, a false alarm: \($0)" }
    let read = try cluster.valuesRead(by: "ledger", of: "reporting")
    guard read.allSatisfy(LedgerFold.endsWhole) else { return }
    var said: [String: Int128] = [:]
    for line in conservation.lines { said[line.key.part, default: 0] += line.sums.inTransit }
    let told = LedgerFold(read, isSettled: false).inTransit.mapValues { Int128($0.units) }
    for part in Set(said.keys).union(told.keys)
    where said[part, default: 0] != told[part, default: 0] {
      faults.append(
        "midway, in transit of \(part): \(said[part, default: 0]), not \(told[part, default: 0])")
    }
  }

  private static func conservation(_ cluster: Cluster, isSettled: Bool) throws -> Conservation {
    let folder = FileManager.default.temporaryDirectory.appending(path: "moment-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let stores = folder.appending(path: "reporting")
    try FileManager.default.createDirectory(at: stores, withIntermediateDirectories: true)
    try cluster.saveReporting(to: stores.path, stages: ["ledger", "catalog"])
    let found = try ReportStores(dataDirectory: folder.path, models: [.ledger, .catalog])
    return try Conservation(found, CatalogNames(found[.catalog]), isSettled: isSettled)
  }
}
