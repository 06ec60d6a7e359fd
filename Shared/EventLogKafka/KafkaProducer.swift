import EventLog
import Logging
import Synchronization

/// Writes records, by one producer of librdkafka after the other: one that was refused something,
/// or that disagrees with the brokers about what is written, can go on no more.
///
/// A new one is safe because senders begin anew with all that they have not seen acknowledged, and
/// readers know repetitions by their marks.
final class KafkaProducer: Sendable {
  private struct State {
    var current: ProducerClient?
    /// Those that were replaced, and have yet to answer for what they took.
    var spent: [ProducerClient] = []
    var isClosed = false
  }

  /// How long a producer's own records wait for an acknowledgement: who sent them waits for an
  /// answer. What a stage made waits for as long as it takes.
  private static let limit = Duration.seconds(60)

  private let settings: KafkaSettings
  private let name: String
  private let trouble: BrokerTrouble
  private let logger: Logger
  private let state: Mutex<State>

  init(
    _ settings: KafkaSettings, client name: String, trouble: BrokerTrouble, logger: Logger
  ) throws(EventLogError) {
    self.settings = settings
    self.name = name
    self.trouble = trouble
    self.logger = logger
    // What is wrong with the settings is to be told now.
    let first = try ProducerClient(settings, client: name, trouble: trouble, logger: logger)
    state = Mutex(State(current: first))
  }

  /// Appends batches whose targets exist; returns once all brokers that must have them do.
  func append(_ batches: [OutgoingBatch], source: TopicPartition?) async throws {
    try await client().append(batches, source: source, within: source == nil ? Self.limit : nil)
  }

  /// Ends every append and, once they are ended, the threads; does not wait for that.
  func stop() { for client in takeAll() { client.stop() } }

  /// Ends every append and the threads.
  func close() async { for client in takeAll() { await client.close() } }

  private func client() throws -> ProducerClient {
    let spent: ProducerClient?
    let client: ProducerClient
    (client, spent) = try state.withLock { state throws(EventLogError) in
      guard !state.isClosed else { throw .closed }
      if let current = state.current, !current.isSpent { return (current, nil) }
      let new = try ProducerClient(settings, client: name, trouble: trouble, logger: logger)
      defer { state.current = new }
      if let current = state.current { state.spent.append(current) }
      return (new, state.current)
    }
    if let spent {
      spent.stop()
      logger.warning("The Kafka producer is replaced: it could go on no more")
    }
    return client
  }

  private func takeAll() -> [ProducerClient] {
    state.withLock { state in
      state.isClosed = true
      defer { (state.current, state.spent) = (nil, []) }
      return state.spent + [state.current].compactMap { $0 }
    }
  }
}
