import Foundation

/// A YAML file of the repository, for tests that hold it to the code.
public struct YAMLDocument: Sendable {
  /// The file's root.
  public let root: YAMLValue

  /// Reads a file.
  ///
  /// - Throws: what reading it threw, or a ``YAMLError`` that says where it is malformed.
  public init(_ file: URL) throws { try self.init(Data(contentsOf: file)) }

  /// Reads a text.
  ///
  /// - Throws: where it is malformed.
  public init(_ text: some Sequence<UInt8>) throws(YAMLError) {
    root = try YAMLReader.read(Array(text))
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

/// What is wrong with a YAML file, and where.
public struct YAMLError: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  public var problem: String
  /// The line, from 1.
  public var line: Int
  /// The column in it, from 1.
  public var column: Int

  public var description: String { "line \(line), column \(column): \(problem)" }
}
