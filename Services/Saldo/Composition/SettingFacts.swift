import EventLog
import EventLogEmbedded
import Messages
import TransferService

/// The settings that what stages send depends on, as facts in the log: `saldo.settings` has a
/// record of each. The first of a name counts, whatever those are told who start later.
struct SettingFacts: Sendable {
  let log: any EventLog
  /// What the log is called when something is wrong with it.
  let place: String

  /// The option, and so the name, of the days within which sides of transfers are paired.
  static let pairingDays = "pairing-days"
  private static let target = TopicPartition(Topic.settings.rawValue, 0)

  /// How many days may lie between the documents of a virtual transfer that are paired by their
  /// goods.
  ///
  /// - Parameters:
  ///   - asked: what this process is told; nil for nothing.
  ///   - stores: a data folder whose stores have a number, from before the log had it.
  ///   - recording: whether it is recorded where it is not yet: by who pairs.
  /// - Returns: nil where nobody has recorded it.
  /// - Throws: ``LocalSystemError/otherSetting(_:name:found:asked:)`` where another number is asked
  ///   for than there is.
  func pairingDays(asked: Int32?, stores: String, recording: Bool) async throws -> Int32? {
    var found = try await recordedPairingDays()
    if found == nil, recording {
      let inUse = TransferService.pairingDays(inStoresOf: stores)
      try check(asked, inUse)
      try await record(
        SettingFact(
          name: Self.pairingDays, value: "\(inUse ?? asked ?? TransferService.pairingDays)"))
      // Another process may have been first.
      found = try await recordedPairingDays()
      guard found != nil else {
        throw EventLogError.failed("\(Self.target) does not show yet what was appended")
      }
    }
    try check(asked, found)
    return found
  }

  /// The number that the log has; nil where it has none.
  func recordedPairingDays() async throws -> Int32? {
    try Self.pairingDays(in: try await log.records(of: Self.target), place)
  }

  private func check(_ asked: Int32?, _ found: Int32?) throws(LocalSystemError) {
    guard let asked, let found, asked != found else { return }
    throw .otherSetting(place, name: Self.pairingDays, found: "\(found)", asked: "\(asked)")
  }

  private func record(_ fact: SettingFact) async throws {
    var value: [UInt8] = []
    fact.write(to: &value)
    var records = PackedRecords()
    records.append(
      Record(
        key: Array(fact.name.utf8), value: value, timestamp: EmbeddedLog.wallClock()))
    try await log.append([OutgoingBatch(target: Self.target, records: records)], source: nil)
  }

  /// The number that the records of the topic say.
  ///
  /// - Throws: ``LocalSystemError/unknownSetting(_:name:)`` for a setting of a later version, which
  ///   this program would not go by; ``EventLogError/damaged(_:)`` for what is no setting.
  static func pairingDays(in records: [Record], _ place: String) throws -> Int32? {
    var days: Int32?
    var reader = MessageReader<SettingFact>()
    for (offset, record) in records.enumerated() {
      guard let fact = try? (record.value ?? []).withUnsafeBytes({ try reader.read($0) }) else {
        throw EventLogError.damaged("\(target) offset \(offset) is no setting")
      }
      guard fact.name == pairingDays else {
        throw LocalSystemError.unknownSetting(place, name: fact.name)
      }
      guard let value = Int32(fact.value), value >= 0 else {
        throw EventLogError.damaged("\(target) offset \(offset): \(fact.name) is \(fact.value)")
      }
      days = days ?? value
    }
    return days
  }
}
