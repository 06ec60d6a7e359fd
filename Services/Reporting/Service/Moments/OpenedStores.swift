import EventLog
import Ledger
import Messages
import ServiceRuntime

/// The stores of the moment that an export is of: those of the services where they stand there,
/// else such as are made of the log.
struct OpenedStores {
  let stores: ReportStores
  let corte: Corte
  let head: MomentHead?
  /// The same for the same books.
  let mark: String

  /// - Throws: ``ReportingError``, ``MomentError``, or what the log fails with.
  init(_ export: ReportExport) throws {
    guard let wanted = try Self.corte(of: export) else {
      stores = try ReportStores(
        dataDirectory: export.dataDirectory, asOf: export.asOf, rules: export.rules)
      corte = try Corte(of: stores, now: export.now)
      mark = try stores.marks().joined(separator: "\n")
      head = nil
      return
    }
    let stores = try Self.living(export, wanted) ?? Self.made(export, wanted)
    head = try Self.head(of: export, stores)
    try stores.leaveOut(after: export.asOf)
    (self.stores, corte, mark) = (stores, wanted, wanted.folderName)
  }

  /// Whether the services' own stores stand there.
  static func isLiving(_ export: ReportExport, _ wanted: Corte) throws -> Bool {
    try living(export, wanted) != nil
  }

  /// The moment that is asked for; nil for now.
  private static func corte(of export: ReportExport) throws -> Corte? {
    switch export.moment {
    case .now: return nil
    case .known(let instant):
      guard instant.nanoseconds <= WallClock.nanoseconds else { throw MomentError.future(instant) }
      return try Corte(of: log(of: export), by: instant)
    case .corte(let corte):
      try corte.checkRules()
      if let log = try export.log() { try corte.check(log) }
      return corte
    }
  }

  private static func log(of export: ReportExport) throws -> any LogReader {
    guard let log = try export.log() else { throw MomentError.noLog(export.dataDirectory) }
    return log
  }

  /// The services' own stores, where nothing has come since.
  private static func living(_ export: ReportExport, _ wanted: Corte) throws -> ReportStores? {
    // One that cannot be read now says nothing of what the log says.
    guard
      let stores = try? ReportStores(dataDirectory: export.dataDirectory, rules: export.rules),
      try Corte(of: stores, now: export.now).hasBooks(of: wanted)
    else { return nil }
    return stores
  }

  private static func made(_ export: ReportExport, _ wanted: Corte) throws -> ReportStores {
    let log = try log(of: export)
    let folder = MomentFolder(dataDirectory: export.dataDirectory)
    func use() throws -> ReportStores {
      try folder.use(wanted.folderName) {
        try MomentStores(corte: wanted, log: log).make(in: $0)
      } open: {
        let stores = try ReportStores(dataDirectory: $0)
        guard try Corte(of: stores, now: export.now).hasBooks(of: wanted) else {
          throw ReportingError.missing($0)
        }
        return stores
      }
    }
    do {
      return try use()
    } catch is ReportingError {
      // Made by another version of the program, or damaged since: once more.
      folder.discard(wanted.folderName)
      return try use()
    }
  }

  private static func head(of export: ReportExport, _ stores: ReportStores) throws -> MomentHead? {
    guard case .known(let instant) = export.moment else { return nil }
    let log = try log(of: export)
    let inbound = Topic.inbound.rawValue
    let received = try (0..<log.partitions(of: inbound)).reduce(Int64(0)) { sum, partition in
      try sum
        + log.end(
          of: TopicPartition(inbound, partition), by: instant.nanoseconds / 1_000_000)
    }
    var late = try LateFacts(
      knownAt: instant, stores, partitions: log.partitions(of: Topic.ledger.rawValue))
    try late.look(through: log)
    return MomentHead(received: received, postedLater: late.count)
  }
}

extension ReportExport {
  /// Whether books may have to be made for it first, which takes as long as there is much in them.
  var makesStores: Bool { moment != .now || contrast != nil }

  /// The export of the moment that this one is held against; nil where it is held against none.
  var earlier: ReportExport? {
    guard let contrast else { return nil }
    var earlier = self
    earlier.contrast = nil
    switch contrast {
    case .asOf(let day): (earlier.asOf, earlier.today) = (day, day)
    case .moment(let moment): earlier.moment = moment
    }
    return earlier
  }
}
