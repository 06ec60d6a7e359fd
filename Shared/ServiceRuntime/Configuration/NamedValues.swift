#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file of names and values: `name=value` to a line, where blank lines and those that begin with
/// `#` say nothing.
///
/// Values may be secrets: no error shows one.
public struct NamedValues: Sendable {
  /// A name with its value, and where they stand: the file and the line.
  public struct Entry: Sendable {
    /// The name, without blanks around it.
    public var name: String
    /// The value, likewise; it may be empty.
    public var value: String
    /// The file and the line.
    public var place: String
  }

  /// The file's, in its order.
  public let entries: [Entry]

  /// Reads a file.
  ///
  /// - Parameter option: what names the file, for messages.
  /// - Throws: ``ConfigurationError`` that names the file or the line.
  public init(file: String, option: String) throws(ConfigurationError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: file))
    } catch {
      throw ConfigurationError("\(option) \(file)", "cannot be read")
    }
    guard let text = String(bytes: data, encoding: .utf8) else {
      throw ConfigurationError("\(option) \(file)", "is not UTF-8 text")
    }
    var entries: [Entry] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let place = "\(file) line \(index + 1)"
      let trimmed = Self.trimmed(line)
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      guard let (name, value) = Self.pair(trimmed[...]) else {
        throw ConfigurationError(place, "must be NAME=VALUE, or a comment after #")
      }
      entries.append(Entry(name: name, value: value, place: place))
    }
    self.entries = entries
  }

  /// The name before the first `=` and what is after it, without blanks around either.
  static func pair(_ text: Substring) -> (name: String, value: String)? {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let name = trimmed(text[..<equals])
    guard !name.isEmpty, !name.contains(where: \.isWhitespace) else { return nil }
    return (name, trimmed(text[text.index(after: equals)...]))
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }
}
