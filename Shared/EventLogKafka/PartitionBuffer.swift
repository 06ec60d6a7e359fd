import EventLog
import Synchronization

/// What was read ahead of one partition: filled by the member's thread, emptied by takes.
final class PartitionBuffer: Sendable {
  /// Above so many bytes nothing more is fetched, and below that many it is again.
  static let highWater = 8 << 20
  static let lowWater = 2 << 20

  /// A run of records, or offsets that hold none.
  struct Chunk: Sendable {
    /// Nil if there are no records up to `end`.
    var segment: ReadBatch.Segment?
    /// The offset after it.
    var end: Int64
  }

  /// What a take finds.
  enum Finding: Sendable {
    /// The partition is not this tenure's any more.
    case lost
    case failed(EventLogError)
    /// Records; `isLow` where more should be fetched.
    case batch(ReadBatch, isLow: Bool)
    /// Nothing yet.
    case nothing
    /// What is read ahead is elsewhere: a seek is needed.
    case elsewhere
  }

  private struct State {
    var tenure: UInt64?
    var chunks: [Chunk] = []
    /// How many chunks at the front are gone.
    var taken = 0
    var bytes = 0
    /// The offset of the next record to be taken; nil before the first seek.
    var start: Int64?
    /// Where the thread is to go on reading.
    var seek: Int64?
    var failure: EventLogError?
    /// Whether the thread stopped fetching because there is enough.
    var isPaused = false
    /// Whether a take is under way.
    var isBusy = false
  }

  private let state = Mutex(State())
  /// Advances with everything that ends a wait.
  let changes = ChangeSignal()

  /// The tenure that owns the partition; nil if it is not this member's.
  var tenure: UInt64? { state.withLock { $0.tenure } }

  // MARK: For takes

  /// Begins a take, unless another one is under way.
  func begin() -> Bool {
    state.withLock { state in
      defer { state.isBusy = true }
      return !state.isBusy
    }
  }

  /// Ends a take.
  func finish() {
    state.withLock { $0.isBusy = false }
    changes.advance()
  }

  /// The records from an offset on, up to the limit, and removes them.
  func take(from offset: Int64, limit: ReadLimit, tenure: UInt64) -> Finding {
    state.withLock { state in
      guard state.tenure == tenure else { return .lost }
      if let failure = state.failure { return .failed(failure) }
      if state.seek == offset { return .nothing }
      guard state.seek == nil, state.start == offset else { return .elsewhere }
      guard state.taken < state.chunks.count else { return .nothing }
      let batch = Self.collect(&state, from: offset, limit: limit)
      return .batch(batch, isLow: state.isPaused && state.bytes < Self.lowWater)
    }
  }

  /// Has the thread read on from an offset.
  func seek(to offset: Int64, tenure: UInt64) {
    state.withLock { state in
      guard state.tenure == tenure else { return }
      state.seek = offset
      Self.clear(&state)
    }
  }

  // MARK: For the member's thread

  /// Begins or ends a tenure.
  func set(tenure: UInt64?) {
    state.withLock { state in
      state = State(tenure: tenure, isBusy: state.isBusy)
    }
    changes.advance()
  }

  /// Where reading is to go on; nil if it need not move.
  var wantedSeek: Int64? { state.withLock { $0.seek } }

  /// Notes that reading goes on from an offset.
  func sought(_ offset: Int64) {
    state.withLock { state in
      guard state.seek == offset else { return }
      state.seek = nil
      state.start = offset
      state.isPaused = false
    }
    changes.advance()
  }

  /// Adds what was read; returns whether fetching is to pause.
  func add(_ chunks: [Chunk], tenure: UInt64) -> Bool {
    let isFull = state.withLock { state in
      guard state.tenure == tenure, state.seek == nil else { return false }
      state.chunks += chunks
      state.bytes += chunks.reduce(0) { $0 + $1.bytes }
      guard !state.isPaused, state.bytes >= Self.highWater else { return false }
      state.isPaused = true
      return true
    }
    changes.advance()
    return isFull
  }

  /// Whether fetching was paused and is to go on; notes that it does.
  func resumes() -> Bool {
    state.withLock { state in
      guard state.isPaused, state.bytes < Self.lowWater else { return false }
      state.isPaused = false
      return true
    }
  }

  /// Makes every take of this tenure fail.
  func fail(_ error: EventLogError) {
    state.withLock { $0.failure = error }
    changes.advance()
  }

  private static func clear(_ state: inout State) {
    state.chunks = []
    state.taken = 0
    state.bytes = 0
    state.start = nil
  }

  private static func collect(
    _ state: inout State, from offset: Int64, limit: ReadLimit
  ) -> ReadBatch {
    var batch = ReadBatch(nextOffset: offset)
    var records = 0
    var bytes = 0
    while state.taken < state.chunks.count, records < limit.records, bytes < limit.bytes {
      var chunk = state.chunks[state.taken]
      if let rest = chunk.split(after: limit.records - records, bytes: limit.bytes - bytes) {
        state.chunks[state.taken] = rest
      } else {
        // The slot lets go of its records at once.
        state.chunks[state.taken] = Chunk(segment: nil, end: chunk.end)
        state.taken += 1
      }
      state.bytes -= chunk.bytes
      records += chunk.segment?.records.count ?? 0
      bytes += chunk.bytes
      if let segment = chunk.segment { batch.segments.append(segment) }
      batch.nextOffset = chunk.end
    }
    if state.taken == state.chunks.count {
      state.chunks.removeAll(keepingCapacity: true)
      state.taken = 0
    } else if state.taken > 1_000 {
      state.chunks.removeFirst(state.taken)
      state.taken = 0
    }
    state.start = batch.nextOffset
    return batch
  }
}

extension PartitionBuffer.Chunk {
  var bytes: Int { segment?.records.bytes.count ?? 0 }

  /// Keeps the records up to a limit where there are more, and returns the rest.
  fileprivate mutating func split(after limit: Int, bytes: Int) -> PartitionBuffer.Chunk? {
    guard var segment else { return nil }
    let count = segment.records.leading(records: limit, bytes: bytes)
    guard count < segment.records.count else { return nil }
    let (front, back) = segment.records.split(after: count)
    let rest = ReadBatch.Segment(
      source: segment.source, baseOffset: segment.baseOffset + Int64(count), records: back,
      link: segment.link.map {
        SourceLink(epoch: $0.epoch, rules: $0.rules, previous: front.last ?? $0.previous)
      })
    segment.records = front
    defer {
      self.segment = segment
      end = rest.baseOffset
    }
    return PartitionBuffer.Chunk(segment: rest, end: end)
  }
}

extension PackedRecords {
  /// The last of the records, as what another one follows.
  fileprivate var last: SourceLink.Previous? {
    var last: SourceLink.Previous?
    forEach(skipping: max(0, count - 1)) { last = .record(input: $0.input, ordinal: $0.ordinal) }
    return last
  }
}
