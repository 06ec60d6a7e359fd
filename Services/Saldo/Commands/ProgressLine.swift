import Foundation

/// One line on standard error that is rewritten; nothing where that is no terminal.
struct ProgressLine: Sendable {
  /// Whether it is wanted, and there is a terminal to show it on.
  let isShown: Bool

  init(isWanted: Bool = true) { isShown = isWanted && isatty(STDERR_FILENO) == 1 }

  /// Puts a text in the place of the one before.
  func show(_ text: @autoclosure () -> String) {
    guard isShown else { return }
    Standard.write("\r\u{1B}[K" + text(), to: STDERR_FILENO)
  }

  /// Removes the line.
  func clear() { show("") }
}

/// A span of time with a tenth of a second's precision, and rates over it.
struct Elapsed {
  /// Tenths of a second.
  let tenths: Int64

  init(_ duration: Duration) {
    tenths =
      duration.components.seconds * 10 + duration.components.attoseconds / 100_000_000_000_000_000
  }

  /// Seconds with one decimal.
  var seconds: String { "\(tenths / 10).\(tenths % 10)" }

  /// So many of something, by the second.
  func rate(of count: Int) -> Int64 { Int64(count) * 10 / max(1, tenths) }
}
