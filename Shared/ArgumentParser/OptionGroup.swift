/// A property that holds arguments which several commands share.
@propertyWrapper
public struct OptionGroup<Value: ParsableArguments>: DeclaringGroup {
  /// The arguments.
  public var wrappedValue: Value

  /// A group of defaults.
  public init() { wrappedValue = Value() }

  var group: any ParsableArguments { wrappedValue }
}

extension OptionGroup: Sendable where Value: Sendable {}
