import EventLog
import Foundation
import IngestFiles
import Messages
import Synchronization

/// Loads files into the inbound topic, each read on a thread of its own: reading blocks, and the
/// tasks of the stages must not wait for it. A few batches are ahead of the log at most, so memory
/// does not grow with the file.
public struct FileLoader: Sendable {
  private let log: any EventLog
  private let partitions: Int32
  private let limits: FileLimits
  private let batch: Int
  private let turns: Turns?
  private static let batchesAhead = 3

  /// - Parameters:
  ///   - partitions: how many the inbound topic has.
  ///   - batch: how many events are appended at a time at most.
  ///   - turns: where each file begins, if events are to be spread over the partitions; nil for all
  ///     of them in the first.
  public init(
    log: any EventLog, partitions: Int32, batch: Int = 20_000, limits: FileLimits = .init(),
    turns: Turns? = nil
  ) {
    self.log = log
    self.partitions = partitions
    self.batch = batch
    self.limits = limits
    self.turns = turns
  }

  /// What a file came to.
  public struct Loaded: Sendable {
    /// Its format, its events, what was left out.
    public var summary: FileSummary
    /// What intake will say of its events; nothing where the file was loaded unchecked.
    public var counts: IntakeCounts { verdicts.counts }
    let verdicts: EventVerdicts

    /// Whether there was anything in the file that is an event at all; known of what was judged.
    public var isReadable: Bool { verdicts.anyReadable }
  }

  /// Loads a file; its events are durable when this returns.
  ///
  /// - Parameters:
  ///   - checked: whether to judge and count the events, which costs as much as intake itself.
  ///   - progress: told how far it is.
  ///   - pace: awaited before each append, so that the loading does not run too far ahead.
  /// - Throws: ``InputFileError``, what the log throws, or `CancellationError`. Events before the
  ///   failure may be in the log: loading the file again does no harm.
  public func load(
    path: String, checked: Bool = false, progress: LoadProgress = .init(),
    pace: @Sendable () async throws -> Void = {}
  ) async throws -> Loaded {
    try await load(
      path: path, rules: checked ? EventRules() : nil, progress: progress, pace: pace)
  }

  /// Loads a file whose events are judged as they come.
  ///
  /// - Parameters:
  ///   - name: what people call it; the path's last component where it is left out.
  ///   - rules: what ends it; nil to judge and count none of the events.
  /// - Throws: as above, and ``PostStopped`` where the rules end it.
  func load(
    path: String, name: String? = nil, rules: EventRules?, progress: LoadProgress = .init(),
    pace: @Sendable () async throws -> Void = {}
  ) async throws -> Loaded {
    let room = Room(Self.batchesAhead)
    defer { room.close() }
    let (items, output) = AsyncThrowingStream<Item, any Error>.makeStream()
    let (log, limits) = (log, limits)
    let producer = InboundProducer(
      log: log, partitions: partitions, turn: turns?.next(of: partitions) ?? 0,
      piece: turns == nil ? nil : InboundProducer.spreadPiece, limit: batch)
    let file = name ?? URL(filePath: path).lastPathComponent
    Thread.detachNewThread {
      var sink = BatchingSink(
        producer: producer, check: rules.map { EventCheck($0) }, file: file, room: room,
        output: output)
      do {
        let summary = try InputFile.load(path: path, limits: limits, into: &sink) {
          progress.set(bytes: $0)
        }
        try sink.handOver()
        var verdicts = sink.check?.verdicts ?? EventVerdicts()
        verdicts.counts.add(summary.notes, of: file)
        output.yield(.end(Loaded(summary: summary, verdicts: verdicts)))
        output.finish()
      } catch {
        output.finish(throwing: error)
      }
    }
    var loaded: Loaded?
    for try await item in items {
      switch item {
      case .batches(let batches, let events):
        try await pace()
        try await log.append(batches, source: nil)
        progress.add(events: events)
        room.leave()
      case .end(let end):
        loaded = end
      }
    }
    // The stream also ends where this task is cancelled.
    guard let loaded else { throw CancellationError() }
    return loaded
  }

  fileprivate enum Item: Sendable {
    case batches([OutgoingBatch], events: Int)
    case end(Loaded)
  }
}

/// How far the loading of files is; written by the loader, read by whoever shows it.
public final class LoadProgress: Sendable {
  private let loadedEvents = Atomic<Int>(0)
  private let readBytes = Atomic<Int64>(0)

  /// Nothing loaded yet.
  public init() {}

  /// Events of all files that are in the log.
  public var events: Int { loadedEvents.load(ordering: .relaxed) }
  /// Bytes of the current file that were read.
  public var bytes: Int64 { readBytes.load(ordering: .relaxed) }

  func add(events: Int) { loadedEvents.add(events, ordering: .relaxed) }

  /// Says how much of the current file was read.
  public func set(bytes: Int64) { readBytes.store(bytes, ordering: .relaxed) }
}

/// Hands batches from the reading thread to the task that appends them.
private struct BatchingSink: InboundSink {
  var producer: InboundProducer
  var check: EventCheck?
  /// The file's name.
  let file: String
  let room: Room
  let output: AsyncThrowingStream<FileLoader.Item, any Error>.Continuation
  var events = 0
  var received: Int64 = 0

  mutating func take(event: UnsafeRawBufferPointer, at place: FilePlace) throws {
    try take(event, EventPlace(place, of: file))
  }

  mutating func take(note: FileNote) throws {
    try note.event(of: file).withUnsafeBytes { event in
      try take(event, EventPlace(note.place, of: file))
    }
  }

  private mutating func take(_ event: UnsafeRawBufferPointer, _ place: EventPlace) throws {
    if events == 0 { received = InboundProducer.now() }
    guard check?.admits(event, at: place) ?? true else { return try end() }
    producer.add(event, received: received, place: place)
    events += 1
    if producer.isFull { try handOver() }
  }

  /// Hands over what came before, and ends the loading.
  private mutating func end() throws {
    guard let check, let stop = check.stop else { return }
    try handOver()
    throw PostStopped(reason: stop, counts: check.verdicts.counts)
  }

  mutating func handOver() throws {
    guard events > 0 else { return }
    try room.enter()
    output.yield(.batches(producer.take(), events: events))
    events = 0
  }
}

/// Room for a few batches: a thread waits for it, a task gives it back.
private final class Room: Sendable {
  private let places = DispatchSemaphore(value: 0)
  private let isClosed = Atomic<Bool>(false)

  init(_ count: Int) { for _ in 0..<count { places.signal() } }

  func enter() throws {
    places.wait()
    if isClosed.load(ordering: .acquiring) { throw CancellationError() }
  }

  func leave() { places.signal() }

  func close() {
    isClosed.store(true, ordering: .releasing)
    places.signal()
  }
}
