import EventLog
import EventLogKafka
import Logging
import SaldoComposition

/// Follows a cluster's topics with read models of a data folder, for reports of every partition.
struct ReaderRun: Sendable {
  let options: EventLogOptions
  let servers: String
  /// The folder of the read models, which must be there.
  let data: String
  let logger: Logger

  /// How often the services' positions are looked at.
  private static let interval = Duration.milliseconds(250)

  /// Applies what is in the topics now.
  ///
  /// - Parameter settling: how long to wait before that until the services, wherever they run, have
  ///   applied everything; nil for not at all.
  func run(settling limit: Duration? = nil) async throws {
    let folder = DataFolder(data)
    try folder.claim(for: .readModels)
    let id = try folder.readerID()
    // Under one name whenever it runs, so that one which was killed is not waited for.
    let log = try options.open(servers, instance: id, logger)
    do {
      let models: PrivateReadModels
      do {
        models = try await PrivateReadModels(
          log: log, place: "kafka://\(servers)", directory: data, id: id, logger: logger)
      } catch let error as EventLogError {
        throw ArgumentError("kafka://\(servers)", "\(error)\(options.advice(error, servers))")
      }
      if let limit { try await models.services.settle(every: Self.interval, within: limit) }
      try await models.catchUp()
    } catch {
      await log.close()
      throw error
    }
    await log.close()
  }
}
