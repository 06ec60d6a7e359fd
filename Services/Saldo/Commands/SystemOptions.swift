import ArgumentParser
import EventLog
import Logging
import SaldoComposition
import ServiceRuntime
import TransferService

/// How services work on a data folder and a log.
struct SystemOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many partitions new topics get. (default: \(LocalSystem.defaultPartitions), or what "
        + "the topics have)", valueName: "number"))
  var partitions: Int32?

  @Option(
    help: ArgumentHelp("The most messages that a step takes.", valueName: "number"))
  var batchSize = LocalSystem.Settings().batch.records

  @Option(
    help: ArgumentHelp(
      "The most days between an export and an import that are paired into one virtual transfer "
        + "by their goods. The first process that pairs records it in the log; it cannot be "
        + "changed. (default: \(TransferService.pairingDays), or what the log has)",
      valueName: "days"))
  var pairingDays: Int32?

  @OptionGroup var eventLog: EventLogOptions

  @Option(
    help: ArgumentHelp(
      "This process's name in the consumer groups, the same at every start: a process with a name "
        + "keeps its partitions over a restart. (default: a new one each time)",
      valueName: "name"))
  var instance: String?

  @Flag(help: "Create the topics of a cluster if they are missing.")
  var createTopics = false

  @Option(
    help: ArgumentHelp(
      "A folder for snapshots of the stores, which instances may share: an instance without a "
        + "store starts from the last snapshot, not from the beginning of the log. Created if "
        + "missing. (default: no snapshots)", valueName: "dir"))
  var snapshots: String?

  func validate() throws {
    if let partitions, !(1...1_000).contains(partitions) {
      throw ValidationError("--partitions must be 1 to 1000.")
    }
    if let pairingDays, !(0...36_500).contains(pairingDays) {
      throw ValidationError("--pairing-days must be 0 to 36500.")
    }
    guard (1...1_000_000).contains(batchSize) else {
      throw ValidationError("--batch-size must be 1 to 1000000.")
    }
    if let instance, !InstanceName.isValid(instance) {
      throw ValidationError("--instance must be \(InstanceName.form).")
    }
    if try !eventLog.isShared, instance != nil || createTopics {
      let option = instance != nil ? "--instance" : "--create-topics"
      throw ValidationError("\(option) needs --log kafka://HOST:PORT.")
    }
  }

  /// The settings that they make.
  var settings: LocalSystem.Settings {
    get throws {
      var settings = LocalSystem.Settings()
      settings.partitions = partitions
      settings.pairingDays = pairingDays
      settings.batch.records = batchSize
      settings.snapshots = snapshots.map { Snapshots(directory: $0) }
      guard try eventLog.isShared else { return settings }
      settings.isLogShared = true
      settings.createsTopics = createTopics
      settings.member = instance ?? InstanceName.ofThisProcess
      return settings
    }
  }
}

/// What is logged, on standard error.
struct LogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The lowest level that is logged to standard error: "
        + Logger.Level.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "level"))
  var logLevel = Logger.Level.info

  @Option(
    help: ArgumentHelp(
      "Lines for people, or one JSON object per line: "
        + LogFormat.allCases.map(\.rawValue).joined(separator: " or ") + ".",
      valueName: "format"))
  var logFormat = LogFormat.text

  /// A logger of that level and format.
  var logger: Logger { logFormat.logger(label: "saldo", level: logLevel) }

  /// A logger to standard error, for people.
  static func logger(_ level: Logger.Level) -> Logger {
    LogFormat.text.logger(label: "saldo", level: level)
  }
}

extension Logger.Level: ExpressibleByArgument {
  /// The level of a name, also in capitals.
  public init?(argument: String) { self.init(rawValue: argument.lowercased()) }
}

extension LogFormat: ExpressibleByArgument {}
