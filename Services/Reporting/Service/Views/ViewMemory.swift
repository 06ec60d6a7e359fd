import Foundation
import Synchronization

/// What a process keeps of the views that it reads: nothing that cannot be looked up again.
final class ViewMemory: Sendable {
  /// How many views are kept, of all processes.
  let most: Int
  /// How large all of them may be together; the one that was made last stays however large it is.
  let mostBytes: Int64
  /// What filters found, by view and filter.
  let matches = Recent<ViewMatches>(256)
  /// The places of few rows in an order.
  let sorted = Recent<[Int64]>(64)
  private let makings = Mutex<[String: Making]>([:])

  init(most: Int = ListLimits.views, mostBytes: Int64 = ListLimits.viewBytes) {
    (self.most, self.mostBytes) = (most, mostBytes)
  }

  /// A view of the books of now that was made.
  struct Made: Sendable {
    /// When its making was begun: what the books held then is in it.
    var begun: ContinuousClock.Instant
    var corte: Corte
  }

  /// The making of the views of one question.
  final class Making: Sendable {
    private let last = Mutex<Made?>(nil)

    /// Runs `body` while no other does, with what was made last.
    ///
    /// - Parameter body: says what it made; nil for nothing.
    func alone(_ body: (Made?) throws -> Made?) throws {
      // Threads of their own wait here, of which there are as many as reports at a time.
      try last.withLock { last in last = try body(last) ?? last }
    }
  }

  /// The making of views of a question.
  func making(of question: String) -> Making {
    makings.withLock { makings in
      if let making = makings[question] { return making }
      // Days that are asked for are as many as there are: those that are made now keep theirs.
      if makings.count >= 1_000 { makings = [:] }
      let making = Making()
      makings[question] = making
      return making
    }
  }
}
