import EventLog
import Ledger
import Messages
import Store

extension Corte {
  /// What stores say at the moment that they are held at.
  init(of stores: ReportStores, now: Instant) throws {
    var ends: [[Int64]] = []
    var last: [[String]] = []
    for model in ReadModel.allCases {
      let count = stores[model].map { Int($0.partition) + 1 }.max() ?? 0
      var (modelEnds, modelLast) = (
        Array(repeating: Int64(0), count: count), Array(repeating: "", count: count)
      )
      for store in stores[model] {
        modelEnds[Int(store.partition)] = try store.single("SELECT next FROM position")
        try store.forEachRow("SELECT value FROM stage WHERE key = 'last'") {
          modelLast[Int(store.partition)] = $0.text(0)
        }
      }
      ends.append(modelEnds)
      last.append(modelLast)
    }
    self.init(now: now, ends: ends, last: last)
  }

  /// What the log had taken by an instant.
  init(of log: any LogReader, by instant: Instant) throws {
    let moment = instant.nanoseconds / 1_000_000
    let ends = try ReadModel.allCases.map { model in
      try (0..<log.partitions(of: model.input.rawValue)).map { partition in
        try log.end(of: TopicPartition(model.input.rawValue, partition), by: moment)
      }
    }
    self.init(now: instant, ends: ends, last: try Self.last(ends, log))
  }

  /// Sees whether the log is the one that this is of.
  ///
  /// - Throws: ``MomentError/gone(_:)``.
  func check(_ log: any LogReader) throws {
    try checkRules()
    for (model, ends) in zip(ReadModel.allCases, ends) {
      guard try ends.count <= log.partitions(of: model.input.rawValue) else {
        throw MomentError.gone(.otherLog)
      }
      for (partition, end) in ends.enumerated() {
        let partition = TopicPartition(model.input.rawValue, Int32(partition))
        guard try end <= log.end(of: partition, by: nil) else { throw MomentError.gone(.otherLog) }
      }
    }
    let found = Corte(rules: rules, now: now, ends: ends, last: try Self.last(ends, log))
    guard found.hasBooks(of: self) else { throw MomentError.gone(.otherLog) }
  }

  /// Sees whether it is of the rules of this program.
  ///
  /// - Throws: ``MomentError/gone(_:)``.
  func checkRules() throws {
    guard rules == RulesVersion.current else { throw MomentError.gone(.otherRules(rules)) }
  }

  /// The last record before each end, as a store says which one it took last.
  private static func last(_ ends: [[Int64]], _ log: any LogReader) throws -> [[String]] {
    try zip(ReadModel.allCases, ends).map { model, ends in
      try ends.enumerated().map { partition, end in
        guard end > 0 else { return "" }
        let batch = try log.read(
          TopicPartition(model.input.rawValue, Int32(partition)), from: end - 1,
          limit: ReadLimit(records: 1, bytes: 1))
        guard let segment = batch.segments.first,
          let last = segment.records.record(
            at: segment.skipped, { LastRecord(offset: end - 1, record: $0) })
        else { throw MomentError.gone(.otherLog) }
        return "\(last.offset) \(String(last.checksum, radix: 16))"
      }
    }
  }
}
