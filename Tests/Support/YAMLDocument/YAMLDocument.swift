import Foundation
import Yams

/// A YAML file of the repository, for tests that hold it to the code.
public struct YAMLDocument: Sendable {
  /// The file's root.
  public let root: YAMLValue

  /// Reads a file.
  ///
  /// - Throws: what reading it threw, or a `YamlError` that says where it is malformed.
  public init(_ file: URL) throws {
    root = YAMLValue(try Yams.load(yaml: String(contentsOf: file, encoding: .utf8)))
  }

  /// The value that a reference within the document (`#/components/schemas/rfcKey`) leads to; the
  /// value itself where it is none.
  public func resolve(_ value: YAMLValue) -> YAMLValue {
    guard let reference = value["$ref"].text, reference.hasPrefix("#/") else { return value }
    let names = reference.dropFirst(2).split(separator: "/")
    return resolve(
      names.reduce(root) { $0[$1.replacing("~1", with: "/").replacing("~0", with: "~")] })
  }
}

/// A value of a YAML file; one that is not there is ``isMissing``, and so is all in it.
public enum YAMLValue: Sendable, Equatable {
  case map([String: YAMLValue])
  case list([YAMLValue])
  case text(String)
  case integer(Int)
  case flag(Bool)
  case missing

  init(_ value: Any?) {
    switch value {
    case let map as [String: Any]: self = .map(map.mapValues { YAMLValue($0) })
    case let list as [Any]: self = .list(list.map { YAMLValue($0) })
    case let flag as Bool: self = .flag(flag)
    case let integer as Int: self = .integer(integer)
    case let text as String: self = .text(text)
    default: self = .missing
    }
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
