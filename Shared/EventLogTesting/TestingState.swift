import EventLog

/// Everything that a ``TestingLog`` holds, as a value that one lock guards.
struct TestingState {
  var faults: Faults
  private(set) var calls = 0
  /// The number of the call that fails, and whether all after it do.
  var failure: (call: Int, forGood: Bool)?

  private var generator: SeededGenerator
  /// Where each topic's partitions lie in `partitions`.
  private var topics: [String: Range<Int>] = [:]
  private var partitions: [TestingPartition] = []
  /// The partitions with hidden records, in the order in which they were hidden.
  private var hidden: [Int] = []
  private var signals: [ChangeSignal] = []
  private var isClosed = false
  /// How many batches went to the partition of a hole so far.
  private var holes = 0

  init(seed: UInt64, faults: Faults) {
    generator = SeededGenerator(seed: seed)
    self.faults = faults
  }

  /// Counts a call that may fail.
  mutating func call() throws(EventLogError) {
    if isDueToFail() { throw .failed("call \(calls) was made to fail") }
  }

  mutating func create(_ specifications: [TopicSpecification]) throws {
    try checkOpen()
    try call()
    for topic in specifications {
      guard topic.partitions > 0 else {
        throw EventLogError.failed("topic \(topic.name) needs at least one partition")
      }
      if let found = topics[topic.name]?.count, found != Int(topic.partitions) {
        throw EventLogError.topicMismatch(
          topic: topic.name, expected: topic.partitions, found: Int32(found))
      }
    }
    for topic in specifications where topics[topic.name] == nil {
      let first = partitions.count
      partitions += (0..<topic.partitions).map { _ in TestingPartition() }
      topics[topic.name] = first..<partitions.count
    }
  }

  mutating func append(_ batches: [OutgoingBatch], source: TopicPartition?) throws {
    try checkOpen()
    let targets = try batches.map { try index(of: $0.target) }
    try check(batches)
    let isFailing = isDueToFail() || generator.happens(perMille: faults.failedAppend)
    tick()
    let appended = isFailing ? generator.below(batches.count + 1) : batches.count
    for (batch, index) in zip(batches, targets).prefix(appended) where !batch.records.isEmpty {
      if let hole = faults.hole, hole.takes(batch.target, &holes) { continue }
      append(
        StoredBatch(firstOffset: 0, source: source, records: batch.records, link: batch.link),
        to: index)
    }
    if isFailing {
      throw EventLogError.failed(
        "append \(calls) was made to fail behind \(appended) of \(batches.count) batches")
    }
  }

  mutating func read(
    _ target: TopicPartition, from offset: Int64, limit: ReadLimit, isExact: Bool = false
  ) throws -> ReadBatch {
    try checkOpen()
    tick()
    let partition = partitions[try index(of: target)]
    guard offset >= 0, offset <= partition.end else {
      throw EventLogError.damaged(
        "\(target) holds offsets 0 up to \(partition.end) and was asked for \(offset)")
    }
    guard generator.happens(perMille: faults.shortRead) else {
      return try partition.read(
        from: offset, limit: limit, exactly: isExact ? limit.records : nil)
    }
    let count = 1 + generator.below(limit.records)
    return try partition.read(
      from: offset, limit: ReadLimit(records: count, bytes: limit.bytes), exactly: count)
  }

  func all(of target: TopicPartition) throws -> ReadBatch {
    var partition = partitions[try index(of: target)]
    partition.reveal()
    return try partition.read(from: 0, limit: ReadLimit(records: .max, bytes: .max))
  }

  mutating func settle() {
    for index in partitions.indices {
      let seen = partitions[index].visibleEnd
      partitions[index].appendLate()
      partitions[index].reveal()
      if partitions[index].visibleEnd > seen { signals.append(partitions[index].changes) }
    }
    hidden = []
  }

  mutating func close() -> [ChangeSignal] {
    isClosed = true
    return partitions.map(\.changes)
  }

  /// Whom to wake for what has changed.
  mutating func takeSignals() -> [ChangeSignal] {
    defer { signals = [] }
    return signals
  }

  func changes(of target: TopicPartition) -> ChangeSignal? {
    place(of: target).map { partitions[$0].changes }
  }

  func end(of target: TopicPartition) throws -> Int64 { partitions[try index(of: target)].end }

  func count(of topic: String) throws -> Int32 {
    try checkOpen()
    guard let range = topics[topic] else { throw EventLogError.unknownTopic(topic) }
    return Int32(range.count)
  }

  private func index(of target: TopicPartition) throws -> Int {
    let count = try count(of: target.topic)
    guard let index = place(of: target) else {
      throw EventLogError.failed("\(target): the topic has \(count) partitions")
    }
    return index
  }

  private func place(of target: TopicPartition) -> Int? {
    guard let range = topics[target.topic], target.partition >= 0,
      target.partition < range.count
    else { return nil }
    return range.lowerBound + Int(target.partition)
  }

  private func checkOpen() throws(EventLogError) { if isClosed { throw .closed } }

  private mutating func isDueToFail() -> Bool {
    calls += 1
    guard let failure else { return false }
    return failure.forGood ? calls >= failure.call : calls == failure.call
  }

  private mutating func append(_ batch: StoredBatch, to index: Int) {
    if partitions[index].hiddenFor == nil, generator.happens(perMille: faults.delay) {
      partitions[index].hiddenFor = 1 + generator.below(faults.longestDelay)
      hidden.append(index)
    }
    partitions[index].append(batch)
    partitions[index].appendLate()
    if generator.happens(perMille: faults.duplicate) {
      if generator.below(2) == 0 {
        partitions[index].append(batch)
      } else {
        partitions[index].late.append(batch)
      }
    }
    signals.append(partitions[index].changes)
  }

  /// Refuses what is larger than it may be. What was before it in the call is appended, as a broker
  /// does it.
  private mutating func check(_ batches: [OutgoingBatch]) throws {
    guard let limit = faults.largestRecord else { return }
    for batch in batches {
      var isTooLarge = false
      batch.records.forEach { isTooLarge = isTooLarge || $0.value?.count ?? 0 > limit }
      if isTooLarge {
        throw EventLogError.rejected("a record for \(batch.target) is larger than \(limit) bytes")
      }
    }
  }

  /// Brings hidden records nearer to the light with each call.
  private mutating func tick() {
    guard !hidden.isEmpty else { return }
    for index in hidden where partitions[index].tick() {
      signals.append(partitions[index].changes)
    }
    hidden.removeAll { partitions[$0].hiddenFor == nil }
  }
}
