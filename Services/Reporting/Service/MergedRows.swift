/// The rows of several cursors in one ascending order, one row at a time.
struct MergedRows {
  /// A heap: each cursor comes before its two children.
  private var heap: [RowCursor]

  /// Merges cursors that are ascending each.
  init(_ cursors: [RowCursor]) {
    heap = cursors.filter { !$0.isAtEnd }
    for place in heap.indices.reversed() { sink(place) }
  }

  /// Hands each row to `body`, good only within the call.
  mutating func forEach(_ body: (RowCursor) throws -> Void) throws {
    while let first = heap.first {
      try body(first)
      try first.step()
      if first.isAtEnd {
        let last = heap.removeLast()
        if heap.isEmpty { return }
        heap[0] = last
      }
      sink(0)
    }
  }

  private mutating func sink(_ start: Int) {
    var place = start
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && heap[child].precedes(heap[least]) {
        least = child
      }
      if least == place { return }
      heap.swapAt(place, least)
      place = least
    }
  }
}
