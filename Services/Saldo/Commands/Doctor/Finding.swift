/// Something that was looked at, how it is, and what to do about it.
struct Finding: Sendable, Equatable {
  /// How it is.
  enum Level: String, Sendable {
    case well = "ok"
    /// It works, and could do harm one day.
    case advice
    /// It keeps the program from working, or the books from being right.
    case wrong
  }

  var level: Level
  /// What was looked at.
  var subject: String
  /// How it is, in numbers where there are any.
  var state: String
  /// What to do; empty if it is well.
  var remedy = ""

  /// A line for people, and a second one for the remedy.
  var lines: [String] {
    let first = "\(level.rawValue.padded(to: 8))\(subject): \(state)"
    return remedy.isEmpty ? [first] : [first, "".padded(to: 8) + "-> \(remedy)"]
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
