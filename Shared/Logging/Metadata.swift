extension Logger {
  /// What a line says in words. Made of a literal; interpolation is for what is not metadata.
  public struct Message: Sendable, Equatable, ExpressibleByStringLiteral,
    ExpressibleByStringInterpolation, CustomStringConvertible
  {
    public let description: String

    /// A message of a text.
    public init(stringLiteral text: String) { description = text }
  }

  /// A line's fields by name.
  public typealias Metadata = [String: MetadataValue]

  /// A field's value. Literals of texts, lists and dictionaries are values.
  public enum MetadataValue: Sendable {
    /// A text.
    case string(String)
    /// Something that is described only when the line is written.
    case stringConvertible(any CustomStringConvertible & Sendable)
    /// Values by name.
    case dictionary(Metadata)
    /// Values in order.
    case array([MetadataValue])
  }

  /// Gives metadata that belongs to the task at hand, not to a logger.
  public struct MetadataProvider: Sendable {
    private let provide: @Sendable () -> Metadata

    /// A provider of what a function answers, which is called for each line.
    public init(_ provide: @escaping @Sendable () -> Metadata) { self.provide = provide }

    /// The metadata as it is now.
    public func get() -> Metadata { provide() }
  }
}

extension Logger.MetadataValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  public init(stringLiteral text: String) { self = .string(text) }
}

extension Logger.MetadataValue: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, Logger.MetadataValue)...) {
    self = .dictionary(Dictionary(elements) { _, last in last })
  }
}

extension Logger.MetadataValue: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Logger.MetadataValue...) { self = .array(elements) }
}

extension Logger.MetadataValue: CustomStringConvertible {
  public var description: String {
    switch self {
    case .string(let text): text
    case .stringConvertible(let thing): thing.description
    case .dictionary(let members): members.mapValues(\.description).description
    case .array(let values): values.map(\.description).description
    }
  }
}

extension Logger.MetadataValue: Equatable {
  public static func == (first: Self, second: Self) -> Bool {
    switch (first, second) {
    case (.string(let first), .string(let second)): first == second
    case (.stringConvertible(let first), .stringConvertible(let second)):
      first.description == second.description
    case (.dictionary(let first), .dictionary(let second)): first == second
    case (.array(let first), .array(let second)): first == second
    default: false
    }
  }
}
