import Messages

/// Objects and arrays whose members may be left out: the comma is put where something precedes.
extension [UInt8] {
  /// Appends `"name":`, after a comma unless the object has just been opened. The name must need
  /// no escaping.
  mutating func append(member name: StaticString) {
    if last != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
    append(UInt8(ascii: "\""))
    append(json: name)
    append(json: "\":")
  }

  /// Appends a member that is a string of UTF-8, unless that is empty.
  mutating func append(member name: StaticString, text: UnsafeRawBufferPointer) {
    guard !text.isEmpty else { return }
    append(member: name)
    append(jsonString: text)
  }

  /// Appends the comma before an element, unless the array has just been opened.
  mutating func appendElement() {
    if last != UInt8(ascii: "[") { append(UInt8(ascii: ",")) }
  }
}
