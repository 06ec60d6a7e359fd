import EventLog
import Foundation
import Ledger
import Messages
import ReportingService
import ServiceRuntime
import Store

/// A data folder of the reporting service, driven without a log; removed with its last reference.
final class DataFolder {
  let path: String
  private var partitions: [TopicPartition: (partition: StagePartition, store: StageStore)] = [:]

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("reporting-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: path + "/reporting", withIntermediateDirectories: true)
  }

  deinit {
    for (_, store) in partitions.values { try? store.close() }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Applies messages as one batch.
  func send(_ topic: Topic, partition: Int32 = 0, _ messages: [any LogMessage]) throws {
    try send(topic, partition: partition, bytes: messages.map(\.bytes))
  }

  /// Applies records as one batch; of all of them the key is the same.
  func send(
    _ topic: Topic, partition: Int32 = 0, key: String = "", bytes: [[UInt8]?]
  ) throws {
    let target = try open(topic, partition)
    var records = PackedRecords()
    for value in bytes { records.append(Record(key: Array(key.utf8), value: value, timestamp: 0)) }
    let base = target.position
    try target.apply(
      ReadBatch(
        segments: [.init(source: nil, baseOffset: base, records: records)],
        nextOffset: base + Int64(bytes.count)))
  }

  /// Opens the store of a partition, or answers the one that is open.
  @discardableResult
  func open(_ topic: Topic, _ partition: Int32 = 0) throws -> StagePartition {
    let key = TopicPartition(topic.rawValue, partition)
    if let open = partitions[key] { return open.partition }
    let (stage, context) = try stage(topic, partition)
    let store = try StageStore(
      path: "\(path)/reporting/\(stage.name)-\(partition).sqlite",
      identity: StagePartition.identity(stage, context), migrations: stage.migrations)
    let opened = try StagePartition(stage, store: store, context: context)
    partitions[key] = (opened, store)
    return opened
  }

  /// Closes every store, as a service does that ends.
  func close() throws {
    for (_, store) in partitions.values { try store.close() }
    partitions = [:]
  }

  private func stage(_ topic: Topic, _ partition: Int32) throws -> (Stage, StageContext) {
    let stages = ReportingService.stages().filter { $0.input == topic.rawValue }
    guard let stage = stages.first, stages.count == 1 else { throw Missing(what: topic.rawValue) }
    let context = StageContext(partition: partition, partitions: [topic.rawValue: 12])
    return (stage, context)
  }

  /// The store of a partition, open.
  func store(_ topic: Topic, partition: Int32 = 0) throws -> StageStore {
    try open(topic, partition)
    guard let open = partitions[TopicPartition(topic.rawValue, partition)] else {
      throw Missing(what: topic.rawValue)
    }
    return open.store
  }

  /// Writes the reports and answers their texts by name, without `.csv`.
  func export(
    today: String = "2026-07-01", dueSoonDays: Int = 30, isSettled: Bool = false,
    asOf: String? = nil
  ) throws -> [String: String] {
    let folder = path + "/reports"
    let summary = try ReportExport(
      dataDirectory: path, today: CalendarDate(today), dueSoonDays: dueSoonDays,
      isSettled: isSettled, asOf: try asOf.map { try CalendarDate($0) }
    ).write(to: folder) { _, _ in }
    var texts: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      guard summary.rows(of: name) != nil else { throw Missing(what: "\(name) in the summary") }
      texts[String(name.dropLast(4))] = text
    }
    return texts
  }

  /// The rows of one report, without its header; no cell of them may hold a line end.
  func rows(
    _ report: String, today: String = "2026-07-01", dueSoonDays: Int = 30,
    isSettled: Bool = false, asOf: String? = nil
  ) throws -> [String] {
    let texts = try export(
      today: today, dueSoonDays: dueSoonDays, isSettled: isSettled, asOf: asOf)
    guard let text = texts[report] else {
      throw Missing(what: report)
    }
    return text.split(separator: "\n").dropFirst().map(String.init)
  }

  struct Missing: Error { var what: String }
}

extension LogMessage {
  /// The message as it stands in the log.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }
}
