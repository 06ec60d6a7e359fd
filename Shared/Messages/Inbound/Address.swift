/// A place in parts, as the annex asks for it: each may be left out.
public struct Address: Sendable, Equatable, Codable {
  public var street: String?
  public var number: String?
  public var postalCode: String?
  public var municipality: String?
  public var state: String?

  /// An address of which no part is known.
  public init() {}

  init(_ data: FieldReader) throws(Rejection) {
    street = try data.optionalText("street")
    number = try data.optionalText("number")
    postalCode = try data.optionalText("postalCode")
    municipality = try data.optionalText("municipality")
    state = try data.optionalText("state")
  }

  /// Its parts, in the order in which reports have them; empty where one is not known.
  public var parts: [String] {
    [street, number, postalCode, municipality, state].map { $0 ?? "" }
  }

  /// The address in one line.
  public var text: String {
    func joined(_ parts: [String?], by separator: String) -> String {
      parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: separator)
    }
    return joined(
      [joined([street, number], by: " "), joined([postalCode, municipality], by: " "), state],
      by: ", ")
  }
}

extension FieldReader {
  /// An address in parts; nil where the field is not there.
  func optionalAddress(_ field: StaticString) throws(Rejection) -> Address? {
    guard has(field) else { return nil }
    let data = try object(field)
    do throws(Rejection) {
      return try Address(data)
    } catch { throw error.within("\(field)") }
  }
}
