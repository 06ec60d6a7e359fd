import EventLog
import Synchronization

/// What is wrong between this process and its brokers, as all of its connections find it.
///
/// librdkafka tells each connection of each try, and tells why a login failed in a callback only.
/// Here a thing is said once, and what brokers refuse is remembered for whoever asks and gets no
/// answer.
final class BrokerTrouble: Sendable {
  private struct Line {
    var told: ContinuousClock.Instant
    var held = 0
  }

  private struct State {
    var lines: [String: Line] = [:]
    /// What the brokers refuse: a login or a certificate.
    var refusal: String?
    /// Since when no question was answered, and why the last one was not.
    var silence: (since: ContinuousClock.Instant, reason: String)?
    /// Since when each append waits for its acknowledgement.
    var writes: [UInt64: ContinuousClock.Instant] = [:]
    var lastWrite: UInt64 = 0
    /// When brokers acknowledged anything last.
    var acknowledged: ContinuousClock.Instant?
  }

  /// For how long the same thing is not said again.
  static let quiet = Duration.seconds(60)
  /// After how long without an answer the brokers count as absent.
  static let absence = Duration.seconds(5)
  /// After how long without an acknowledgement brokers count as not writing what they get.
  static let longestWrite = Duration.seconds(10)

  private let state = Mutex(State())

  init() {}

  /// Whether a line of a log is to be written: the first of its kind, and then one a minute.
  ///
  /// - Returns: how many of its kind were held back since the last; nil if this one is, too.
  func admit(_ text: String, at now: ContinuousClock.Instant = .now) -> Int? {
    let kind = Self.kind(of: text)
    return state.withLock { state in
      guard var line = state.lines[kind] else {
        // Kinds are few; should they not be, memory stays bounded.
        if state.lines.count >= 1_000 { state.lines = [:] }
        state.lines[kind] = Line(told: now)
        return 0
      }
      guard line.told.duration(to: now) >= Self.quiet else {
        line.held += 1
        state.lines[kind] = line
        return nil
      }
      state.lines[kind] = Line(told: now)
      return line.held
    }
  }

  /// Notes that brokers refuse a login or a certificate.
  func refused(_ reason: String) { state.withLock { $0.refusal = reason } }

  /// What brokers refuse, as far as is known.
  var refusal: String? { state.withLock { $0.refusal } }

  /// Notes that a question was answered.
  func answered() {
    state.withLock { state in
      state.refusal = nil
      state.silence = nil
    }
  }

  /// Notes that a question was not answered.
  func unanswered(_ reason: String, at now: ContinuousClock.Instant = .now) {
    state.withLock { state in
      state.silence = (state.silence?.since ?? now, reason)
    }
  }

  /// Notes that an append waits for its acknowledgement; returns its number.
  func begins(at now: ContinuousClock.Instant = .now) -> UInt64 {
    state.withLock { state in
      state.lastWrite += 1
      state.writes[state.lastWrite] = now
      return state.lastWrite
    }
  }

  /// Notes that an append waits no longer.
  func ends(_ write: UInt64) { state.withLock { $0.writes[write] = nil } }

  /// Notes that brokers have acknowledged something.
  func acknowledged(at now: ContinuousClock.Instant = .now) {
    state.withLock { $0.acknowledged = now }
  }

  /// Why nothing can be read or written; nil if brokers answer and acknowledge, or have not for
  /// a moment only.
  func outage(at now: ContinuousClock.Instant = .now) -> String? {
    state.withLock { state in
      if let silence = state.silence, silence.since.duration(to: now) >= Self.absence {
        return state.refusal ?? silence.reason
      }
      // librdkafka asks again for as long as it takes, and tells nobody what it is answered.
      guard let first = state.writes.values.min() else { return nil }
      let waits = max(first, state.acknowledged ?? first).duration(to: now)
      guard waits >= Self.longestWrite else { return nil }
      return "the brokers have acknowledged nothing for \(waits.components.seconds) seconds: fewer "
        + "copies are in sync than min.insync.replicas asks for, or brokers are away"
    }
  }

  /// What a line says, without which thread of which connection says it, when, and how often.
  static func kind(of text: String) -> String {
    var rest = text[...]
    if rest.hasPrefix("["), let end = rest.range(of: "]: ") { rest = rest[end.upperBound...] }
    // A broker goes by its address first, and by its number once it is known.
    if let connect = rest.range(of: "Connect to ") { rest = rest[connect.lowerBound...] }
    if let after = rest.range(of: " (after ") { rest = rest[..<after.lowerBound] }
    return String(rest)
  }
}

extension Substring {
  /// Where a text lies in it; Foundation's own is not needed for that.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
