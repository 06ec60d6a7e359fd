import ArgumentParser
import EventLog
import LocalSystem
import Logging
import ServiceRuntime

/// How the services work on a data folder.
struct SystemOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many partitions a new data folder gets. (default: \(LocalSystem.defaultPartitions), "
        + "or what the folder has)", valueName: "number"))
  var partitions: Int32?

  @Option(
    help: ArgumentHelp("How many messages a step takes at most.", valueName: "number"))
  var batchSize = LocalSystem.Settings().batch.records

  @Option(
    help: ArgumentHelp(
      "A folder for copies of the books' stores, which instances may share: who has no store of a "
        + "partition begins from the last copy, and not from the log's beginning. Made if it is "
        + "not there. (default: no copies)", valueName: "dir"))
  var snapshots: String?

  func validate() throws {
    if let partitions, !(1...1_000).contains(partitions) {
      throw ValidationError("--partitions must be 1 to 1000.")
    }
    guard (1...1_000_000).contains(batchSize) else {
      throw ValidationError("--batch-size must be 1 to 1000000.")
    }
  }

  /// The settings that they make.
  var settings: LocalSystem.Settings {
    var settings = LocalSystem.Settings()
    settings.partitions = partitions
    settings.batch.records = batchSize
    settings.snapshots = snapshots.map { Snapshots(directory: $0) }
    return settings
  }
}

/// What is logged, on standard error.
struct LogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The least level that is logged to standard error: "
        + Logger.Level.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "level"))
  var logLevel = Logger.Level.info

  /// A logger of that level.
  var logger: Logger { Self.logger(logLevel) }

  /// A logger to standard error.
  static func logger(_ level: Logger.Level) -> Logger {
    var logger = Logger(label: "saldo") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = level
    return logger
  }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
