import Synchronization

/// Where a property's value is put when the command line is read. The copies of the property share
/// it, so that reflection, which gives copies, can fill the original.
final class Slot<Value: Sendable>: Sendable {
  private let content: Mutex<(value: Value?, isGiven: Bool)>

  init(_ value: Value?) { content = Mutex((value, false)) }

  var value: Value? { content.withLock { $0.value } }

  /// Puts a value in the place of the one there.
  func put(_ value: Value) { content.withLock { $0 = (value, true) } }

  /// Adds to what the command line gave; the first takes the default's place.
  func append<Item>(_ item: Item) where Value == [Item] {
    content.withLock { $0 = (($0.isGiven ? $0.value ?? [] : []) + [item], true) }
  }
}
