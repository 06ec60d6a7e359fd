extension String {
  /// The text in lines that are narrower than a width, broken at spaces; the last may be as wide. A
  /// word that is wider stays whole, and an indented line goes on without its indentation.
  func wrapped(to width: Int) -> String {
    var (rest, lines) = (self[...], [Substring]())
    while let line = rest.prefix(width).lastIndex(of: "\n") ?? breaking(rest, width) {
      lines.append(rest[..<line])
      rest = rest[index(after: line)...]
    }
    return (lines + [rest]).joined(separator: "\n")
  }

  private func breaking(_ rest: Substring, _ width: Int) -> Index? {
    if rest.count <= width { return nil }
    return rest.prefix(width).lastIndex(of: " ") ?? rest.firstIndex { $0 == " " || $0 == "\n" }
  }
}
