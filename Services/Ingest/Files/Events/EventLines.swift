/// Events one a line (NDJSON): each line that is not blank is passed as it is, even when malformed,
/// for intake to reject with its text.
struct EventLines {
  let limits: FileLimits
  private(set) var events = 0

  init(limits: FileLimits) { self.limits = limits }

  mutating func load(
    _ window: inout ByteWindow, into sink: inout some InboundSink, _ progress: (Int64) -> Void
  ) throws {
    while true {
      let used = try window.withRest { rest in try passLines(of: rest, into: &sink) }
      window.consume(used)
      if window.atEnd {
        try window.withRest { rest in try pass(rest, into: &sink) }
        window.consume(window.count)
        progress(window.position)
        return
      }
      if window.count > limits.maxLine {
        try window.withRest { rest in try pass(rest, into: &sink) }
        try window.skipLine()
      }
      progress(window.position)
      try window.more()
    }
  }

  /// Passes the lines that have their end, and returns how many bytes they are.
  private mutating func passLines(
    of rest: UnsafeRawBufferPointer, into sink: inout some InboundSink
  ) throws -> Int {
    var start = 0
    while let newline = Lines.newline(in: rest, from: start) {
      try pass(UnsafeRawBufferPointer(rebasing: rest[start..<newline]), into: &sink)
      start = newline + 1
    }
    return start
  }

  private mutating func pass(
    _ text: UnsafeRawBufferPointer, into sink: inout some InboundSink
  ) throws {
    let line = Lines.withoutReturn(text)
    guard !line.allSatisfy(Blank.isSpace) else { return }
    let kept = line.count > limits.maxLine ? limits.keptOfTooLong : line.count
    try sink.take(event: UnsafeRawBufferPointer(rebasing: line.prefix(kept)))
    events += 1
  }
}
