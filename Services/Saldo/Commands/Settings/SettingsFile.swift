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
    for entry in try NamedValues(file: path, option: "--settings").entries {
      guard let name = SettingName.all.first(where: { $0.option == entry.name }) else {
        throw ConfigurationError(entry.place, "'\(entry.name)' is not a setting: \(Self.known)")
      }
      guard name.kind == .list || values[name.option] == nil else {
        throw ConfigurationError(entry.place, "'\(name.option)' is given twice: give it once")
      }
      values[name.option, default: []].append((entry.value, entry.place))
    }
  }

  private static var known: String {
    "there are " + SettingName.all.map(\.option).joined(separator: ", ")
  }
}
