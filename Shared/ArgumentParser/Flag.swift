/// A property that is true where `--name` is given.
@propertyWrapper
public struct Flag: Sendable, DeclaringProperty {
  private var slot: Slot<Bool>
  private let help: ArgumentHelp

  /// A flag that is false where it is not given.
  public init(wrappedValue: Bool, help: ArgumentHelp? = nil) {
    (slot, self.help) = (Slot(wrappedValue), help ?? "")
  }

  /// Whether it was given.
  public var wrappedValue: Bool {
    get { slot.value ?? false }
    set { slot = Slot(newValue) }
  }

  func declaration(_ name: String) -> Declaration {
    Declaration(
      kind: .flag, name: name, help: help, isRequired: false, isRepeating: false, defaultText: "",
      allValues: [], take: { [slot] _ in slot.put(true) }, hasValue: { true })
  }
}
