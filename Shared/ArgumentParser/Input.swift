/// The value of an option or a positional argument, and how it comes of text.
struct Input<Value: Sendable>: Sendable {
  private(set) var slot: Slot<Value>
  private let help: ArgumentHelp
  private let isRequired: Bool
  private let isRepeating: Bool
  private let defaultText: String
  private let allValues: [String]
  private let take: @Sendable (String) throws -> Void

  /// A value that comes of one text.
  ///
  /// - Parameters:
  ///   - value: the default; nil if the value must be given.
  ///   - defaultText: the default as the help shows it.
  init(
    _ value: Value?, _ help: ArgumentHelp?, defaultText: String = "", allValues: [String] = [],
    parse: @escaping @Sendable (String) throws -> Value
  ) {
    let slot = Slot(value)
    (self.slot, self.help, isRequired, isRepeating) = (slot, help ?? "", value == nil, false)
    (self.defaultText, self.allValues) = (defaultText, allValues)
    take = { slot.put(try parse($0)) }
  }

  /// A list to which every text adds a value.
  ///
  /// - Parameter values: the default; nil if one value at least must be given.
  init<Item: ExpressibleByArgument>(list values: Value?, _ help: ArgumentHelp?)
  where Value == [Item] {
    let slot = Slot(values)
    (self.slot, self.help, isRequired, isRepeating) = (slot, help ?? "", values == nil, true)
    defaultText = (values ?? []).map(\.defaultValueDescription).joined(separator: ", ")
    allValues = Item.allValueStrings
    take = { slot.append(try Item.parsed($0)) }
  }

  /// The value. Setting it leaves copies as they are.
  var value: Value {
    get {
      guard let value = slot.value else {
        preconditionFailure("an argument was read before the command line was")
      }
      return value
    }
    set { slot = Slot(newValue) }
  }

  func declaration(_ kind: Declaration.Kind, _ name: String) -> Declaration {
    Declaration(
      kind: kind, name: name, help: help, isRequired: isRequired, isRepeating: isRepeating,
      defaultText: defaultText, allValues: allValues, take: take,
      hasValue: { [slot] in slot.value != nil })
  }
}

extension ExpressibleByArgument {
  /// The value of a text.
  static func parsed(_ text: String) throws(InvalidText) -> Self {
    guard let value = Self(argument: text) else { throw InvalidText() }
    return value
  }
}
