import EventLog

/// A partition in memory, part of which may still be hidden from readers.
struct TestingPartition {
  let changes = ChangeSignal()
  private(set) var batches: [StoredBatch] = []
  private(set) var visibleEnd: Int64 = 0
  /// For how many more calls what is appended stays hidden.
  var hiddenFor: Int?
  /// Batches that come again behind the next append.
  var late: [StoredBatch] = []

  var end: Int64 { batches.last?.end ?? 0 }

  mutating func append(_ batch: StoredBatch) {
    var batch = batch
    batch.firstOffset = end
    batches.append(batch)
    if hiddenFor == nil { visibleEnd = end }
  }

  /// Appends what was to come again.
  mutating func appendLate() {
    let again = late
    late = []
    for batch in again { append(batch) }
  }

  /// Counts a call; returns whether hidden records came to light.
  mutating func tick() -> Bool {
    guard let left = hiddenFor else { return false }
    guard left <= 1 else {
      hiddenFor = left - 1
      return false
    }
    return reveal()
  }

  /// Shows everything; returns whether anything was hidden.
  @discardableResult
  mutating func reveal() -> Bool {
    hiddenFor = nil
    defer { visibleEnd = end }
    return visibleEnd < end
  }

  /// What readers see from an offset on. `exactly` cuts the last stored batch at that many records.
  func read(
    from offset: Int64, limit: ReadLimit, exactly: Int? = nil
  ) throws(EventLogError) -> ReadBatch {
    var collector = ReadCollector(from: offset, limit: limit)
    var index = batches.index(holding: offset)
    while index < batches.endIndex, batches[index].end <= visibleEnd, !collector.isFull {
      try collector.add(batches[index])
      index += 1
    }
    var batch = collector.batch
    if let exactly, batch.count > exactly { Self.cut(&batch, to: exactly) }
    return batch
  }

  private static func cut(_ batch: inout ReadBatch, to count: Int) {
    let surplus = batch.count - count
    guard surplus > 0, var last = batch.segments.popLast() else { return }
    // Limits stop behind the first batch that reaches them, so the surplus lies in the last one.
    let kept = last.records.count - surplus
    var records = PackedRecords()
    var index = 0
    last.records.forEach { view in
      if index < kept { records.append(copying: view) }
      index += 1
    }
    last.records = records
    batch.segments.append(last)
    batch.nextOffset -= Int64(surplus)
  }
}
