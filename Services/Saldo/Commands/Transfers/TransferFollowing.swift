import EventLog
import Messages

/// Transfers of a cluster, whose services each have some of them at most: a data folder of the
/// command's own follows the topics, as that of an export does.
struct TransferFollowing {
  let eventLog: EventLogOptions
  /// The folder of the read models.
  let data: String

  /// Brings the folder up to date; without a cluster it is the services' own, and is.
  func catchUp() async throws {
    guard case .kafka(let servers) = try eventLog.address else { return }
    try InputPaths.makeFolder(data)
    let reader = ReaderRun(
      options: eventLog, servers: servers, data: data, logger: LogOptions.logger(.warning))
    let interruptions = try Interruptions()
    try await interruptions.during { try await reader.run() }
  }

  /// Sends a decision about documents that the transfers know; answers the event's id.
  func send(_ request: DecisionRequest, _ verdict: PairVerdict) async throws -> String {
    guard case .kafka(let servers) = try eventLog.address else { return "" }
    let place = "kafka://\(servers)"
    let decision = try TransferDecision(request, verdict)
    if let fault = decision.fault {
      throw ArgumentError(place, "\(fault.code.rawValue) \(fault.field): \(fault.value)")
    }
    try await catchUp()
    if let stranger = try request.stranger(in: data) { throw ArgumentError(place, stranger) }
    let log = try eventLog.open(servers, instance: nil, LogOptions.logger(.warning))
    do {
      let partitions = try await log.partitions(of: Topic.inbound.rawValue)
      try await decision.append(to: log, partitions: partitions)
    } catch {
      await log.close()
      throw ArgumentError(place, "\(error)")
    }
    await log.close()
    return decision.id
  }
}
