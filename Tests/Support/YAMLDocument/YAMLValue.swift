/// A value of a YAML file; one that is not there is ``isMissing``, and so is all in it.
public enum YAMLValue: Sendable, Equatable {
  case map([String: YAMLValue])
  case list([YAMLValue])
  case text(String)
  case integer(Int)
  case flag(Bool)
  case missing

  /// What a scalar without quotes says, by the core schema of YAML 1.2. A number that is no integer
  /// stays text.
  init(plain text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .missing
    case "true", "True", "TRUE": self = .flag(true)
    case "false", "False", "FALSE": self = .flag(false)
    default: self = Self.integer(text).map(YAMLValue.integer) ?? .text(text)
    }
  }

  private static func integer(_ text: String) -> Int? {
    if text.hasPrefix("0x") { return digits(text.dropFirst(2), radix: 16) }
    if text.hasPrefix("0o") { return digits(text.dropFirst(2), radix: 8) }
    return Int(text)
  }

  /// Digits without a sign, which `Int` would take.
  private static func digits(_ text: Substring, radix: Int) -> Int? {
    text.first?.isHexDigit == true ? Int(text, radix: radix) : nil
  }

  /// A member of a map.
  public subscript(_ name: some StringProtocol) -> YAMLValue {
    guard case .map(let map) = self else { return .missing }
    return map[String(name)] ?? .missing
  }

  /// The members of a map; none of any other value.
  public var members: [String: YAMLValue] {
    guard case .map(let map) = self else { return [:] }
    return map
  }

  /// The elements of a list; none of any other value.
  public var elements: [YAMLValue] {
    guard case .list(let list) = self else { return [] }
    return list
  }

  /// Text, or an integer as it is written.
  public var text: String? {
    switch self {
    case .text(let text): text
    case .integer(let integer): "\(integer)"
    default: nil
    }
  }

  /// The texts of a list.
  public var texts: [String] { elements.compactMap(\.text) }

  /// Whether there is no value.
  public var isMissing: Bool { self == .missing }
}
