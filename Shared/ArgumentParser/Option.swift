/// A property given as `--name value` or `--name=value`. Given several times, the last counts; a
/// list takes all.
@propertyWrapper
public struct Option<Value: Sendable>: Sendable, DeclaringProperty {
  private var input: Input<Value>

  /// The value that was given, or the default.
  public var wrappedValue: Value {
    get { input.value }
    set { input.value = newValue }
  }

  func declaration(_ name: String) -> Declaration { input.declaration(.option, name) }
}

extension Option where Value: ExpressibleByArgument {
  /// An option with a default.
  public init(wrappedValue: Value, help: ArgumentHelp? = nil) {
    input = Input(
      wrappedValue, help, defaultText: wrappedValue.defaultValueDescription,
      allValues: Value.allValueStrings, parse: { try Value.parsed($0) })
  }

  /// An option that must be given.
  public init(help: ArgumentHelp? = nil) {
    input = Input(nil, help, allValues: Value.allValueStrings, parse: { try Value.parsed($0) })
  }
}

extension Option {
  /// An option that may be left out.
  public init<Given: ExpressibleByArgument>(help: ArgumentHelp? = nil) where Value == Given? {
    input = Input(
      .some(nil), help, allValues: Given.allValueStrings, parse: { try Given.parsed($0) })
  }

  /// An option that may be given several times.
  public init<Item: ExpressibleByArgument>(wrappedValue: [Item], help: ArgumentHelp? = nil)
  where Value == [Item] {
    input = Input(list: wrappedValue, help)
  }

  /// An option that must be given.
  ///
  /// - Parameter transform: makes the value of a text, and throws where it cannot.
  public init(
    help: ArgumentHelp? = nil, transform: @escaping @Sendable (String) throws -> Value
  ) {
    input = Input(nil, help, parse: transform)
  }

  /// An option that may be left out.
  ///
  /// - Parameter transform: makes the value of a text, and throws where it cannot.
  public init<Given>(
    help: ArgumentHelp? = nil, transform: @escaping @Sendable (String) throws -> Given
  ) where Value == Given? {
    input = Input(.some(nil), help, parse: transform)
  }
}
