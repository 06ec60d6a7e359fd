/// A property given by its place: the first takes the first value that is no option, and so on; a
/// list takes all that are left.
@propertyWrapper
public struct Argument<Value: Sendable>: Sendable, DeclaringProperty {
  private var input: Input<Value>

  /// The value that was given.
  public var wrappedValue: Value {
    get { input.value }
    set { input.value = newValue }
  }

  func declaration(_ name: String) -> Declaration { input.declaration(.positional, name) }
}

extension Argument {
  /// An argument that must be given.
  public init(help: ArgumentHelp? = nil) where Value: ExpressibleByArgument {
    input = Input(nil, help, allValues: Value.allValueStrings, parse: { try Value.parsed($0) })
  }

  /// A list of arguments, of which one at least must be given.
  public init<Item: ExpressibleByArgument>(help: ArgumentHelp? = nil) where Value == [Item] {
    input = Input(list: nil, help)
  }

  /// A list of arguments that may be left out.
  public init<Item: ExpressibleByArgument>(wrappedValue: [Item], help: ArgumentHelp? = nil)
  where Value == [Item] {
    input = Input(list: wrappedValue, help)
  }

  /// An argument that must be given.
  ///
  /// - Parameter transform: makes the value of a text, and throws where it cannot.
  public init(
    help: ArgumentHelp? = nil, transform: @escaping @Sendable (String) throws -> Value
  ) {
    input = Input(nil, help, parse: transform)
  }
}
