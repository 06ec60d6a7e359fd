import CRdKafka
import EventLog
import Foundation
import Logging

/// What a static member does that was fenced: another consumer of its name has joined.
///
/// As a rule that was itself: a coordinator that dies or freezes makes librdkafka join again, under
/// a new number of the same name, and the broker fences the old one. So it joins anew. Another
/// process of the same name does likewise, and then the two take the membership from each other at
/// once, again and again: one of them gives up.
extension GroupConsumer {
  /// How often the membership was taken in a row.
  struct Fences: Sendable, Equatable {
    /// A membership that lasted so long was nobody else's.
    static let peace = Duration.seconds(60)

    private(set) var inARow = 0
    private var last: ContinuousClock.Instant?
    /// After how many in a row this process gives up: not the same for all, so that of two one is
    /// left.
    let limit: Int

    init(limit: Int = .random(in: 6...14)) { self.limit = limit }

    /// Counts one; returns for how many milliseconds to wait before joining anew, nil to give up.
    mutating func count(at now: ContinuousClock.Instant = .now) -> UInt32? {
      if let last, last.duration(to: now) >= Self.peace { inARow = 0 }
      last = now
      inARow += 1
      return inARow <= limit ? UInt32(min(100 * inARow, 1_000)) : nil
    }
  }

  /// Whether librdkafka's client is at its end because it was fenced.
  var isFencedNow: Bool { client.fatalCode == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID }

  /// Lets everything go, which others may have by now, and joins anew.
  func joinAnew() {
    isFenced = false
    let reason = client.fatalError ?? ""
    loseAll()
    guard let pause = fences.count() else {
      return stop(
        .failed(
          "group \(group) was taken by another process of this name \(fences.inARow) times in a "
            + "row: give each instance a name (--instance) of its own (\(reason))"))
    }
    logger.warning(
      "kafka membership was taken: joining anew",
      metadata: ["group": "\(group)", "times": "\(fences.inARow)", "error": "\(reason)"])
    usleep(1_000 * pause)
    do {
      try renewClient()
    } catch {
      stop(error)
    }
  }

  private func loseAll() {
    state.withLock { state in
      for partition in state.tenancy.revoke(state.tenancy.owned, lost: true) {
        buffers[Int(partition)].set(tenure: nil)
      }
      state.tenancy.forgetUnreleased()
      state.applied = [:]
      tenures = [:]
    }
    (packers, moves, gaps, committed) = ([:], [:], [:], [:])
    touched = []
    revocation = nil
    changes.advance()
  }
}
