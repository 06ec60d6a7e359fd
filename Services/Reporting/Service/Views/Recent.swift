import Synchronization

/// Values that take long to make, by what they are of: those that were asked for last are kept.
final class Recent<Value: Sendable>: Sendable {
  private struct State {
    var values: [String: (value: Value, turn: Int)] = [:]
    var turn = 0
  }

  private let most: Int
  private let state = Mutex(State())

  /// - Parameter most: how many are kept.
  init(_ most: Int) { self.most = most }

  /// A value, which is made where it is not kept. Two who ask at once may both make it.
  func value(of key: String, _ make: () throws -> Value) rethrows -> Value {
    if let kept = state.withLock({ state in
      state.turn += 1
      state.values[key]?.turn = state.turn
      return state.values[key]?.value
    }) {
      return kept
    }
    let value = try make()
    state.withLock { state in
      state.turn += 1
      state.values[key] = (value, state.turn)
      guard state.values.count > most,
        let oldest = state.values.min(by: { $0.value.turn < $1.value.turn })
      else { return }
      state.values[oldest.key] = nil
    }
    return value
  }
}
