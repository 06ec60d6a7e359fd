import Foundation
import ServiceRuntime

/// A file of settings: an option's name without its dashes, `=` and its value to a line. Blank
/// lines and those that begin with `#` say nothing.
struct SettingsFile {
  /// The values of each option and the places that they are from, in the file's order.
  private(set) var values: [String: [(value: String, origin: String)]] = [:]

  /// Reads one.
  ///
  /// - Throws: ``ConfigurationError`` that names the line: what cannot be read, what no service
  ///   has, and what is given twice and may not be.
  init(_ path: String) throws(ConfigurationError) {
    let place = "--settings \(path)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError(place, "cannot be read")
    }
    guard let text = String(bytes: data, encoding: .utf8) else {
      throw ConfigurationError(place, "is not UTF-8 text")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      let origin = "\(path) line \(index + 1)"
      let parts = trimmed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2 else {
        throw ConfigurationError(origin, "must be NAME = VALUE, or a comment after #")
      }
      guard let name = SettingName.all.first(where: { $0.option == parts[0] }) else {
        throw ConfigurationError(origin, "'\(parts[0])' is no setting: \(Self.known)")
      }
      guard name.kind == .list || values[name.option] == nil else {
        throw ConfigurationError(origin, "'\(name.option)' is given twice: give it once")
      }
      values[name.option, default: []].append((parts[1], origin))
    }
  }

  private static var known: String {
    "there are " + SettingName.all.map(\.option).joined(separator: ", ")
  }
}
