extension Decoder {
  /// Reads a value that is written as text; an error becomes a `DecodingError` that names the
  /// place.
  func read<Value>(_ value: (String) throws(LedgerError) -> Value) throws -> Value {
    let container = try singleValueContainer()
    let text = try container.decode(String.self)
    do throws(LedgerError) {
      return try value(text)
    } catch {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(Value.self) cannot be \"\(text)\": \(error)")
    }
  }
}
