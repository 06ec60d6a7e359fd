/// Events on their way: those that arrive late or a second time. It holds at most `limit` of them;
/// past that everything arrives at once, so memory stays bounded at any rate of movements.
struct Arrivals {
  static let limit = 8192

  private struct Entry {
    let due: Int
    let order: Int
    let kind: EventKind
    let bytes: [UInt8]

    static func < (a: Entry, b: Entry) -> Bool { (a.due, a.order) < (b.due, b.order) }
  }

  private var heap: [Entry] = []
  private var added = 0

  var isFull: Bool { heap.count >= Self.limit }

  mutating func add(_ kind: EventKind, _ bytes: UnsafeRawBufferPointer, due: Int) {
    added += 1
    heap.append(Entry(due: due, order: added, kind: kind, bytes: Array(bytes)))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// The next event that is due by `time`.
  mutating func next(by time: Int) -> (kind: EventKind, bytes: [UInt8])? {
    guard let first = heap.first, first.due <= time else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sift()
    }
    return (first.kind, first.bytes)
  }

  private mutating func sift() {
    var parent = 0
    while true {
      var child = parent * 2 + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
